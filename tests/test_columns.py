"""What is computed of a ticket: each field of docs/fields.md, and the JSON of `tkt list`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from querydesk import DESK, NOW, answers, asks, at, event, moved, opened, owned, parsed, ticket

from tkt.clocks.verdict import State
from tkt.columns import Columns, columns_of
from tkt.columns.summary import decoded, encoded
from tkt.columns.summing import summary_of
from tkt.model import Event, Ticket
from tkt.schema import SlaFile
from tkt.sla import ServiceLevels, Standing, Standings

HOUR = timedelta(hours=1)
NO_POLICY = ServiceLevels.from_configuration(
    replace(DESK, sla=msgspec.convert({"calendars": {}, "policies": []}, SlaFile))
)


def cycle(state: State = "active", *, policy: str | None = "all", **more: Any) -> Standing:
    """How a clock of the ticket stands, due in an hour unless said otherwise."""
    known = {"clock": "resolution", "cycle": "e10000", "due_at": NOW + HOUR, "start_at": NOW - HOUR, **more}
    fulfilled = known.pop("fulfilled_at", None)
    if "remaining_s" in known:
        known |= {"target_s": 3600, "elapsed_s": 3600 - known.pop("remaining_s"), "paused_s": 0}
        known |= {"is_paused": True}  # it stands, so that no time passes
    ended = known.pop("ended_at", fulfilled or (NOW if state in ("met", "cancelled") else None))
    return Standing(state=state, policy=policy, ended_at=ended, is_fulfilled=fulfilled is not None, **known)


def columns(asked: Ticket, *cycles: Standing) -> Columns:
    """The columns of a ticket whose clocks stand so."""
    found = columns_of(asked, DESK, NO_POLICY, NOW)
    standings = Standings(NOW - HOUR, cycles)
    summary = found.summary.judged(standings)
    return Columns(asked.id, asked.status, asked.path, summary, found.source)


def looked_up(name: str, asked: Ticket, *cycles: Standing) -> object:
    return columns(asked, *cycles).lookup(name)


# --- history ---


def test_reopens_count_moves_back_from_resolved_or_closed() -> None:
    # given a ticket resolved, closed, reopened, resolved and reopened once more
    asked = ticket(
        opened(status="new"),
        moved("20T02:00", "new", "in-progress"),
        moved("20T03:00", "in-progress", "resolved"),
        moved("20T04:00", "resolved", "closed"),
        moved("20T05:00", "closed", "in-progress"),
        moved("20T06:00", "in-progress", "resolved"),
        moved("20T07:00", "resolved", "in-progress"),
        status="in-progress",
    )
    # then resolved → closed was no reopen, the two moves back were
    assert looked_up("reopens", asked) == 2
    assert looked_up("reopens", ticket(opened())) == 0


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ([], 0),
        ([(None, "ann")], 0),
        ([(None, "ann"), ("ann", "bob")], 1),
        ([(None, "ann"), ("ann", None), (None, "bob")], 1),
        ([(None, "ann"), ("ann", None), (None, "ann")], 0),
        ([("ann", "bob"), ("bob", "ann")], 2),  # opened with an owner
    ],
)
def test_reassignments_are_owner_changes_after_the_first_assignment(
    changes: list[tuple[str | None, str | None]], count: int
) -> None:
    """docs/kpi.md K16: owner changes after the first assignment."""
    events = [owned(f"20T0{hour}:00", *change) for hour, change in enumerate(changes, 2)]
    assert looked_up("reassignments", ticket(opened(), *events)) == count


def test_messages_and_replies_count_what_is_public() -> None:
    asked = ticket(
        opened(),
        asks("20T01:00"),
        answers("20T01:01", auto=True),
        answers("20T02:00"),
        answers("20T02:30", to="vendor"),
        event("note", "20T03:00", text="internal"),
    )
    assert looked_up("messages", asked) == 3
    assert looked_up("replies", asked) == 1


def test_what_was_corrected_does_not_count() -> None:
    wrong = answers("20T02:00")
    asked = ticket(opened(), asks("20T01:00"), wrong, event("corrected", "20T03:00", event=wrong.id))
    assert looked_up("replies", asked) == 0
    assert looked_up("needs", asked) == ("reply", "triage", "owner")


def test_a_ticket_is_resolved_and_closed_only_while_it_is() -> None:
    walked = [
        opened(),
        moved("20T02:00", "new", "resolved"),
        moved("20T03:00", "resolved", "in-progress"),
        moved("20T04:00", "in-progress", "resolved"),
        moved("20T05:00", "resolved", "closed"),
    ]
    assert looked_up("resolved", ticket(*walked, status="closed")) == at("20T04:00")
    assert looked_up("closed", ticket(*walked, status="closed")) == at("20T05:00")
    assert looked_up("closed", ticket(*walked[:4], status="resolved")) is None
    assert looked_up("resolved", ticket(*walked[:3], status="in-progress")) is None


def test_told_asks_for_a_public_message_since_the_resolve() -> None:
    before = [opened(), answers("20T01:30"), moved("20T02:00", "new", "resolved")]
    assert looked_up("told", ticket(*before, status="resolved")) is False
    assert looked_up("told", ticket(*before, answers("20T02:00"), status="resolved")) is True
    assert looked_up("told", ticket(*before, asks("20T03:00"), status="resolved")) is False
    assert looked_up("told", ticket(opened(), answers("20T01:30"))) is None


def test_nobody_knows_what_was_told_where_the_log_had_no_messages() -> None:
    imported = [
        opened(),
        event("imported", "20T01:00", lacks=["messages"]),
        moved("20T02:00", "new", "resolved"),
    ]
    assert looked_up("told", ticket(*imported, status="resolved")) is None
    assert looked_up("told", ticket(*imported, answers("20T03:00"), status="resolved")) is True


def test_untouched_is_the_time_since_a_person_of_the_desk_did_anything() -> None:
    asked = ticket(opened("20T01:00"), asks("20T01:00"), event("note", "20T04:00"), asks("20T05:00"),
                   event("set", "20T06:00", by="rule:fault", auto=True))  # fmt: skip
    assert looked_up("untouched", asked) == 24 * 3600
    assert looked_up("untouched", ticket(opened("20T01:00"))) == 27 * 3600
    assert looked_up("age", asked) == 27 * 3600
    assert looked_up("updated", asked) == at("20T06:00")


def test_who_opened_it_and_who_was_last() -> None:
    asked = ticket(opened(), event("note", "20T04:00", by="ann"))
    assert looked_up("created_by", asked) == "zhang@acme.example"
    assert looked_up("last_by", asked) == "ann"
    assert looked_up("last_by", ticket()) is None


def test_the_number_elsewhere_and_the_latest_answer_to_a_survey() -> None:
    asked = ticket(
        opened(external_id="INC0000045"),
        event("rated", "20T04:00", kind="csat", score=2),
        event("rated", "20T05:00", kind="csat", score=5),
        event("rated", "20T06:00", kind="nps", score=9),
    )
    assert looked_up("external_id", asked) == "INC0000045"
    assert looked_up("csat", asked) == 5
    assert looked_up("csat", ticket(opened())) is None


def test_words_look_at_everything_that_was_said_and_at_who_asks() -> None:
    asked = ticket(
        opened(external_id="INC0000045"),
        asks("20T01:00", "系统报错 E104"),
        event("note", "20T02:00", text="known bug"),
        event("set", "20T03:00", field="team", to="secret-team"),
        contact={"name": "张伟", "phone": "13800000000"},
        customer="acme",
        tags=["invoice"],
        asks={"text": "今天开出发票"},
    )
    found = columns(asked)
    for words in ("e104", "known", "张伟", "1380000", "acme", "invoice", "开票", "K7Q2M", "inc0000045"):
        assert parsed(words).matches(found.lookup), words
    assert not parsed("secret-team").matches(found.lookup)


# --- what it needs ---

OWNED: dict[str, Any] = {"owner": "ann", "next_action": {"what": "call"}}


def needs(status: str, *events: Event, **values: Any) -> object:
    return looked_up("needs", ticket(opened(), *events, status=status, **{**OWNED, **values}))


def test_an_unanswered_message_needs_a_reply() -> None:
    assert needs("in-progress", asks("20T01:00")) == ("reply",)
    assert needs("in-progress", asks("20T01:00"), answers("20T02:00")) == ()
    assert needs("in-progress", asks("20T01:00"), answers("20T02:00", auto=True)) == ("reply",)
    assert needs("in-progress", asks("20T01:00"), answers("20T02:00"), asks("20T03:00")) == ("reply",)
    assert needs("in-progress", answers("20T02:00"), asks("20T03:00", auto=True)) == ()


def test_a_message_marked_as_needing_no_reply_needs_none() -> None:
    thanks = asks("20T03:00", "谢谢")
    marked = event("no-reply-needed", "20T04:00", message=thanks.id)
    assert needs("in-progress", thanks, marked) == ()
    assert needs("in-progress", thanks, marked, asks("20T05:00")) == ("reply",)


def test_a_new_ticket_needs_triage_and_an_open_one_an_owner() -> None:
    talk = (asks("20T01:00"), answers("20T02:00"))
    assert needs("new", *talk) == ("triage",)
    assert needs("assigned", *talk, owner=None) == ("owner",)


def test_a_status_that_asks_for_a_next_action_needs_one() -> None:
    talk = (asks("20T01:00"), answers("20T02:00"))
    assert needs("in-progress", *talk, next_action=None) == ("next-action",)
    assert needs("assigned", *talk, next_action=None) == ()


def test_without_anybodys_words_they_are_needed_except_on_imports() -> None:
    assert needs("in-progress") == ("words",)
    assert needs("in-progress", event("note", "20T01:00", text="he called")) == ()
    assert needs("in-progress", event("imported", "20T01:00", lacks=["messages"])) == ()
    assert needs("in-progress", event("imported", "20T01:00")) == ("words",)


def test_a_message_after_the_end_needs_reply_and_triage() -> None:
    """docs/sla.md L8: a customer's message on a resolved ticket flags `needs_triage`."""
    resolved = (asks("20T01:00"), answers("20T02:00"), moved("20T03:00", "new", "resolved"))
    assert needs("resolved", *resolved, owner=None) == ()
    assert needs("resolved", *resolved, asks("20T04:00")) == ("reply", "triage")
    assert needs("resolved", *resolved, asks("20T04:00"), answers("20T05:00")) == ()
    closed = (*resolved, moved("20T06:00", "resolved", "closed"))
    assert needs("closed", *closed, asks("20T07:00")) == ("reply", "triage")


def test_a_reply_owed_before_the_resolve_is_owed_until_the_ticket_is_closed() -> None:
    resolved = (asks("20T01:00"), moved("20T03:00", "new", "resolved"))
    assert needs("resolved", *resolved) == ("reply",)
    assert needs("closed", *resolved, moved("20T06:00", "resolved", "closed")) == ()
    at_the_end = asks("20T06:00")
    assert needs("closed", *resolved, at_the_end, moved("20T06:00", "resolved", "closed")) == ()


def test_spam_and_merged_tickets_need_nothing() -> None:
    spam = event("disposed", "20T02:00", as_="spam")
    closed = moved("20T02:00", "new", "closed")
    assert needs("closed", spam, closed, asks("20T03:00")) == ()
    assert needs("closed", event("merged", "20T02:00", into="261120-AAAAA"), closed, asks("20T03:00")) == ()
    survivor = event("merged", "20T02:00", absorbed="261120-AAAAA", from_="261120-AAAAA")
    assert needs("in-progress", survivor, asks("20T03:00")) == ("reply",)
    assert needs("new", spam, closed, event("restored", "20T04:00"), asks("20T05:00")) == ("reply", "triage")


def test_missing_names_the_fields_that_type_and_category_need() -> None:
    fault = {"type": "product", "category": "fault"}
    assert looked_up("missing", ticket(opened(), **fault)) == (
        "product",
        "model_or_version",
        "symptom",
        "evidence",
    )
    given = {**fault, "product": "invoicing", "version": "3.1", "symptom": "E104"}
    assert looked_up("missing", ticket(opened(), **given)) == ("evidence",)
    assert looked_up("missing", ticket(opened(), event("attached", "20T02:00"), **given)) == ()
    assert looked_up("missing", ticket(opened())) == ()


# --- clocks ---


def test_sla_is_the_worst_state_of_the_clocks() -> None:
    met, active, breached = cycle("met"), cycle("active"), cycle("breached", clock="next_response")
    assert looked_up("sla", ticket(), met, active, breached) == "breached"
    assert looked_up("sla", ticket(), met, active) == "active"
    assert looked_up("sla", ticket(), met, cycle("n/a")) == "met"
    assert looked_up("sla.next_response", ticket(), met, breached) == "breached"
    assert looked_up("sla.resolution", ticket(), met, breached) == "met"
    assert looked_up("breached", ticket(), met, breached, breached) == ("next_response",)


def test_without_a_policy_a_ticket_is_uncovered() -> None:
    assert looked_up("sla", ticket()) == "uncovered"
    assert looked_up("sla", ticket(), cycle("n/a", policy=None)) == "uncovered"
    assert looked_up("sla.update", ticket(), cycle("met")) is None  # nothing was promised on this clock
    assert looked_up("sla.update", ticket()) == "uncovered"
    assert looked_up("policy", ticket(), cycle(policy=None)) is None
    assert (
        looked_up("policy", ticket(), cycle(policy="all"), cycle(policy="vip"), cycle(policy=None)) == "vip"
    )


def test_due_is_the_earliest_of_the_clocks_that_still_run() -> None:
    late = cycle("breached", due_at=NOW - 2 * HOUR, remaining_s=-1800)
    paused = cycle("paused", due_at=None)
    cancelled = cycle("cancelled", due_at=NOW - 5 * HOUR, ended_at=NOW - 6 * HOUR)
    answered_late = cycle("breached", due_at=NOW - 4 * HOUR, fulfilled_at=NOW - HOUR)
    running = cycle(due_at=NOW + HOUR, remaining_s=900)
    assert looked_up("due", ticket(), running, cycle(due_at=NOW + 2 * HOUR)) == NOW + HOUR
    assert looked_up("remaining", ticket(), running, answered_late, paused, cancelled) == 900  # open seconds
    assert looked_up("remaining", ticket(), running, late) == -1800
    assert looked_up("due", ticket(), answered_late, cycle(due_at=None)) is None
    assert looked_up("remaining", ticket(), answered_late) is None


def test_a_clock_that_ran_is_late_once_its_due_instant_has_passed() -> None:
    running = cycle(due_at=NOW - HOUR / 2)
    assert looked_up("sla", ticket(), running) == "breached"
    assert looked_up("breached", ticket(), running) == ("resolution",)
    assert looked_up("sla", ticket(), cycle("paused", due_at=None)) == "paused"


def test_of_the_past_the_ticket_itself_is_asked() -> None:
    # given a ticket with an event that is still ahead
    asked = ticket(opened(), moved("20T09:00", "new", "in-progress"), status="in-progress")
    found = columns_of(asked, DESK, NO_POLICY, at("20T08:00"))
    # then its clocks are judged without that event
    assert found.standings.valid_from == at("20T08:00")
    assert found.summary.standings.valid_from == at("20T09:00")


def test_a_summary_comes_back_from_its_bytes_as_it_was() -> None:
    own = {"made_sla": False, "amount": 12.5, "bought_at": at("01T00:00"), "undeclared": [1, {"a": None}]}
    asked = ticket(opened(), owned("20T02:00", "ann", "li.wei"), asks("20T03:00"), tags=["a"], **own)
    summary = summary_of(asked, DESK, NO_POLICY)
    assert decoded(encoded(summary)) == summary


# --- the row ---


def test_a_row_has_the_promised_keys_even_of_an_empty_ticket() -> None:
    row = columns(ticket(opened())).row()
    promised = "id status path title type category priority owner team customer channel received_at tags sla"
    computed = "reopens reassignments updated_at missing needs told policy due_at resolved_at"
    assert set(f"{promised} {computed}".split()) <= set(row)
    assert row["owner"] is None
    assert row["tags"] == []
    assert "model" not in row, "further stored keys only where they are set"


def test_a_row_is_made_of_what_json_has() -> None:
    own = {"made_sla": False, "amount": 12.5, "bought_at": at("01T00:00"), "undeclared": "kept"}
    waiting = {"on": "customer", "until": at("24T02:00")}
    met = cycle("met", clock="first_response", start_at=at("20T01:00"), fulfilled_at=at("20T02:00"))
    asked = ticket(
        opened(), owned("20T02:00", "ann", "li.wei"), status="waiting", waiting=waiting, tags=["a"], **own
    )
    row = columns(asked, met).row()
    assert json.loads(json.dumps(row)) == row
    assert row["received_at"] == "2026-11-20T01:00:00Z"
    assert row["waiting"] == {"on": "customer", "until": "2026-11-24T02:00:00Z"}
    assert (row["made_sla"], row["amount"], row["bought_at"], row["undeclared"]) == (
        False, 12.5, "2026-11-01T00:00:00Z", "kept",
    )  # fmt: skip
    assert (row["reassignments"], row["needs"]) == (1, ["owner", "words"])
    keys = "clock cycle state policy target_s start_at due_at fulfilled_at breached_at elapsed_s paused_s remaining_s"
    assert list(row["sla"][0]) == keys.split()
    assert row["sla"][0]["fulfilled_at"] == "2026-11-20T02:00:00Z"


def test_an_own_field_never_hides_a_key_that_tkt_promises() -> None:
    row = columns(ticket(opened(), needs="nothing", sla="fine", reopens=7)).row()
    assert (row["needs"], row["sla"], row["reopens"]) == (["triage", "owner", "words"], [], 0)


def test_a_message_after_the_end_asks_for_triage_though_an_older_one_was_never_answered() -> None:
    done = moved("20T02:00", "new", "resolved")
    assert needs("resolved", asks("20T01:00"), done, asks("20T03:00")) == ("reply", "triage")
    assert needs("resolved", asks("20T01:00"), done) == ("reply",)

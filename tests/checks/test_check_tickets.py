"""What `tkt check` says of a ticket (docs/file-format.md; docs/sla.md S3, S5, L3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest
from flowdesk import NINE, changed, desk, last, new, resolved, started, triaged, waiting, who

from tkt.actions import Given, close, heard, move, note, reopen, reply, resolve, set_values, wait
from tkt.checks import Finding, check_ticket
from tkt.errors import Severity
from tkt.model import Event, Ticket
from tkt.schema import Configuration, FieldDecl


def found(ticket: Ticket, code: str | None = None, config: Configuration | None = None) -> list[Finding]:
    """The findings, of one code where it is given."""
    return [each for each in check_ticket(ticket, config or desk()) if code in (None, each.code)]


def event(event_id: str, did: str, minutes: float = 30, **more: Any) -> Event:
    own = ("role", "auto", "forced", "recorded_at")
    keys = {name: more.pop(name) for name in own if name in more}
    at = NINE + timedelta(minutes=minutes)
    return Event(id=event_id, at=at, by="li.wei", did=did, data=MappingProxyType(more), **keys)


@pytest.mark.parametrize("step", [new, triaged, started, waiting, resolved])
def test_what_commands_write_is_in_order(step) -> None:
    assert found(step()) == []


def test_a_long_life_is_in_order() -> None:
    ticket = close(resolved(), who(120), desk(), Given(confirmed="phone"))
    ticket = reopen(ticket, who(180), desk())
    ticket = heard(note(ticket, who(190), desk(), text="again"), who(200), desk(), text="still")
    given = Given(code="workaround", text="old page", cause="unknown", reply="Use the old page.")
    assert found(resolve(ticket, who(210), desk(), given)) == []


# --- fold ---


def test_the_directory_is_the_status_that_the_events_lead_to() -> None:
    """docs/sla.md S3: a mismatch is a fault that check reports."""
    (finding,) = found(replace(started(), status="resolved"))
    assert (finding.code, finding.severity) == ("status", Severity.ERROR)
    assert str(finding.message) == "it lies in resolved, but its events lead to in-progress"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": "other"}, "title is other, but its events say Invoice"),
        ({"title": None}, "title is absent, but its events say Invoice"),
        ({"serial": "v3"}, "serial is v3, but its events say that it was removed"),
        ({"tags": ["b"]}, "tags lacks a, which its events add"),
        ({"tags": ["a", "gone"]}, "tags holds gone, which its events remove"),
        (
            {"waiting": {"on": "customer"}},
            "waiting is {on: customer}, but its events say that it was removed",
        ),
    ],
)
def test_a_key_that_disagrees_with_its_events_is_named(values, message) -> None:
    changes = {"title": "Invoice", "serial": "v1", "tags": ["a", "gone"]}
    ticket = set_values(
        set_values(triaged(), who(12), desk(), changes), who(13), desk(), {"serial": "", "tags": "a"}
    )
    given = Given(changes={"owner": "li.wei", "complexity": "simple"}, on="vendor", what_for="x")
    back = move(move(ticket, who(20), desk(), "waiting", given), who(30), desk(), "in-progress")
    assert found(back) == []
    (finding,) = found(back.with_values(**values), "fold")
    assert str(finding.message) == message


def test_members_that_no_event_speaks_of_are_free() -> None:
    assert found(new().with_values(tags=["opened-with"]), "fold") == []


# --- order and time ---


def test_the_first_event_is_opened_and_there_is_one() -> None:
    ticket = new()
    assert [str(each.message) for each in found(replace(ticket, events=ticket.events[1:]), "opened")] == [
        "there is no event opened"
    ]
    twice = ticket.with_events(event("zz0000", "opened", status="new"))
    assert [each.event for each in found(twice, "opened")] == ["zz0000"]
    early = ticket.with_events(event("zz0000", "note", minutes=-1, text="x"))
    assert [each.event for each in found(early, "opened")] == ["zz0000"]
    assert [each.event for each in found(early, "time")] == ["zz0000"]


def test_nothing_is_recorded_before_it_happened() -> None:
    late = new().with_events(event("zz0000", "note", text="x", recorded_at=NINE + timedelta(minutes=40)))
    assert found(late, "time") == []
    early = new().with_events(event("zz0000", "note", text="x", recorded_at=NINE))
    assert [each.event for each in found(early, "time")] == ["zz0000"]


def test_an_id_names_one_event() -> None:
    twice = new().with_events(event("zz0000", "note", text="a"), event("zz0000", "note", 31, text="b"))
    assert [each.event for each in found(twice, "event-id")] == ["zz0000"]


def test_two_branches_that_set_one_field_in_one_second_clash() -> None:
    """docs/file-format.md, Merging: the order decides, the loser stays, and check warns `clash`."""
    both = new().with_events(
        event("aaaa00", "set", field="title", to="one"), event("bbbb00", "set", field="title", to="two")
    )
    (clash,) = found(both.with_values(title="two"))
    assert (clash.code, clash.event, clash.severity) == ("clash", "bbbb00", Severity.WARNING)


# --- known ---


def test_an_unknown_kind_of_event_is_kept_and_told() -> None:
    (finding,) = found(new().with_events(event("zz0000", "mesage", text="x")))
    assert (finding.code, finding.severity, str(finding.hint)) == (
        "unknown-event", Severity.WARNING, "did you mean message?",
    )  # fmt: skip


def test_an_undeclared_key_is_told_with_the_nearest_right_one() -> None:
    """docs/file-format.md: an undeclared one is kept with a warning, so that `prioirty:` is caught."""
    slip, own = found(new().with_values(prioirty="P1", zzz="x"))
    assert (slip.code, slip.key, slip.severity, str(slip.hint)) == (
        "undeclared", ("prioirty",), Severity.WARNING, "did you mean priority?",
    )  # fmt: skip
    assert str(own.hint) == "declare it in config/taxonomy.yaml under fields: zzz: {type: text}"


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("type", "produkt", "did you mean product?"), ("impact", "sone", "did you mean one?"),
        ("urgency", "Red", "write red"), ("complexity", "simpel", "did you mean simple?"),
        ("priority", "P9", "known are: P1, P2, P3, P4"), ("team", "tehc", "did you mean tech?"),
        ("owner", "li.wie", "did you mean li.wei?"), ("channel", "emial", "did you mean email?"),
        ("tier", "vpi", "did you mean vip?"),
    ],
)  # fmt: skip
def test_a_value_that_the_desk_does_not_know_is_an_error(field, value, hint) -> None:
    (finding,) = found(new().with_values(**{field: value}), "value")
    assert (finding.key, finding.severity) == ((field,), Severity.ERROR)
    assert str(finding.message) == f"{field} cannot be {value}"
    assert str(finding.hint) == hint


def test_a_category_is_one_of_its_type() -> None:
    right = new().with_values(type="product", category="fault")
    assert found(right) == []
    assert [each.key for each in found(right.with_values(type="complaint"))] == [("category",)]


def test_who_has_left_may_still_own_history() -> None:
    assert found(new().with_values(owner="chen.gone"), "value") == []


def test_own_fields_have_their_values() -> None:
    config = changed(
        "taxonomy",
        fields={"region": FieldDecl(values=["north"]), "sizes": FieldDecl(type="words", values=["s"])},
    )
    assert found(new().with_values(region="north", sizes=["s"]), config=config) == []
    assert [each.key for each in found(new().with_values(region="west", sizes=["s", "xl"]), config=config)] == [
        ("region",), ("sizes",),
    ]  # fmt: skip


def test_code_cause_and_language_are_known() -> None:
    wrong = resolved().with_values(
        resolution={"code": "fixd", "text": "x", "cause": "gremlins"}, language="Chinese!"
    )
    assert [each.key for each in found(wrong, "value")] == [
        ("resolution", "code"), ("resolution", "cause"), ("language",),
    ]  # fmt: skip
    assert [found(new().with_values(language=code)) for code in ("en", "zh", "pt-BR", "zh-Hans")] == [[]] * 4


def test_references_are_whole_ids_of_other_tickets() -> None:
    assert found(new().with_values(parent="261120-AAAAA")) == []
    assert [str(each.message) for each in found(new().with_values(parent="AAAAA"))] == [
        "AAAAA is not a ticket's id, expected one like 261121-K7Q2M"
    ]
    assert [each.key for each in found(new().with_values(parent="261120-K7Q2M"))] == [("parent",)]
    wrong = new().with_events(event("zz0000", "disposed", **{"as": "duplicate", "of": "261120"}))
    assert [each.event for each in found(wrong)] == ["zz0000"]
    split = new().with_events(event("zz0000", "split", into=["261120-AAAAA", "x"]))
    assert [each.event for each in found(split)] == ["zz0000"]


# --- moves ---


def without_guard_checks(ticket: Ticket) -> Ticket:
    """A resolve by hand that says neither how nor why."""
    silent = event("zz0000", "moved", **{"from": "in-progress", "to": "resolved"})
    return ticket.with_events(silent).in_status("resolved")


def test_a_move_that_guards_would_have_refused_is_told_and_fails_nothing() -> None:
    (finding,) = found(without_guard_checks(started()))
    assert (finding.code, finding.event, finding.severity) == ("guard", "zz0000", Severity.WARNING)
    assert str(finding.message).startswith("it went to resolved without: code: how it was solved")


def test_overruled_guards_machines_and_imports_are_not_judged() -> None:
    forced = resolve(started(), who(30, reason="x"), desk(), Given(force=True))
    assert found(forced) == []
    imported = without_guard_checks(started()).with_events(event("zz0001", "imported", 0, source="log"))
    assert found(imported) == []
    ticked = started().with_events(
        event("zz0000", "moved", role="system", **{"from": "in-progress", "to": "resolved"})
    )
    assert found(ticked.in_status("resolved")) == []


def test_guards_are_judged_as_the_ticket_stood_then() -> None:
    """docs/file-format.md, `moved`."""
    # the owner left and the form was emptied after the move: it was right when it was made
    after = set_values(started(), who(40), desk(), {"owner": "", "model": "", "complexity": ""})
    assert found(after) == []
    # what came only after the move does not excuse it
    before = triaged().with_events(event("zz0000", "moved", 20, **{"from": "new", "to": "in-progress"}))
    mended = set_values(
        before.in_status("in-progress"), who(40), desk(), {"owner": "li.wei", "next_action": "call"}
    )
    (finding,) = found(mended)
    assert str(finding.message) == (
        "it went to in-progress without: owner: the one person who is responsible; next action: what happens next"
    )


def test_a_move_that_leads_nowhere_is_told() -> None:
    jumped = waiting().with_events(event("zz0000", "moved", 40, **{"from": "waiting", "to": "new"}))
    config = changed(
        "workflow", moves={**desk().workflow.moves, "waiting": ["resolved"], "resolved": ["closed"]}
    )
    (finding,) = found(jumped.in_status("new").with_values(waiting=None), config=config)
    assert str(finding.message) == "no move leads from waiting to new"


def test_events_that_name_no_status_of_the_desk_are_told() -> None:
    moved = started().with_events(event("zz0000", "moved", **{"from": "in-progress", "to": "limbo"}))
    assert [each.event for each in found(replace(moved, status="limbo"), "status")] == ["zz0000"]


def test_a_pause_without_a_standing_question_is_told_even_where_it_was_forced() -> None:
    """docs/sla.md L3: a pause without a standing question counts for nothing and check warns."""
    given = Given(on="customer", what_for="a picture", force=True)
    paused = wait(started(), who(30, reason="x"), desk(), given)
    (finding,) = found(paused)
    assert (finding.code, finding.event) == ("not-asked", last(paused, "moved").id)
    assert finding.severity is Severity.WARNING


def test_check_does_not_depend_on_the_time_of_day() -> None:
    old = replace(started(), events=tuple(replace(e, at=e.at.replace(year=2001)) for e in started().events))
    assert found(old) == []


def test_a_wait_by_hand_without_a_question_is_told_once() -> None:
    waits = {"on": "customer", "for": "a picture", "until": "2026-11-23T01:00:00Z"}
    moved = event("zz0000", "moved", **{"from": "in-progress", "to": "waiting", "waiting": waits})
    paused = started().with_events(moved).in_status("waiting").with_values(waiting=waits)
    assert [each.code for each in found(paused)] == ["not-asked"]


def test_one_command_that_sets_a_field_twice_is_no_clash() -> None:
    twice = new().with_events(
        event("aaaa00", "set", field="title", to="one"), event("aaaa01", "set", field="title", to="two")
    )
    assert found(twice.with_values(title="two")) == []


def by_hand(minutes: float = 30, by: str = "li.wei") -> Event:
    waits = {"on": "customer", "for": "a picture", "until": "2026-11-23T01:00:00Z"}
    moved = event("zz0000", "moved", minutes, **{"from": "in-progress", "to": "waiting", "waiting": waits})
    return replace(moved, by=by)


def waiting_by(move: Event) -> Ticket:
    return started().with_events(move).in_status("waiting").with_values(waiting=move.get("waiting"))


def test_a_wait_of_an_imported_ticket_is_judged_where_it_is_not_the_imports_own() -> None:
    """docs/sla.md L3: a pause without a standing question counts for nothing and check warns."""
    imported = event("zz0001", "imported", 0, source="log")
    assert found(waiting_by(by_hand(by="import:log")).with_events(imported)) == []
    (finding,) = found(waiting_by(by_hand()).with_events(imported))
    assert (finding.code, finding.event) == ("not-asked", "zz0000")


def test_a_question_that_bounced_does_not_stand_for_the_check_either() -> None:
    asked = reply(started(), who(25), desk(), text="Which browser?")
    question = last(asked, "message").id
    bounced = [
        event(f"zy000{n}", did, 26, notice="n1", message=question)
        for n, did in enumerate(("queued", "bounced"))
    ]
    paused = asked.with_events(*bounced, by_hand()).in_status("waiting")
    assert "not-asked" in [each.code for each in found(paused.with_values(waiting=by_hand().get("waiting")))]


# --- promises and tasks ---


@pytest.mark.parametrize(
    ("did", "keys", "message"),
    [
        ("promised", {"promise": "p1"}, "promised: until is missing, expected it"),
        ("promised", {"promise": "p1", "until": "soon"}, "promised: soon is not an instant"),
        ("task", {"title": "look"}, "task: task is missing, expected it"),
        ("task", {"task": "T1", "target": "2 days"}, "task: 2 days: a day is ambiguous"),
        ("task", {"task": "T1", "due": "soon"}, "task: soon is not an instant"),
        ("task", {"task": "T1", "owner": "stranger"}, "task: there is nobody stranger"),
    ],
)
def test_promises_and_tasks_that_no_clock_could_tell(did: str, keys: dict[str, str], message: str) -> None:
    (finding,) = found(new().with_events(event("zzzz00", did, **keys)), "event")
    assert str(finding.message).startswith(message)
    assert (finding.event, finding.severity) == ("zzzz00", Severity.ERROR)


def test_what_is_kept_or_done_must_have_been_promised_or_given_out() -> None:
    """docs/sla.md, promise and task."""
    ticket = new().with_events(
        event("zzzz00", "promised", promise="p1", until="2026-11-21T10:00:00Z"),
        event("zzzz01", "kept", promise="p1"),
        event("zzzz02", "kept", promise="p2"),
        event("zzzz03", "task-done", task="T1"),
    )
    findings = found(ticket, "event")
    assert [(it.event, it.severity) for it in findings] == [
        ("zzzz02", Severity.WARNING),
        ("zzzz03", Severity.WARNING),
    ]
    assert "no promise p2" in str(findings[0].message)
    assert "p1" in str(findings[0].hint)

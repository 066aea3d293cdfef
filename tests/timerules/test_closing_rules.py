"""A resolved ticket closes by itself after silence, reminded before, and never past a guard (docs/tick.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import flowdesk
import pytest
from life_desk import at, case_of, config_of, fired, ticked, wall, who, written

from tkt.actions import Given, close, heard, noreply, reopen, reply, resolve, set_values
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.timerules.auto_close import left_open

# Resolved on Friday 20 November at 10:00 with a word to the customer: reminded on the 25th, closed on the 27th.
DESK = config_of()
MAIL = config_of(sender=True)
DONE = flowdesk.resolved()
SILENT = Given(code="fixed", text="cache emptied", cause="product")
UNTOLD = resolve(flowdesk.started(), who("20T10:00"), DESK, SILENT)


def closed_by_itself(it: Ticket, config: Configuration = MAIL) -> Ticket:
    """Ticked in time."""
    return ticked(ticked(it, "25T10:05", config).ticket, "27T10:10", config).ticket


def why_open(it: Ticket, now: str, config: Configuration = MAIL) -> str | None:
    found = left_open(case_of(it, now, config))
    return None if found is None else str(found)


def test_the_customer_is_reminded_two_days_before_and_the_day_is_named() -> None:
    found = ticked(DONE, "25T10:05", MAIL)
    message, queued = written(DONE, found.ticket)
    assert [(wall(it.at), it.rule, it.to) for it in found.done] == [
        ("25T10:00", "closing-reminder", ("customer",))
    ]
    assert (message.get("canned"), message.auto, message.at) == ("closing", True, at("25T10:00"))
    assert "until=2026-11-27, reopen_days=14" in message.get("text")
    assert queued.get("message") == message.id


def test_it_closes_two_days_after_the_reminder() -> None:
    reminded = ticked(DONE, "25T10:05", MAIL).ticket
    assert not ticked(reminded, "27T10:05", MAIL).done
    found = ticked(reminded, "27T10:10", MAIL).ticket
    moved = flowdesk.last(found, "moved")
    assert found.status == "closed"
    assert (moved.at, moved.get("auto_closed"), moved.reason) == (at("27T10:05"), True, "rule:auto-close")
    assert ticked(found, "30T10:00", MAIL).ticket is found


def test_without_a_sender_the_owner_is_told_and_it_closes_all_the_same() -> None:
    reminded = ticked(DONE, "25T10:05", DESK)
    (notice,) = written(DONE, reminded.ticket)
    assert (notice.did, notice.get("to"), notice.get("about")["rule"]) == (
        "queued",
        "li.wei",
        "closing-reminder",
    )
    assert closed_by_itself(DONE, DESK).status == "closed"


def test_a_late_run_reminds_first_and_closes_two_days_later() -> None:
    late = ticked(DONE, "12-10T09:00", MAIL)
    assert [it.rule for it in late.done] == ["closing-reminder"]
    assert "until=2026-12-12" in flowdesk.last(late.ticket, "message").get("text")
    assert not ticked(late.ticket, "12-12T08:59", MAIL).done
    assert fired(late.ticket, "12-12T09:01", MAIL) == [("12-12T09:00", "auto-close", ())]


def test_it_never_closes_without_a_reminder_that_stands() -> None:
    nobody = replace(DESK, people=type(DESK.people)(teams={}))
    assert not ticked(DONE, "12-10T09:00", nobody).done


def test_a_reminder_that_came_back_is_none_and_the_owner_is_told() -> None:
    reminded = ticked(DONE, "25T10:05", MAIL).ticket
    queued = flowdesk.last(reminded, "queued")
    bounced = replace(
        queued, id="zzzz00", at=at("25T11:00"), did="bounced", data={"notice": queued.get("notice")}
    )
    told = ticked(reminded.with_events(bounced), "25T12:00", MAIL)
    assert [(wall(it.at), it.to, it.about.get("step")) for it in told.done] == [
        ("25T11:00", ("li.wei",), "bounced")
    ]
    assert not ticked(told.ticket, "27T11:30", MAIL).done
    assert ticked(told.ticket, "27T12:01", MAIL).ticket.status == "closed"


def test_it_does_not_close_while_the_customer_waits_for_an_answer() -> None:
    wrote = heard(ticked(DONE, "25T10:05", MAIL).ticket, who("26T09:00"), MAIL, text="Still E104.")
    assert not [it for it in ticked(wrote, "30T10:00", MAIL).done if it.rule == "auto-close"]
    assert why_open(wrote, "30T10:00") == "the customer wrote at 2026-11-26 09:00, after the resolve"


def test_it_does_not_close_by_itself_once_the_customer_wrote_answered_or_not() -> None:
    wrote = heard(DONE, who("21T09:00"), MAIL, text="Thanks!")
    for it in (
        noreply(wrote, who("21T10:00"), MAIL),
        reply(wrote, who("21T10:00"), MAIL, text="You are welcome."),
    ):
        assert not ticked(it, "12-10T10:00", MAIL).done


def test_it_does_not_close_while_the_customer_was_not_told() -> None:
    rules = {it.rule for it in ticked(UNTOLD, "27T12:00", MAIL).done}
    assert not rules & {"closing-reminder", "auto-close"}
    assert why_open(UNTOLD, "28T10:00") == "the customer was not told that it is resolved"


def test_who_was_told_late_is_reminded_no_earlier() -> None:
    told = reply(UNTOLD, who("26T15:00"), MAIL, text="It works again.")
    assert fired(told, "26T15:30", MAIL)[-1] == ("26T15:00", "closing-reminder", ("customer",))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("priority:P1", "priority:P1"),
        ("type:product", "type:product"),
        ("sla.resolution:met", "sla.resolution:met"),
        ("age:>3d", "age:>3d"),
    ],
)
def test_what_never_auto_matches_never_closes(query: str, said: str) -> None:
    closing = type(DESK.workflow.closing)(never_auto=query)
    config = config_of(sender=True, closing=closing)
    it = set_values(DONE, who("21T10:00", reason="so"), config, {"priority": "P1"})
    assert not ticked(it, "12-10T10:00", config).done
    assert why_open(it, "12-10T10:00", config) == f"closing.never_auto: {said}"


def test_what_never_auto_matched_once_closes_after_it_no_longer_does() -> None:
    it = set_values(DONE, who("21T10:00", reason="so"), MAIL, {"priority": "P1"})
    calm = set_values(it, who("12-10T10:00", reason="so"), MAIL, {"priority": "P3"})
    reminded = ticked(calm, "12-10T11:00", MAIL)
    assert [it.rule for it in reminded.done] == ["closing-reminder"]
    assert ticked(reminded.ticket, "12-12T12:00", MAIL).ticket.status == "closed"


def test_a_query_that_cannot_be_asked_is_a_reason_and_no_crash() -> None:
    config = config_of(sender=True, closing=type(DESK.workflow.closing)(never_auto="owner:me"))
    assert not ticked(DONE, "12-10T10:00", config).done
    assert why_open(DONE, "12-10T10:00", config)


def test_a_guard_of_the_desk_is_asked_and_its_refusal_is_told() -> None:
    statuses = dict(DESK.workflow.statuses)
    closed = type(statuses["closed"])(category="closed", enter=["evidence"], zh="已关闭")
    config = config_of(sender=True, statuses={**statuses, "closed": closed})
    assert not ticked(DONE, "12-10T10:00", config).done
    assert "no guard evidence" in str(why_open(DONE, "12-10T10:00", config))


def test_a_step_by_hand_after_the_day_comes_first() -> None:
    reminded = ticked(DONE, "25T10:05", MAIL).ticket
    tagged = set_values(reminded, who("27T11:00"), MAIL, {"tags": ["vip"]})
    found = ticked(tagged, "28T10:00", MAIL).ticket
    assert flowdesk.last(found, "moved").at == at("27T11:00") + timedelta(seconds=1)


def test_l8_what_closed_by_itself_can_be_reopened_and_closes_again() -> None:
    again = reopen(closed_by_itself(DONE), who("28T09:00"), MAIL, Given(next_what="look again"))
    assert again.status == "in-progress"
    assert not [it for it in ticked(again, "28T10:00", MAIL).done if "clos" in it.rule]
    done = resolve(
        again, who("30T10:00"), MAIL, Given(code="fixed", text="new cache", cause="product", reply="Done.")
    )
    assert fired(done, "12-05T10:10", MAIL) == [("12-05T10:00", "closing-reminder", ("customer",))]
    reminded = ticked(done, "12-05T10:10", MAIL).ticket
    assert ticked(reminded, "12-07T10:11", MAIL).ticket.status == "closed"


def test_what_a_person_closed_is_left_alone() -> None:
    closed = close(DONE, who("20T11:00"), MAIL, Given(confirmed="phone"))
    assert not ticked(closed, "12-10T10:00", MAIL).done


# --- untold


def test_who_did_not_tell_the_customer_is_told_once_and_then_their_lead() -> None:
    team = config_of()
    assert fired(UNTOLD, "20T10:59", team) == []
    assert fired(UNTOLD, "20T11:30", team) == [("20T11:00", "untold", ("li.wei",))]
    warned = ticked(UNTOLD, "20T11:30", team).ticket
    assert not ticked(warned, "20T11:50", team).done
    assert fired(warned, "20T12:30", team) == fired(UNTOLD, "20T12:30", team)[1:]


def test_the_lead_is_told_unless_they_were_told_already() -> None:
    led = set_values(UNTOLD, who("20T10:01"), DESK, {"team": "quality"})
    found = ticked(led, "20T12:30", DESK)
    assert [(wall(it.at), it.to, it.about.get("step")) for it in found.done] == [
        ("20T11:00", ("li.wei",), None),
        ("20T12:00", ("wang.fang",), "lead"),
    ]
    theirs = set_values(led, who("20T10:02"), DESK, {"owner": "wang.fang"})
    assert [it.to for it in ticked(theirs, "20T12:30", DESK).done] == [("wang.fang",)]


def test_who_told_the_customer_in_time_is_not_bothered() -> None:
    assert not ticked(DONE, "20T13:00", DESK).done
    late = reply(UNTOLD, who("20T11:30"), DESK, text="It works again.")
    assert not ticked(late, "20T13:00", DESK).done


def test_words_that_came_back_told_nobody() -> None:
    said = flowdesk.last(DONE, "message")
    bounced = replace(said, id="zzzz00", at=at("20T10:05"), did="bounced", data={"message": said.id})
    assert fired(DONE.with_events(bounced), "20T11:30", DESK) == [("20T11:00", "untold", ("li.wei",))]


def test_what_was_resolved_untold_long_ago_is_told_to_nobody() -> None:
    assert not ticked(UNTOLD, "12-10T10:00", DESK).done


# --- next-action


def test_whoever_owns_it_is_told_once_that_the_next_action_is_overdue() -> None:
    work = flowdesk.started()  # answer the customer, by 13:00
    assert fired(work, "20T12:59", DESK) == []
    found = ticked(work, "20T13:30", DESK)
    assert [(wall(it.at), it.rule, it.to) for it in found.done] == [("20T13:00", "next-action", ("li.wei",))]
    assert not ticked(found.ticket, "21T13:30", DESK).done
    later = set_values(found.ticket, who("20T14:00"), DESK, {"next_action.by": "2026-11-20T16:00"})
    assert fired(later, "20T17:00", DESK) == [("20T16:00", "next-action", ("li.wei",))]


def test_a_next_action_that_is_done_with_is_nobodys_business() -> None:
    assert not [it for it in ticked(flowdesk.waiting(), "20T14:00", DESK).done if it.rule == "next-action"]
    assert not [it for it in ticked(DONE, "20T14:00", DESK).done if it.rule == "next-action"]


def test_of_the_due_instant_of_a_clock_its_ladder_speaks() -> None:
    config = config_of(ladders=True)
    work = flowdesk.started()
    judged = case_of(work, "20T09:21", config).verdicts
    (due,) = [it.due_at for it in judged if it.clock == "first_response" and it.due_at]
    same = set_values(work, who("20T09:21"), config, {"next_action.by": due})
    rules = {it.rule for it in ticked(same, wall(due + timedelta(hours=1)), config).done}
    assert rules == {"ladder"}

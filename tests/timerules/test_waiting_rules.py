"""What waits goes on when its date passes, and the customer is reminded before (docs/tick.md)."""

from __future__ import annotations

from datetime import timedelta

import flowdesk
import pytest
from life_desk import at, case_of, config_of, fired, no_canned, ticked, wall, who, words, written

from tkt.actions import Given, heard, reply, set_values, wait
from tkt.guards.talk import was_asked
from tkt.model import Ticket
from tkt.sla import standings, verdicts
from tkt.timerules.waking import wake_of

# Friday 20 November: asked and waiting since 9:31, until Monday 9:31.
DESK = config_of()
MAIL = config_of(sender=True)
WAITING = flowdesk.waiting()
UNTIL = at("23T09:31")


def waiting_on(party: str, until: str, **more: str) -> Ticket:
    given = Given(on=party, what_for="the part", until=at(until), **more)
    asked = reply(flowdesk.started(), who("20T09:30"), DESK, text="Which part?")
    return wait(asked, who("20T09:31"), DESK, given)


def test_a_wait_whose_date_passed_goes_on_at_the_true_instant() -> None:
    found = ticked(WAITING, "24T12:00", DESK).ticket
    moved = flowdesk.last(found, "moved")
    assert found.status == "in-progress"
    assert (moved.at, moved.recorded_at) == (UNTIL, at("24T12:00"))
    assert (moved.by, moved.role, moved.auto, moved.reason) == ("tick", "system", True, "rule:resume")
    assert "waiting" not in found.values


def test_the_next_action_is_to_chase_by_the_end_of_the_next_working_day_at_the_latest() -> None:
    found = ticked(WAITING, "23T10:00", DESK).ticket
    assert found.get("next_action")["what"] == "chase"
    assert found.get("next_action")["who"] == "owner"
    by = found.get("next_action")["by"]
    dues = [it.due_at for it in verdicts(found, case_of(found, "23T10:00", DESK).levels, UNTIL)]
    assert by in {f"{due:%Y-%m-%dT%H:%M:%SZ}" for due in (*dues, at("24T18:00"), at("25T00:00")) if due}


def test_the_owner_is_told_that_the_wait_is_over() -> None:
    found = ticked(WAITING, "23T10:00", DESK)
    (notice,) = [e for e in written(WAITING, found.ticket) if e.did == "queued"]
    assert (notice.get("to"), notice.get("about")["rule"]) == ("li.wei", "resume")


def test_the_clocks_go_on_with_the_move() -> None:
    """L3: the pause ends where the ticket left the wait, whenever that was noticed."""
    late = ticked(WAITING, "24T12:00", DESK).ticket
    levels = case_of(late, "24T12:00", DESK).levels
    paused = next(it for it in verdicts(late, levels, at("24T12:00")) if it.clock == "resolution")
    assert paused.state == "breached" or paused.elapsed_s
    (stretch,) = [it for it in standings(late, levels).cycles if it.clock == "resolution"]
    assert not stretch.is_paused


def test_nothing_happens_before_the_date_or_at_its_very_instant() -> None:
    assert not ticked(WAITING, "20T10:00", DESK).done
    quiet = waiting_on("vendor", "23T09:31")
    assert not ticked(quiet, "23T09:31", DESK).done
    assert fired(quiet, "23T09:32", DESK) == [("23T09:31", "resume", ("li.wei",))]


def test_a_second_run_does_nothing() -> None:
    once = ticked(WAITING, "23T10:00", DESK).ticket
    assert ticked(once, "23T10:00", DESK).ticket is once


def test_what_was_planned_with_the_wait_stays_the_next_action() -> None:
    planned = waiting_on("vendor", "23T09:31", next_what="call the vendor", next_by="2026-11-23T18:00")
    found = ticked(planned, "23T10:00", DESK).ticket
    assert found.get("next_action")["what"] == "call the vendor"


def test_a_date_that_somebody_put_off_is_the_new_date() -> None:
    later = set_values(WAITING, who("21T10:00"), DESK, {"waiting.until": "2026-11-25T09:00"})
    assert not [it for it in fired(later, "23T12:00", DESK) if it[1] == "resume"]
    assert ("25T09:00", "resume", ("li.wei",)) in fired(later, "25T12:00", DESK)


def test_who_wrote_although_it_waits_is_answered_not_chased() -> None:
    """A merge can leave a ticket waiting although the customer wrote."""
    wrote = flowdesk.last(heard(WAITING, who("21T10:00"), DESK, text="Firefox."), "message")
    merged = WAITING.with_events(wrote)
    found = ticked(merged, "23T10:00", MAIL)
    assert [it.rule for it in found.done] == ["resume"]
    assert found.ticket.get("next_action")["what"] == "answer the customer"


# --- remind


def test_the_customer_is_reminded_a_day_before_the_date_where_tkt_delivers() -> None:
    found = ticked(WAITING, "22T09:40", MAIL)
    message, queued = written(WAITING, found.ticket)
    assert [(wall(it.at), it.rule, it.to) for it in found.done] == [("22T09:31", "remind", ("customer",))]
    assert (message.did, message.get("to"), message.get("canned"), message.auto) == (
        "message",
        "customer",
        "remind",
        True,
    )
    assert (message.role, message.at, message.recorded_at) == ("system", at("22T09:31"), at("22T09:40"))
    assert "missing=the browser" in message.get("text")
    assert f"until={wall(UNTIL)}" in message.get("text")
    assert (queued.get("message"), queued.get("to"), queued.get("channel")) == (
        message.id,
        "customer",
        "email",
    )


@pytest.mark.parametrize(("config", "canned"), [(DESK, words), (MAIL, no_canned)])
def test_without_a_sender_or_a_reply_the_owner_is_told_to_remind(config, canned) -> None:  # type: ignore[no-untyped-def]
    found = ticked(WAITING, "22T09:40", config, canned)
    (notice,) = written(WAITING, found.ticket)
    assert (notice.did, notice.get("to"), notice.at) == ("queued", "li.wei", at("22T09:31"))
    assert notice.get("about") == {"rule": "remind", "of": flowdesk.last(WAITING, "moved").id}


def test_one_wait_gets_one_reminder() -> None:
    once = ticked(WAITING, "22T09:40", MAIL).ticket
    assert not ticked(once, "23T09:00", MAIL).done


def test_l1_and_l3_a_reminder_answers_nobody_and_restarts_no_pause() -> None:
    levels = case_of(WAITING, "22T09:40", MAIL).levels
    before = verdicts(WAITING, levels, at("22T20:00"))
    reminded = ticked(WAITING, "22T09:40", MAIL).ticket
    assert verdicts(reminded, levels, at("22T20:00")) == before
    # the customer answers: the pause is over, and no reminder takes its place as a question that stands
    answered = heard(reminded, who("22T11:00"), MAIL, text="Firefox.")
    again = answered.with_events(flowdesk.last(reminded, "message"))
    assert not was_asked(again)


def test_after_two_reminders_without_an_answer_the_owner_decides() -> None:
    it = WAITING
    for reminded, over in (("22T10:00", "23T10:00"), ("25T10:30", "26T10:30")):
        it = ticked(ticked(it, reminded, MAIL).ticket, over, MAIL).ticket
        it = asked_again(it, over)
    assert sum(e.did == "message" and e.auto for e in it.events) == 2
    found = ticked(it, "28T11:00", MAIL)
    (notice,) = written(it, found.ticket)
    assert (notice.get("to"), notice.get("about")["step"]) == ("li.wei", "decide")
    # an answer begins a new count
    anew = asked_again(heard(it, who("27T10:00"), MAIL, text="Later!"), "27T11:00")
    assert ticked(anew, "29T12:00", MAIL).done[0].to == ("customer",)


def asked_again(it: Ticket, when: str) -> Ticket:
    again = Given(on="customer", what_for="it")
    return reply(it, who(when, by="li.wei"), MAIL, text="When?", and_then="wait", given=again)


def test_a_reminder_that_comes_too_late_is_none() -> None:
    assert [it.rule for it in ticked(WAITING, "26T10:00", MAIL).done] == ["resume"]


def test_only_a_wait_on_the_customer_that_is_long_enough_is_reminded_of() -> None:
    assert not ticked(waiting_on("vendor", "25T09:31"), "25T09:00", MAIL).done
    assert not ticked(waiting_on("customer", "21T09:31"), "21T09:00", MAIL).done


def test_a_desk_that_reminds_nobody() -> None:
    off = config_of(sender=True, remind_customer=type(DESK.workflow.remind_customer)(at_most=0))
    assert not ticked(WAITING, "22T10:00", off).done


def test_the_index_knows_when_a_waiting_ticket_wakes() -> None:
    levels = case_of(WAITING, "20T10:00", MAIL).levels
    wake = wake_of(WAITING, MAIL, levels)
    assert (wake.passing_s, wake.until_s) == ((UNTIL - timedelta(days=1)).timestamp(), UNTIL.timestamp())
    assert wake.at_s == UNTIL.timestamp()

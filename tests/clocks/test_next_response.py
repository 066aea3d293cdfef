"""The clock next_response (docs/sla.md, Clocks; L2, L8, S6)."""

from __future__ import annotations

from sla_desk import agent, at, customer, cycles, event, moved, opened, resolve, ticket

from tkt.model import Event
from tkt.sla import Verdict

FIRST = (opened("09:00"), customer("09:00"), agent("09:30"))  # asked and answered


def next_response(*events: Event, now: str = "18:00") -> list[Verdict]:
    return cycles(ticket(*FIRST, *events), now, "next_response")


def test_it_starts_with_a_message_after_the_first_response() -> None:
    (verdict,) = next_response(customer("10:00", id="again0"))
    assert (verdict.cycle, verdict.start_at, verdict.due_at) == ("again0", at("10:00"), at("15:30"))
    assert verdict.state == "breached"


def test_before_the_first_response_there_is_none() -> None:
    asked = ticket(customer("09:00"), customer("09:20"))
    assert cycles(asked, "18:00", "next_response") == []
    # and the first response answers all that was asked until then
    assert (
        cycles(ticket(customer("09:00"), customer("09:20"), agent("10:00")), "18:00", "next_response") == []
    )


def test_a_second_message_does_not_restart_it() -> None:
    # a classic bug
    (verdict,) = next_response(customer("10:00", id="first0"), customer("11:30"), customer("14:00"))
    assert (verdict.cycle, verdict.due_at) == ("first0", at("15:30"))


def test_each_unanswered_stretch_is_a_cycle_of_its_own() -> None:
    found = next_response(
        customer("10:00"),
        agent("10:20"),
        customer("11:00"),
        customer("11:10"),
        agent("11:40"),
        customer("14:00"),
    )
    assert [(it.start_at, it.fulfilled_at, it.state) for it in found] == [
        (at("10:00"), at("10:20"), "met"),
        (at("11:00"), at("11:40"), "met"),
        (at("14:00"), None, "active"),
    ]


def test_only_people_stop_it_and_only_people_start_it() -> None:
    (verdict,) = next_response(
        customer("09:45", auto=True),
        customer("10:00", id="person"),
        agent("10:05", auto=True),
        event("10:10", "note", text="seen"),
        agent("10:15", to="vendor"),
        now="11:00",
    )
    assert (verdict.cycle, verdict.state) == ("person", "active")


def test_a_resolve_ends_it() -> None:
    (verdict,) = next_response(customer("10:00"), resolve("10:30"))
    assert (verdict.state, verdict.fulfilled_at, verdict.via) == ("met", at("10:30"), "resolve")


def test_no_reply_needed_cancels_it_with_its_reason() -> None:
    (verdict,) = next_response(
        customer("10:00", id="thanks"),
        event("10:30", "no-reply-needed", message="thanks", reason="a thank-you"),
    )
    assert (verdict.state, verdict.reason) == ("cancelled", "a thank-you")
    assert (verdict.ended_at, verdict.fulfilled_at, verdict.remaining_s) == (at("10:30"), None, None)


def test_dismissing_too_late_does_not_erase_the_breach() -> None:
    (verdict,) = next_response(
        customer("10:00", id="thanks"), event("17:00", "no-reply-needed", message="thanks")
    )
    assert (verdict.state, verdict.breached_at, verdict.is_running) == ("breached", at("15:30"), False)


def dismissed(when: str, message: str) -> Event:
    return event(when, "no-reply-needed", message=message, reason="a thank-you")


def test_only_the_message_that_is_named_needs_no_answer() -> None:
    # docs/sla.md, next_response: `no-reply-needed` cancels; what else is unanswered waits on
    asked = (customer("10:00", id="asked0"), customer("10:10", id="thanks"))
    for named in ("asked0", "thanks"):
        (verdict,) = next_response(*asked, dismissed("10:30", named), now="11:00")
        assert (verdict.cycle, verdict.start_at, verdict.state) == ("asked0", at("10:00"), "active")
    (verdict,) = next_response(*asked, dismissed("10:30", "thanks"), agent("10:40"), now="11:00")
    assert (verdict.state, verdict.fulfilled_at) == ("met", at("10:40"))


def test_when_the_last_unanswered_message_is_dismissed_the_cycle_is_cancelled() -> None:
    asked = (customer("10:00", id="asked0"), customer("10:10", id="thanks"))
    (verdict,) = next_response(*asked, dismissed("10:30", "thanks"), dismissed("10:40", "asked0"))
    assert (verdict.cycle, verdict.state, verdict.ended_at) == ("asked0", "cancelled", at("10:40"))


def test_what_is_written_after_a_cancelled_cycle_starts_another_one() -> None:
    again = (customer("10:00", id="thanks"), dismissed("10:30", "thanks"), customer("10:45", id="andnow"))
    found = next_response(*again, now="11:00")
    assert [(it.cycle, it.state) for it in found] == [("thanks", "cancelled"), ("andnow", "active")]


def test_dismissing_without_naming_a_message_dismisses_all() -> None:
    found = next_response(customer("10:00"), customer("10:10"), event("10:30", "no-reply-needed"))
    assert [it.state for it in found] == ["cancelled"]


def test_dismissing_what_was_answered_changes_nothing() -> None:
    found = next_response(
        customer("10:00", id="answer"),
        agent("10:05"),
        customer("10:20"),
        event("10:30", "no-reply-needed", message="answer"),
        now="11:00",
    )
    assert [it.state for it in found] == ["met", "active"]


def test_a_thank_you_recorded_as_such_at_once_starts_nothing() -> None:
    thanks = (customer("10:00", id="thanks"), event("10:00", "no-reply-needed", message="thanks"))
    assert next_response(*thanks) == []


def test_at_one_instant_it_stops_before_it_starts() -> None:
    # docs/sla.md S6: the answer given in that second cannot have answered the question asked in it
    found = next_response(agent("10:00", id="zzzz00"), customer("10:00", id="aaaa00"), now="11:00")
    assert [(it.cycle, it.state) for it in found] == [("aaaa00", "active")]


def test_a_message_on_a_resolved_ticket_starts_it_without_reopening() -> None:
    # docs/sla.md L8
    (verdict,) = next_response(resolve("10:00"), customer("11:00"), now="14:00")
    assert (verdict.state, verdict.start_at) == ("active", at("11:00"))


def test_closing_a_resolved_ticket_answers_nobody() -> None:
    # docs/sla.md, next_response: fulfilled by a resolve; what is resolved already is not resolved again
    asked = (resolve("10:00"), customer("11:00"), moved("14:00", "closed"))
    (open_,) = next_response(*asked, now="15:00")
    assert (open_.state, open_.start_at, open_.via) == ("active", at("11:00"), None)
    (late,) = next_response(*asked, now="2025-09-16T18:00")
    assert (late.state, late.fulfilled_at, late.is_running) == ("breached", None, True)


def test_closing_an_open_ticket_resolves_it() -> None:
    (verdict,) = next_response(customer("11:00"), moved("11:30", "closed", resolution={"code": "fixed"}))
    assert (verdict.state, verdict.via, verdict.fulfilled_at) == ("met", "resolve", at("11:30"))


def test_on_an_agents_own_ticket_it_starts_with_the_customers_first_message() -> None:
    # docs/sla.md L2
    proactive = ticket(
        opened("09:00", raised_by="agent", first_contact="proactive"), agent("09:00"), customer("10:00")
    )
    (verdict,) = cycles(proactive, "11:00", "next_response")
    assert (verdict.start_at, verdict.state) == (at("10:00"), "active")


def test_the_opening_words_of_a_call_answered_live_start_nothing() -> None:
    live = opened("09:00", first_contact="live")
    assert cycles(ticket(live, customer("09:00")), "18:00", "next_response") == []
    (verdict,) = cycles(ticket(live, customer("09:00"), customer("09:40")), "10:00", "next_response")
    assert verdict.start_at == at("09:40")


def test_where_a_source_kept_no_messages_it_is_not_judged_until_one_comes() -> None:
    imported = event("09:00", "imported", source="log", lacks=["messages"])
    (verdict,) = cycles(ticket(imported), "18:00", "next_response")
    assert (verdict.state, verdict.reason) == ("n/a", "not-recorded")
    (later,) = cycles(ticket(imported, customer("10:00")), "11:00", "next_response")
    assert (later.state, later.start_at) == ("active", at("10:00"))

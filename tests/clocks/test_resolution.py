"""The clock resolution (docs/sla.md, Clocks; L5, L8)."""

from __future__ import annotations

import pytest
from sla_desk import HOUR, agent, at, customer, judge, moved, opened, resolve, ticket, wait

from tkt.model import Event
from tkt.sla import Verdict


def resolution(*events: Event, now: str = "2025-09-16T18:00", **values: object) -> Verdict:
    return judge(ticket(*events, **values), now)["resolution"]


def pause(start: str, end: str) -> list[Event]:
    """Asked and waiting, then the file is moved back."""
    return [agent(start), wait(start), moved(end, "in-progress")]


# --- golden vectors


def test_v17_without_a_pause() -> None:
    assert resolution(priority="P1").due_at == at("14:30")


def test_v18_a_pause_of_an_hour() -> None:
    assert resolution(*pause("10:00", "11:00"), priority="P1").due_at == at("15:30")


def test_v19_a_pause_over_the_night() -> None:
    verdict = resolution(*pause("18:00", "2025-09-16T09:00"))
    assert (verdict.due_at, verdict.paused_s) == (at("2025-09-16T09:30"), 0)


def test_v20_a_pause_inside_the_lunch_break_changes_nothing() -> None:
    # docs/sla.md L5; the classic bug is to add a pause as wall time
    verdict = resolution(*pause("12:10", "13:20"), priority="P1")
    assert (verdict.due_at, verdict.paused_s) == (at("14:30"), 0)


def test_v21_a_pause_over_the_night_and_beyond() -> None:
    verdict = resolution(*pause("17:00", "2025-09-16T10:00"))
    assert (verdict.due_at, verdict.paused_s) == (at("2025-09-16T11:30"), 2 * HOUR)


def test_v22_two_pauses_of_seconds_are_both_taken_out() -> None:
    # classic bugs: only the last pause counts; seconds are lost to minutes
    pauses = [*pause("10:00:10", "10:00:20"), *pause("10:00:30", "10:00:50")]
    verdict = resolution(*pauses, priority="P1")
    assert (verdict.due_at, verdict.paused_s) == (at("14:30:30"), 30)


# --- starting, ending, resuming


def test_it_runs_from_received_until_the_ticket_is_resolved() -> None:
    verdict = resolution(moved("10:00", "in-progress"), resolve("15:00"))
    assert (verdict.state, verdict.fulfilled_at, verdict.elapsed_s) == ("met", at("15:00"), 4.5 * HOUR)
    assert verdict.via is None


def test_entering_closed_directly_resolves_it_and_closing_later_does_not_again() -> None:
    assert resolution(moved("15:00", "closed")).fulfilled_at == at("15:00")
    assert resolution(resolve("11:00"), moved("15:00", "closed")).fulfilled_at == at("11:00")


def test_opened_as_resolved_it_took_no_time() -> None:
    verdict = resolution(opened("09:00", status="resolved"))
    assert (verdict.state, verdict.elapsed_s) == ("met", 0)


def test_answers_do_not_stop_it() -> None:
    verdict = resolution(agent("09:10"), now="2025-09-16T09:31")
    assert (verdict.state, verdict.breached_at) == ("breached", at("2025-09-16T09:30"))


@pytest.mark.parametrize(
    ("resolved", "state"), [("2025-09-16T09:30:00", "met"), ("2025-09-16T09:30:01", "breached")]
)
def test_resolved_at_the_due_second_is_in_time(resolved: str, state: str) -> None:
    assert resolution(resolve(resolved)).state == state


def test_reopening_resumes_it_with_the_resolved_time_taken_out() -> None:
    # docs/sla.md L8; the classic bug is a fresh clock
    reopened = [resolve("11:00"), moved("16:00", "in-progress")]
    verdict = resolution(*reopened, now="17:00")
    assert (verdict.state, verdict.start_at, verdict.fulfilled_at) == ("active", at("09:00"), None)
    assert (verdict.elapsed_s, verdict.paused_s) == (3 * HOUR, 3.5 * HOUR)
    assert verdict.due_at == at("2025-09-16T14:30")


def test_the_final_verdict_falls_at_the_last_resolve() -> None:
    again = [resolve("11:00"), moved("16:00", "in-progress"), resolve("2025-09-16T15:00")]
    verdict = resolution(*again)
    assert (verdict.state, verdict.breached_at) == ("breached", at("2025-09-16T14:30"))
    assert verdict.fulfilled_at == at("2025-09-16T15:00")


def test_a_breach_before_the_first_resolve_stays_after_a_reopening() -> None:
    late = [resolve("2025-09-16T10:00"), moved("2025-09-16T11:00", "in-progress")]
    verdict = resolution(*late)
    assert (verdict.state, verdict.breached_at) == ("breached", at("2025-09-16T09:30"))


def test_reopening_a_ticket_on_time_does_not_breach_it_for_the_time_it_was_resolved() -> None:
    verdict = resolution(resolve("11:00"), moved("2025-09-30T09:00", "in-progress"), now="2025-09-30T10:00")
    assert (verdict.state, verdict.elapsed_s) == ("active", 3 * HOUR)


# --- pausing


def test_while_it_waits_it_is_paused_and_has_no_due_instant() -> None:
    verdict = resolution(agent("10:00"), wait("10:00"), now="2025-09-19T18:00")
    assert (verdict.state, verdict.due_at) == ("paused", None)
    assert (verdict.elapsed_s, verdict.remaining_s) == (HOUR, 7 * HOUR)


def test_a_due_instant_before_the_pause_stands() -> None:
    verdict = resolution(agent("2025-09-16T10:00"), wait("2025-09-16T10:00"), now="2025-09-19T18:00")
    assert (verdict.state, verdict.due_at) == ("breached", at("2025-09-16T09:30"))


def test_a_pause_that_begins_at_the_due_second_leaves_it_due() -> None:
    verdict = resolution(agent("2025-09-16T09:30"), wait("2025-09-16T09:30"), now="2025-09-19T18:00")
    assert verdict.due_at == at("2025-09-16T09:30")


def test_the_customers_answer_resumes_it_while_the_file_still_lies_in_waiting() -> None:
    # docs/sla.md L3
    verdict = resolution(agent("10:00"), wait("10:00"), customer("11:00"), now="15:00")
    assert (verdict.state, verdict.elapsed_s, verdict.paused_s) == ("active", 3.5 * HOUR, HOUR)


def test_resolved_while_waiting_ends_it_there() -> None:
    verdict = resolution(agent("10:00"), wait("10:00"), resolve("2025-09-17T10:00"), now="2025-09-18T09:00")
    assert (verdict.state, verdict.elapsed_s) == ("met", HOUR)

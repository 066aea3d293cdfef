"""The clock first_response (docs/sla.md, Clocks; L1, L2)."""

from __future__ import annotations

import pytest
from sla_desk import agent, at, customer, event, judge, moved, opened, resolve, ticket, wait

from tkt.sla import Verdict


def first_response(verdicts: dict[str, Verdict]) -> Verdict:
    return verdicts["first_response"]


def test_it_runs_from_received_until_a_person_answers() -> None:
    asked = ticket(opened("09:00", id="open01"), customer("09:00"), agent("10:30"))
    verdict = first_response(judge(asked, "18:00"))
    assert (verdict.state, verdict.cycle) == ("met", "open01")
    assert (verdict.start_at, verdict.fulfilled_at, verdict.due_at) == (at("09:00"), at("10:30"), at("11:00"))
    assert (verdict.target_s, verdict.elapsed_s, verdict.paused_s) == (7200, 5400, 0)
    assert (verdict.via, verdict.remaining_s, verdict.calendar) == (None, None, "office")


def test_until_then_it_is_active_and_tells_what_is_left() -> None:
    verdict = first_response(judge(ticket(customer("09:00")), "10:15"))
    assert (verdict.state, verdict.elapsed_s, verdict.remaining_s) == ("active", 4500, 2700)
    assert verdict.fulfilled_at is None


@pytest.mark.parametrize(("now", "state"), [("11:00", "active"), ("11:00:01", "breached")])
def test_it_is_breached_when_now_is_later_than_due(now: str, state: str) -> None:
    assert first_response(judge(ticket(), now)).state == state


def test_a_breached_cycle_stays_open_and_counts_on() -> None:
    verdict = first_response(judge(ticket(), "15:00"))
    assert (verdict.breached_at, verdict.ended_at) == (at("11:00"), None)
    assert (verdict.remaining_s, verdict.is_running) == (-2.5 * 3600, True)


@pytest.mark.parametrize(("answered", "state"), [("11:00:00", "met"), ("11:00:01", "breached")])
def test_met_means_fulfilled_at_or_before_due_in_whole_seconds(answered: str, state: str) -> None:
    # docs/sla.md C4, S2; a classic bug is to round to minutes
    assert first_response(judge(ticket(agent(answered)), "18:00")).state == state


def test_answered_after_hours_is_late_although_no_more_open_time_passed() -> None:
    # V26: V4's ticket answered on Friday at 20:00; instants are compared, not elapsed seconds (C4)
    asked = ticket(agent("2025-09-19T20:00"), received="2025-09-19T17:45", priority="P1")
    verdict = first_response(judge(asked, "2025-09-22T09:00"))
    assert (verdict.state, verdict.breached_at) == ("breached", at("2025-09-19T18:00"))
    assert (verdict.elapsed_s, verdict.target_s) == (900, 900)


@pytest.mark.parametrize(
    "noise",
    [
        agent("09:05", auto=True),
        event("09:05", "message", role="system", text="Your number is …"),
        event("09:05", "note", text="seen"),
        agent("09:05", to="vendor"),
        agent("09:05", to="colleague"),
        moved("09:05", "in-progress"),
        event("09:05", "set", field="owner", to="li.wei"),
        event("09:05", "handed-over", to="tech"),
        event("09:05", "merged", absorbed="250914-AAAAA", **{"from": "250914-AAAAA"}),
        customer("09:05"),
        customer("09:05", auto=True),
    ],
    ids=lambda it: f"{it.did}-{it.role}{'-auto' if it.auto else ''}-{it.get('to')}",
)
def test_what_is_not_an_answer_does_not_stop_it(noise: object) -> None:
    # docs/sla.md L1; a classic bug is to count the automatic receipt
    verdict = first_response(judge(ticket(customer("09:00"), noise), "10:00"))
    assert verdict.state == "active"


def test_the_earliest_answer_counts_wherever_it_stands_in_the_file() -> None:
    # docs/sla.md S3: events drive clocks in order of (at, id); a classic bug is the order of the file
    asked = ticket(agent("15:00"), opened("09:00"), agent("10:00"), customer("09:00"))
    assert first_response(judge(asked, "18:00")).fulfilled_at == at("10:00")


def test_a_resolve_without_an_answer_fulfils_it_and_says_so() -> None:
    verdict = first_response(judge(ticket(resolve("10:00")), "18:00"))
    assert (verdict.state, verdict.fulfilled_at, verdict.via) == ("met", at("10:00"), "resolve")


def test_closing_at_once_fulfils_it_too() -> None:
    verdict = first_response(judge(ticket(moved("10:00", "closed")), "18:00"))
    assert (verdict.state, verdict.via) == ("met", "resolve")


def test_an_answer_with_the_resolve_counts_as_an_answer() -> None:
    verdict = first_response(
        judge(ticket(resolve("10:00", id="aaaa00"), agent("10:00", id="aaaa01")), "18:00")
    )
    assert (verdict.fulfilled_at, verdict.via) == (at("10:00"), None)


def test_resolving_late_does_not_erase_the_missed_deadline() -> None:
    # a classic bug: closing erases a breach
    done = ticket(moved("14:00", "closed"))
    verdict = first_response(judge(done, "2025-12-01T09:00"))
    assert (verdict.state, verdict.breached_at, verdict.fulfilled_at) == (
        "breached",
        at("11:00"),
        at("14:00"),
    )


def test_waiting_never_pauses_it() -> None:
    asked = ticket(customer("09:00"), wait("09:10"))
    assert first_response(judge(asked, "12:00")).state == "breached"


@pytest.mark.parametrize("raised_by", ["customer", "agent"])
def test_a_call_recorded_live_was_answered_when_it_was_received(raised_by: str) -> None:
    # docs/sla.md L2
    call = ticket(opened("09:00", first_contact="live", raised_by=raised_by), customer("09:00"))
    verdict = first_response(judge(call, "18:00"))
    assert (verdict.state, verdict.via) == ("met", "live")
    assert (verdict.fulfilled_at, verdict.elapsed_s) == (at("09:00"), 0)


@pytest.mark.parametrize("how", [{"raised_by": "agent"}, {"first_contact": "proactive"}])
def test_an_agents_own_ticket_owes_nobody_a_first_response(how: dict[str, str]) -> None:
    # docs/sla.md L2; a classic bug is to breach it
    verdict = first_response(judge(ticket(opened("09:00", **how)), "2025-09-19T18:00"))
    assert (verdict.state, verdict.reason, verdict.due_at) == ("n/a", "agent-raised", None)
    assert (verdict.elapsed_s, verdict.remaining_s, verdict.is_running) == (None, None, False)


def test_a_ticket_whose_source_kept_no_messages_is_not_judged() -> None:
    imported = ticket(event("09:00", "imported", source="log", lacks=["messages"]), resolve("17:00"))
    verdict = first_response(judge(imported, "18:00"))
    assert (verdict.state, verdict.reason) == ("n/a", "not-recorded")


def test_reassigning_and_escalating_have_no_effect() -> None:
    # docs/sla.md L7
    plain = ticket(agent("10:00"))
    busy = ticket(
        event("09:10", "set", field="owner", to="wang.fang"),
        event("09:20", "set", field="team", to="tech"),
        event("09:30", "escalated", clock="first_response", cycle="x", rung="due", to="lead"),
        agent("10:00"),
    )
    keys = ("state", "due_at", "fulfilled_at", "elapsed_s", "paused_s")
    before, after = (first_response(judge(it, "18:00")) for it in (plain, busy))
    assert [getattr(before, key) for key in keys] == [getattr(after, key) for key in keys]


def test_a_corrected_answer_was_none() -> None:
    # docs/file-format.md: `corrected` takes back an earlier event's effect
    asked = ticket(
        agent("10:00", id="answer"), event("10:30", "corrected", event="answer", reason="wrong ticket")
    )
    verdict = first_response(judge(asked, "12:00"))
    assert (verdict.state, verdict.fulfilled_at) == ("breached", None)

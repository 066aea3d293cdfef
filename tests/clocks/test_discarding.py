"""Tickets that leave the clocks: spam, test, duplicate, merged (docs/sla.md L9, L11)."""

from __future__ import annotations

import pytest
from sla_desk import agent, at, customer, event, judge, moved, ticket

from tkt.model import Event


def closed_as(when: str, code: str) -> Event:
    return moved(when, "closed", resolution={"code": code})


def states(*events: Event, now: str = "2025-09-17T18:00") -> dict[str, tuple[str, str | None]]:
    verdicts = judge(ticket(customer("09:00"), *events), now)
    return {clock: (it.state, it.reason) for clock, it in verdicts.items()}


@pytest.mark.parametrize("code", ["spam", "test", "duplicate"])
def test_all_clocks_of_a_discarded_ticket_are_cancelled_even_late_ones(code: str) -> None:
    found = states(closed_as("2025-09-17T10:00", code))
    assert found == {"first_response": ("cancelled", code), "resolution": ("cancelled", code)}


def test_disposed_of_and_restored_it_is_judged_again() -> None:
    disposed = [event("10:00", "disposed", **{"as": "spam"}), closed_as("10:00", "spam")]
    assert states(*disposed)["first_response"] == ("cancelled", "spam")
    restored = [event("10:30", "restored"), moved("10:30", "new")]
    assert states(*disposed, *restored, now="10:45")["first_response"] == ("active", None)


def test_closing_as_spam_was_no_answer_once_it_is_restored() -> None:
    events = [closed_as("10:00", "spam"), event("10:30", "restored"), moved("10:30", "new"), agent("10:45")]
    assert judge(ticket(*events), "18:00")["first_response"].fulfilled_at == at("10:45")


def test_a_merge_cancels_what_still_runs_and_keeps_what_was_decided() -> None:
    merged = [event("14:00", "merged", into="250914-AAAAA", id="merge0"), closed_as("14:00", "merged")]
    found = judge(ticket(customer("09:00"), *merged), "18:00")
    assert (found["resolution"].state, found["resolution"].reason) == ("cancelled", "merged")
    assert found["resolution"].ended_at == at("14:00")
    assert (found["first_response"].state, found["first_response"].breached_at) == ("breached", at("11:00"))
    answered = judge(ticket(customer("09:00"), agent("09:30"), *merged), "18:00")
    assert answered["first_response"].state == "met"


def test_answered_in_the_second_of_the_merge_it_was_answered() -> None:
    merged = [agent("10:00"), event("10:00", "merged", into="250914-AAAAA"), closed_as("10:00", "merged")]
    assert states(*merged)["first_response"] == ("met", None)


def test_what_comes_after_a_merge_starts_nothing() -> None:
    merged = [agent("09:30"), event("10:00", "merged", into="250914-AAAAA"), closed_as("10:00", "merged")]
    assert "next_response" not in states(*merged, customer("11:00"))


def test_the_survivor_of_a_merge_goes_on() -> None:
    survivor = event("10:00", "merged", absorbed="250914-AAAAA", **{"from": "250914-AAAAA"})
    assert states(survivor, now="10:30")["resolution"] == ("active", None)

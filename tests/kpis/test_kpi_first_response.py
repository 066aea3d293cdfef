"""docs/kpi.md K1: first_response cycles fulfilled in the window."""

from __future__ import annotations

from typing import Any

from kpi_desk import DAY, HOUR, MINUTE, population, ticket, verdict

from tkt.kpis.figures import Kpi
from tkt.kpis.first_response import first_response

RECEIVED = "2026-10-05T09:00"


def measured(*found: dict[str, Any], now: str = "2026-11-02T10:00") -> Kpi:
    """Over one ticket a verdict, in the week of 2026-10-05."""
    tickets = [ticket(f"T{place}", RECEIVED) for place in range(len(found))]
    verdicts = {
        f"T{place}": [verdict("first_response", **{"state": "met", "start_at": RECEIVED, **each})]
        for place, each in enumerate(found)
    }
    return first_response(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00", now, verdicts))


def test_open_time_and_wall_time_are_told_apart() -> None:
    # received Monday 09:00, answered Tuesday 09:30 after 8 h of open time
    kpi = measured({"fulfilled_at": "2026-10-06T09:30", "elapsed_s": 8 * HOUR})
    assert kpi.value("median_s") == 8 * HOUR
    assert kpi.value("wall_median_s") == DAY + 30 * MINUTE


def test_zeros_are_kept() -> None:
    # the second was answered in the night: no open time passed
    kpi = measured(
        {"fulfilled_at": "2026-10-05T10:00", "elapsed_s": HOUR},
        {"fulfilled_at": "2026-10-05T09:00", "elapsed_s": 0},
    )
    assert (kpi.value("n"), kpi.value("median_s"), kpi.value("mean_s")) == (2, 30 * MINUTE, 30 * MINUTE)


def test_live_and_resolved_without_an_answer_stand_apart() -> None:
    kpi = measured(
        {"fulfilled_at": "2026-10-05T10:00", "elapsed_s": HOUR},
        {"fulfilled_at": "2026-10-05T09:00", "elapsed_s": 0, "via": "live"},
        {"fulfilled_at": "2026-10-05T13:00", "elapsed_s": 4 * HOUR, "via": "resolve"},
    )
    assert (kpi.value("n"), kpi.value("live"), kpi.value("via_resolve")) == (3, 1, 1)
    assert (kpi.value("message_n"), kpi.value("message_median_s")) == (1, HOUR)
    assert kpi.ids()["live"] == ["T1"]


def test_the_window_is_that_of_the_answer() -> None:
    kpi = measured(
        {"fulfilled_at": "2026-10-04T23:59:59", "elapsed_s": 1, "start_at": "2026-10-04T23:00"},
        {"fulfilled_at": "2026-10-05T00:00", "elapsed_s": 2, "start_at": "2026-10-04T23:00"},
        {"fulfilled_at": "2026-10-12T00:00", "elapsed_s": 3},
    )
    assert kpi.ids()["n"] == ["T1"]


def test_a_late_answer_counts_as_an_answer() -> None:
    kpi = measured({"state": "breached", "fulfilled_at": "2026-10-06T09:00", "elapsed_s": 9 * HOUR})
    assert kpi.value("n") == 1


def test_cancelled_and_never_recorded_cycles_count_for_nothing() -> None:
    kpi = measured({"state": "cancelled"}, {"state": "n/a", "reason": "not-recorded"})
    assert (kpi.value("n"), kpi.value("median_s"), kpi.value("unanswered")) == (0, None, 0)


def test_who_was_still_waiting_at_the_end_is_counted_with_the_oldest() -> None:
    kpi = measured(
        {"state": "active"},
        {"state": "met", "fulfilled_at": "2026-10-13T09:00", "elapsed_s": HOUR},  # answered after the window
        {"state": "met", "fulfilled_at": "2026-10-06T09:00", "elapsed_s": HOUR},
        {"state": "active", "start_at": "2026-10-12T09:00"},  # came after the window
    )
    assert kpi.ids()["unanswered"] == ["T0", "T1"]
    assert kpi.value("unanswered_oldest_s") == 6 * DAY + 15 * HOUR


def test_in_a_window_that_is_not_over_ages_are_those_of_now() -> None:
    kpi = measured({"state": "active"}, now="2026-10-05T12:00")
    assert kpi.value("unanswered_oldest_s") == 3 * HOUR


def test_a_ticket_without_a_policy_has_its_wall_time_and_no_open_time() -> None:
    kpi = measured(
        {"state": "n/a", "reason": "uncovered", "policy": None, "fulfilled_at": "2026-10-05T10:00"},
        {"state": "n/a", "reason": "uncovered", "policy": None},
        {"state": "n/a", "reason": "agent-raised"},
    )
    assert (kpi.value("n"), kpi.value("wall_n"), kpi.value("wall_median_s")) == (0, 1, HOUR)
    assert kpi.ids()["unanswered"] == ["T1"]

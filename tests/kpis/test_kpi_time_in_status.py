"""docs/kpi.md K10: total, share, visits, median per visit, over tickets resolved in the window."""

from __future__ import annotations

from kpi_desk import HOUR, asked, moved, population, said, ticket

from tkt.kpis.figures import Kpi
from tkt.kpis.time_in_status import time_in_status
from tkt.model import Ticket


def measured(*tickets: Ticket) -> Kpi:
    return time_in_status(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00"))


BACK_AND_FORTH = ticket(
    "T1", "2026-10-05T09:00",
    moved("2026-10-05T10:00", "in-progress"),  # new 1 h
    said("2026-10-05T11:00"), asked("2026-10-05T11:00"),  # in-progress 1 h
    moved("2026-10-05T15:00", "in-progress"),  # waiting 4 h, on the customer
    moved("2026-10-05T17:00", "resolved"),  # in-progress 2 h
    moved("2026-10-09T17:00", "closed"),
)  # fmt: skip


def test_every_status_has_its_total_share_and_visits() -> None:
    found = measured(BACK_AND_FORTH).json()
    assert found["in-progress"] == {
        "visits": 2, "total_s": 3 * HOUR, "share": 3 / 8, "median_s": 1.5 * HOUR, "p90_s": None, "wait_s": 3 * HOUR,
    }  # fmt: skip
    assert found["waiting"]["total_s"] == 4 * HOUR
    assert found["new"]["visits"] == 1


def test_the_life_ends_with_the_last_resolve_of_the_window() -> None:
    found = measured(BACK_AND_FORTH).json()
    assert "resolved" not in found
    assert "closed" not in found
    assert sum(found[status]["total_s"] for status in ("new", "in-progress", "waiting")) == 8 * HOUR


def test_the_bottleneck_is_where_requesters_waited_most_not_where_time_went() -> None:
    kpi = measured(BACK_AND_FORTH)
    assert (kpi.value("bottleneck"), kpi.value("bottleneck_share")) == ("in-progress", 0.75)


def test_the_time_between_a_resolve_and_a_reopen_is_shown_as_resolved() -> None:
    kpi = measured(
        ticket(
            "T1", "2026-10-05T09:00",
            moved("2026-10-05T10:00", "resolved"), moved("2026-10-05T12:00", "in-progress"), moved("2026-10-05T13:00", "resolved"),
        )
    )  # fmt: skip
    assert (kpi.value("resolved", "total_s"), kpi.value("resolved", "wait_s")) == (2 * HOUR, 0)


def test_statuses_passed_within_a_second_are_visits_of_no_length() -> None:
    kpi = measured(
        ticket(
            "T1",
            "2026-10-05T09:00",
            moved("2026-10-05T09:00", "in-progress"),
            moved("2026-10-05T09:00", "resolved"),
        )
    )
    assert (kpi.value("in-progress", "visits"), kpi.value("in-progress", "total_s")) == (1, 0)
    assert kpi.value("bottleneck") is None


def test_nothing_resolved_is_no_bottleneck() -> None:
    kpi = measured(ticket("T1", "2026-10-05T09:00"))
    assert kpi.json() == {"n": 0, "bottleneck": None, "bottleneck_share": None}

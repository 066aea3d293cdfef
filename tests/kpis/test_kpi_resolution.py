"""docs/kpi.md K2: first and full resolution of the tickets resolved in the window, requester's wait and work."""

from __future__ import annotations

from kpi_desk import DAY, HOUR, asked, moved, population, said, ticket

from tkt.kpis.figures import Kpi
from tkt.kpis.resolution import resolution
from tkt.model import Ticket


def measured(*tickets: Ticket) -> Kpi:
    return resolution(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00"))


def test_it_runs_from_the_start_to_the_last_resolve_of_the_window() -> None:
    kpi = measured(
        ticket(
            "T1", "2026-10-05T09:00",
            moved("2026-10-05T11:00", "resolved"),
            moved("2026-10-06T09:00", "in-progress"),
            moved("2026-10-06T10:00", "resolved"),
            moved("2026-10-13T09:00", "in-progress"),
            moved("2026-10-13T10:00", "resolved"),  # after the window
        )
    )  # fmt: skip
    assert kpi.value("median_s") == DAY + HOUR
    assert kpi.value("first_median_s") == 2 * HOUR
    assert kpi.value("wait_median_s") == 3 * HOUR


def test_the_first_resolve_may_lie_before_the_window() -> None:
    kpi = measured(
        ticket(
            "T1", "2026-10-01T09:00",
            moved("2026-10-01T10:00", "resolved"),
            moved("2026-10-05T09:00", "in-progress"),
            moved("2026-10-05T10:00", "resolved"),
        )
    )  # fmt: skip
    assert (kpi.value("median_s"), kpi.value("first_median_s")) == (4 * DAY + HOUR, HOUR)


def test_closing_what_was_resolved_before_the_window_is_not_counted() -> None:
    kpi = measured(
        ticket(
            "T1",
            "2026-10-01T09:00",
            moved("2026-10-01T10:00", "resolved"),
            moved("2026-10-08T10:00", "closed"),
        )
    )
    assert (kpi.value("n"), kpi.value("median_s")) == (0, None)


def test_closing_without_resolving_first_is_a_resolve() -> None:
    assert (
        measured(ticket("T1", "2026-10-05T09:00", moved("2026-10-05T10:00", "closed"))).value("median_s")
        == HOUR
    )


def test_waiting_counts_for_whom_it_was() -> None:
    kpi = measured(
        ticket(
            "T1", "2026-10-05T09:00",
            said("2026-10-05T10:00"), asked("2026-10-05T10:00"),
            moved("2026-10-05T14:00", "waiting", waiting={"on": "vendor"}),
            moved("2026-10-05T16:00", "resolved"),
        )
    )  # fmt: skip
    assert (kpi.value("median_s"), kpi.value("wait_median_s"), kpi.value("work_median_s")) == (
        7 * HOUR,
        3 * HOUR,
        HOUR,
    )

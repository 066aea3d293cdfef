"""docs/kpi.md K8: first resolved in the window and reopened within W, over those with W passed."""

from __future__ import annotations

from kpi_desk import moved, population, ticket

from tkt.kpis.figures import Kpi
from tkt.kpis.reopen import reopen
from tkt.model import Ticket


def measured(*tickets: Ticket, now: str = "2026-11-02T10:00") -> Kpi:
    """In the week of 2026-10-05; W is 14 days."""
    return reopen(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00", now))


def resolved(name: str, when: str, *reopened: str, received: str = "2026-10-01T09:00") -> Ticket:
    moves = [moved(when, "resolved")]
    for each in reopened:
        moves += [moved(each, "in-progress"), moved(each.replace("T09", "T10"), "resolved")]
    return ticket(name, received, *moves)


def test_the_rate_is_reopened_over_first_resolved() -> None:
    kpi = measured(resolved("T1", "2026-10-06T09:00"), resolved("T2", "2026-10-06T09:00", "2026-10-08T09:00"))
    assert (kpi.value("resolved"), kpi.value("reopened"), kpi.value("rate")) == (2, 1, 0.5)
    assert kpi.ids()["reopened"] == ["T2"]


def test_a_reopen_after_the_window_counts_when_it_is_within_14_days() -> None:
    assert measured(resolved("T1", "2026-10-06T09:00", "2026-10-20T09:00")).value("reopened") == 1


def test_a_reopen_after_more_than_14_days_does_not_count() -> None:
    kpi = measured(resolved("T1", "2026-10-06T09:00", "2026-10-21T09:00"))
    assert (kpi.value("resolved"), kpi.value("reopened")) == (1, 0)


def test_a_ticket_whose_14_days_have_not_passed_is_immature_even_if_it_came_back() -> None:
    kpi = measured(
        resolved("T1", "2026-10-06T09:00", "2026-10-08T09:00"),
        resolved("T2", "2026-10-07T09:00"),
        now="2026-10-20T09:00",
    )
    assert (kpi.value("resolved"), kpi.value("immature"), kpi.value("rate")) == (1, 1, 1.0)
    assert kpi.ids()["immature"] == ["T2"]


def test_only_the_first_resolve_makes_a_ticket_one_of_the_window() -> None:
    # first resolved a week earlier; its second resolve and the reopen between them lie in the window
    kpi = measured(resolved("T1", "2026-10-02T09:00", "2026-10-06T09:00"))
    assert (kpi.value("resolved"), kpi.value("rate"), kpi.value("reopens")) == (0, None, 1)


def test_every_reopen_of_the_window_is_counted() -> None:
    kpi = measured(
        resolved("T1", "2026-10-05T09:00", "2026-10-06T09:00", "2026-10-07T09:00", "2026-10-13T09:00")
    )
    assert (kpi.value("reopens"), kpi.value("reopened")) == (2, 1)

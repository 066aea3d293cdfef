"""docs/kpi.md K5: the backlog at an instant, replayed from events."""

from __future__ import annotations

import pytest
from kpi_desk import event, given, moved, population, ticket

from tkt.kpis.backlog import backlog
from tkt.kpis.figures import Kpi
from tkt.model import Ticket


def measured(*tickets: Ticket, now: str = "2026-11-02T10:00") -> Kpi:
    return backlog(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00", now))


def flow(kpi: Kpi) -> tuple[object, ...]:
    return tuple(kpi.value(key) for key in ("at_from", "created", "finished", "reopened", "at_to"))


def test_the_past_is_replayed_whatever_the_ticket_is_today() -> None:
    closed_since = ticket("T1", "2026-10-01T09:00", moved("2026-10-20T09:00", "closed"))
    assert flow(measured(closed_since)) == (1, 0, 0, 0, 1)


def test_what_changed_the_backlog_adds_up() -> None:
    kpi = measured(
        ticket("T1", "2026-10-01T09:00", moved("2026-10-06T09:00", "resolved")),
        ticket("T2", "2026-10-05T09:00"),
        ticket(
            "T3",
            "2026-10-01T09:00",
            moved("2026-10-02T09:00", "closed"),
            moved("2026-10-07T09:00", "in-progress"),
        ),
        ticket("T4", "2026-10-05T09:00", status="resolved"),
    )
    assert flow(kpi) == (1, 2, 2, 1, 2)
    assert kpi.ids()["at_to"] == ["T2", "T3"]


def test_what_happens_at_midnight_belongs_to_the_window_that_starts_there() -> None:
    assert flow(measured(ticket("T1", "2026-10-05T00:00"))) == (0, 1, 0, 0, 1)
    assert flow(measured(ticket("T1", "2026-10-12T00:00"))) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("received", "bucket"),
    [
        ("2026-10-11T00:00:01", "0-1d"),
        ("2026-10-11T00:00", "1-3d"),
        ("2026-10-09T00:00", "3-7d"),
        ("2026-10-05T00:00", "7-14d"),
        ("2026-09-28T00:00", "14-30d"),
        ("2026-09-12T00:00", "30d+"),
    ],
)
def test_ages_are_put_into_buckets_at_the_end(received: str, bucket: str) -> None:
    assert measured(ticket("T1", received)).json()["ageing"][bucket] == 1


def test_owner_priority_and_status_are_those_of_the_end() -> None:
    it = ticket(
        "T1", "2026-10-05T09:00",
        given("2026-10-05T10:00", "li.wei"), given("2026-10-13T10:00", "wang.fang", "li.wei"),
        event("2026-10-14T10:00", "set", field="priority", **{"from": "P3", "to": "P1"}),
        moved("2026-10-05T10:00", "in-progress"), moved("2026-10-13T10:00", "waiting"),
        owner="wang.fang", priority="P1",
    )  # fmt: skip
    found = measured(it, ticket("T2", "2026-10-06T09:00")).json()
    assert found["by_owner"] == {"li.wei": 1, "none": 1}
    assert found["by_priority"] == {"P3": 1, "none": 1}
    assert found["by_status"] == {"in-progress": 1, "new": 1}


def test_what_happens_in_this_second_is_seen_in_a_window_that_is_not_over() -> None:
    kpi = measured(ticket("T1", "2026-10-06T09:00"), now="2026-10-06T09:00")
    assert flow(kpi) == (0, 1, 0, 0, 1)


def test_a_window_that_is_not_over_ends_now() -> None:
    kpi = measured(ticket("T1", "2026-10-05T09:00"), now="2026-10-06T09:00")
    assert (kpi.value("at_to"), kpi.value("ageing", "1-3d")) == (1, 1)

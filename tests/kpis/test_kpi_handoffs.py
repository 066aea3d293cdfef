"""docs/kpi.md K16: owner changes after the first assignment, teams visited, people who wrote."""

from __future__ import annotations

from kpi_desk import at, event, given, heard, life, moved, population, said, ticket

from tkt.kpis.handoffs import handoffs
from tkt.model import Event

END = at("2026-10-09T17:00")


def changes(*events: Event, **values: str) -> int:
    return life(ticket("T1", "2026-10-05T09:00", *events, **values)).owner_changes(END)


def test_the_first_assignment_is_no_hand_off() -> None:
    assert changes(given("2026-10-05T10:00", "li.wei"), owner="li.wei") == 0


def test_each_later_owner_is_one() -> None:
    assert (
        changes(
            given("2026-10-05T10:00", "li.wei"),
            given("2026-10-05T11:00", "wang.fang", "li.wei"),
            given("2026-10-05T12:00", "li.wei", "wang.fang"),
        )
        == 2
    )


def test_an_owner_from_the_opening_is_the_first_assignment() -> None:
    assert changes(given("2026-10-05T11:00", "wang.fang", "li.wei"), owner="wang.fang") == 1
    assert changes(owner="li.wei") == 0


def test_given_back_and_taken_again_is_none() -> None:
    assert (
        changes(
            given("2026-10-05T10:00", "li.wei"),
            given("2026-10-05T11:00", None, "li.wei"),
            given("2026-10-05T12:00", "li.wei"),
        )
        == 0
    )


def test_what_comes_after_the_resolve_is_not_counted() -> None:
    assert changes(given("2026-10-05T10:00", "li.wei"), given("2026-10-10T10:00", "wang.fang", "li.wei")) == 0


def test_teams_are_counted_once_each() -> None:
    def to(when: str, team: str, before: str) -> Event:
        return event(when, "set", field="team", **{"from": before, "to": team})

    it = ticket(
        "T1",
        "2026-10-05T09:00",
        to("2026-10-05T10:00", "tech", "support"),
        to("2026-10-05T11:00", "support", "tech"),
    )
    assert life(it).teams_visited(END) == 2
    assert life(ticket("T2", "2026-10-05T09:00", team="tech")).teams_visited(END) == 1
    assert life(ticket("T3", "2026-10-05T09:00")).teams_visited(END) == 0


def test_people_of_the_desk_who_wrote_are_counted_machines_and_customers_are_not() -> None:
    it = ticket(
        "T1", "2026-10-05T09:00",
        heard("2026-10-05T09:00"), said("2026-10-05T10:00"), said("2026-10-05T11:00"),
        event("2026-10-05T11:30", "note", by="wang.fang"),
        event("2026-10-05T12:00", "message", by="rule:ack", role="system", auto=True),
    )  # fmt: skip
    assert life(it).writers(END) == 2


def test_only_tickets_resolved_in_the_window_are_looked_at() -> None:
    tickets = [
        ticket(
            "T1",
            "2026-10-05T09:00",
            given("2026-10-05T10:00", "li.wei"),
            moved("2026-10-05T12:00", "resolved"),
        ),
        ticket("T2", "2026-10-05T09:00", given("2026-10-05T10:00", "li.wei")),
    ]
    kpi = handoffs(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00"))
    assert (kpi.value("owner_changes", "n"), kpi.value("owner_changes", "mean")) == (1, 0)

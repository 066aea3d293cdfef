"""docs/kpi.md K9: the same matter again, by customer and by problem."""

from __future__ import annotations

from typing import Any

import pytest
from kpi_desk import event, moved, population, ticket

from tkt.kpis.figures import Kpi
from tkt.kpis.repeats import repeats
from tkt.model import Ticket

SAME = {"customer": "acme", "category": "fault"}


def measured(*tickets: Ticket) -> Kpi:
    return repeats(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00"))


def earlier(**values: Any) -> Ticket:
    return ticket("T1", "2026-09-01T09:00", moved("2026-09-07T09:00", "resolved"), **{**SAME, **values})


@pytest.mark.parametrize(
    ("again", "is_repeat"),
    [
        (SAME, True),
        ({**SAME, "customer": "Acme"}, True),
        ({**SAME, "customer": "globex"}, False),
        ({**SAME, "category": "other"}, False),
        ({"customer": "acme"}, False),
    ],
)
def test_the_same_customer_and_category_within_thirty_days_of_a_resolve(again: Any, is_repeat: bool) -> None:
    kpi = measured(earlier(), ticket("T2", "2026-10-07T09:00", **again))
    assert (kpi.value("n"), kpi.value("by_customer")) == (1, int(is_repeat))


def test_thirty_days_are_counted_from_the_resolve_and_an_open_ticket_is_not_repeated() -> None:
    assert measured(earlier(), ticket("T2", "2026-10-07T09:00:01", **SAME)).value("by_customer") == 0
    still_open = ticket("T1", "2026-10-06T09:00", **SAME)
    assert measured(still_open, ticket("T2", "2026-10-07T09:00", **SAME)).value("by_customer") == 0
    itself = ticket(
        "T1", "2026-10-06T09:00", moved("2026-10-06T09:00", "resolved"), moved("2026-10-06T10:00", "new"), **SAME
    )  # fmt: skip
    assert measured(itself).value("by_customer") == 0


def test_a_contact_without_a_customer_is_known_by_its_addresses() -> None:
    who = {"category": "fault", "contact": {"name": "Zhang", "mail": "zhang@acme.example"}}
    first = ticket("T1", "2026-09-20T09:00", moved("2026-09-21T09:00", "resolved"), **who)
    assert measured(first, ticket("T2", "2026-10-07T09:00", **who)).ids()["by_customer"] == ["T2"]


def test_what_was_marked_counts_whoever_asks_until_the_link_is_taken_away() -> None:
    link = {"relation": "repeat_of", "to": "T0"}
    marked = ticket("T2", "2026-10-07T09:00", event("2026-10-07T09:10", "linked", **link))
    assert measured(marked).value("by_customer_rate") == 1
    gone = event("2026-10-07T09:20", "unlinked", **link)
    undone = ticket("T2", "2026-10-07T09:00", event("2026-10-07T09:10", "linked", **link), gone)
    assert measured(undone).value("by_customer") == 0


def test_tickets_of_a_known_root_cause_are_counted_apart() -> None:
    known = event("2026-10-07T09:10", "linked", relation="caused_by", to="T0")
    kpi = measured(ticket("T2", "2026-10-07T09:00", known), ticket("T3", "2026-10-07T09:00"))
    assert (kpi.value("by_problem"), kpi.value("by_problem_rate"), kpi.value("by_customer")) == (1, 0.5, 0)

"""docs/kpi.md K0 and docs/sla.md L11: spam, test and duplicate tickets are out of every KPI, on a line of their own."""

from __future__ import annotations

from kpi_desk import at, event, life, moved, population, ticket

from tkt.kpis import KPIS
from tkt.kpis.volume import volume
from tkt.model import Ticket

SPAM = event("2026-10-06T09:00", "disposed", **{"as": "spam"})


def created(*tickets: Ticket, **more: bool) -> dict[str, object]:
    return volume(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00", **more)).json()


def test_spam_is_left_out_and_counted_apart() -> None:
    found = created(ticket("T1", "2026-10-05T09:00"), ticket("T2", "2026-10-05T09:00", SPAM))
    assert (found["created"], found["excluded"], found["excluded_as"]) == (1, 1, {"spam": 1})


def test_what_was_restored_counts_again() -> None:
    back = ticket("T1", "2026-10-05T09:00", SPAM, event("2026-10-06T10:00", "restored"))
    assert life(back).uncounted_as is None


def test_a_ticket_closed_with_an_uncounted_code_is_left_out() -> None:
    merged = ticket(
        "T1", "2026-10-05T09:00", moved("2026-10-06T09:00", "closed", resolution={"code": "merged"})
    )
    assert life(merged).uncounted_as == "merged"
    fixed = ticket(
        "T2", "2026-10-05T09:00", moved("2026-10-06T09:00", "closed", resolution={"code": "fixed"})
    )
    assert life(fixed).uncounted_as is None


def test_requests_of_the_house_stay_out_of_the_customers_numbers() -> None:
    house = ticket("T1", "2026-10-05T09:00", type="request", category="it")
    customers = ticket("T2", "2026-10-05T09:00", type="product", category="fault")
    assert created(house, customers) == {"created": 1, "excluded": 0, "internal": 1, "back_dated": 0}
    assert created(house, customers, internal=True) == {
        "created": 1,
        "excluded": 0,
        "customer": 1,
        "back_dated": 0,
    }


def test_only_what_came_in_the_window_is_counted_as_left_out() -> None:
    found = created(ticket("T1", "2026-10-01T09:00", SPAM))
    assert (found["excluded"], found.get("excluded_as")) == (0, None)


def test_back_dated_events_of_the_window_are_counted() -> None:
    # docs/sla.md S5
    late = [event(f"2026-10-05T{hour}:00", "note", recorded_at=at("2026-10-09T09:00")) for hour in (10, 11)]
    found = created(
        ticket(
            "T1",
            "2026-10-05T09:00",
            *late,
            event("2026-10-12T09:00", "note", recorded_at=at("2026-10-13T09:00")),
        )
    )
    assert found["back_dated"] == 2


def test_no_key_figure_counts_a_ticket_that_is_left_out() -> None:
    spam = ticket("T1", "2026-10-05T09:00", SPAM, moved("2026-10-06T09:00", "closed"))
    asked = population([spam], "2026-10-05T00:00", "2026-10-12T00:00")
    named = {
        kpi.name: [each for each in kpi.figures() if each.ids]
        for kpi in (compute(asked) for compute in KPIS.values())
    }
    assert {name: [".".join(each.key) for each in found] for name, found in named.items() if found} == {
        "": ["excluded", "excluded_as.spam"]
    }

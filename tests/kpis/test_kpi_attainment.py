"""docs/kpi.md K3: met / (met + breached) over cycles decided in the window."""

from __future__ import annotations

from typing import Any

from kpi_desk import population, ticket, verdict

from tkt.kpis.attainment import attainment
from tkt.kpis.figures import Kpi

DUE = {"start_at": "2026-10-05T09:00", "due_at": "2026-10-05T12:00"}
MET = {**DUE, "state": "met", "fulfilled_at": "2026-10-05T10:00"}
BREACHED = {**DUE, "state": "breached", "breached_at": "2026-10-05T12:00"}


def measured(*found: dict[str, Any], now: str = "2026-11-02T10:00") -> Kpi:
    """Over one ticket a verdict of the resolution clock, in the week of 2026-10-05."""
    return of_tickets(*([each] for each in found), now=now)


def of_tickets(*tickets: list[dict[str, Any]], now: str = "2026-11-02T10:00") -> Kpi:
    verdicts = {
        f"T{place}": [verdict(**{"clock": "resolution", **each}) for each in cycles]
        for place, cycles in enumerate(tickets)
    }
    made = [ticket(name, "2026-10-05T09:00") for name in verdicts]
    return attainment(population(made, "2026-10-05T00:00", "2026-10-12T00:00", now, verdicts))


def test_the_rate_is_met_over_decided() -> None:
    kpi = measured(MET, MET, MET, BREACHED)
    assert (
        kpi.json()["resolution"] | {"rate": 0.75, "n": 4, "met": 3, "breached": 1} == kpi.json()["resolution"]
    )
    assert kpi.ids()["resolution"]["breached"] == ["T3"]


def test_a_breached_cycle_that_is_still_open_counts_now() -> None:
    assert measured(BREACHED).value("resolution", "rate") == 0.0


def test_a_cycle_is_decided_at_the_earlier_of_fulfilment_and_breach() -> None:
    # breached in the week before, fulfilled in this one: it belonged to the week before
    early = {
        **BREACHED,
        "due_at": "2026-10-02T12:00",
        "breached_at": "2026-10-02T12:00",
        "fulfilled_at": "2026-10-06T09:00",
    }
    assert measured(early).value("resolution", "n") == 0


def test_a_breach_that_was_fulfilled_later_stays_a_breach() -> None:
    late = {**BREACHED, "fulfilled_at": "2026-10-06T09:00"}
    assert (
        measured(late).json()["resolution"] | {"met": 0, "breached": 1} == measured(late).json()["resolution"]
    )


def test_what_is_not_decided_is_shown_and_not_counted() -> None:
    kpi = measured(
        {**DUE, "state": "active"},
        {**DUE, "state": "paused"},
        {**DUE, "state": "cancelled"},
        {**DUE, "state": "exempt"},
        {"state": "n/a"},
        {
            **MET,
            "due_at": "2026-10-20T12:00",
            "fulfilled_at": "2026-10-14T09:00",
        },  # decided later: it was running
    )
    found = kpi.json()["resolution"]
    assert found == {
        "n": 0, "met": 0, "breached": 0, "rate": None, "reclassified": 0,
        "active": 2, "paused": 1, "cancelled": 1, "exempt": 1,
    }  # fmt: skip


def test_a_ticket_is_met_when_none_of_its_cycles_is_breached() -> None:
    first = {**MET, "clock": "first_response"}
    kpi = of_tickets([first, MET], [first, BREACHED], [{**DUE, "state": "active"}])
    assert kpi.json()["tickets"] == {"n": 2, "met": 1, "breached": 1, "rate": 0.5}


def test_breaches_by_reclassification_are_shown_apart() -> None:
    kpi = measured(BREACHED, {**BREACHED, "reason": "reclassified"})
    assert (kpi.value("resolution", "breached"), kpi.value("resolution", "reclassified")) == (2, 1)


def test_coverage_is_the_share_of_tickets_with_a_policy() -> None:
    uncovered = {**MET, "state": "n/a", "reason": "uncovered", "policy": None, "due_at": None}
    kpi = measured(MET, MET, MET, uncovered)
    assert (kpi.value("coverage"), kpi.value("resolution", "n")) == (0.75, 3)


def test_nothing_decided_is_not_a_rate_of_zero() -> None:
    kpi = measured()
    assert (kpi.value("tickets", "rate"), kpi.value("coverage")) == (None, None)
    assert kpi.value("first_response", "rate") is None


def test_clocks_of_a_family_are_counted_in_one_line_where_there_are_any() -> None:
    kpi = measured({**MET, "clock": "stage:new"}, {**BREACHED, "clock": "stage:waiting"})
    assert (kpi.value("stage", "met"), kpi.value("stage", "breached")) == (1, 1)
    assert "task" not in kpi.json()
    assert kpi.json()["first_response"]["n"] == 0


def test_what_a_split_off_ticket_inherited_counts_on_its_parent_alone() -> None:
    # docs/sla.md L10
    inherited = {**MET, "clock": "first_response", "via": "split"}
    assert measured(inherited).value("first_response", "n") == 0

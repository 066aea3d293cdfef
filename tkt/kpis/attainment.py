"""How often was a service level met? (docs/kpi.md K3)

Counted are the cycles *decided* in the window: at the earlier of fulfilment and breach, so that a
cycle that is breached and still open counts now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tkt.clocks.table import CLOCKS
from tkt.i18n import msg
from tkt.kpis.figures import Grid, Headline, Kpi, Row, Term, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.sla import Outcome

Cycle = tuple[Life, Outcome]

_JUDGED = ("met", "breached", "active", "paused")
_RECLASSIFIED = "reclassified"


def attainment(population: Population) -> Kpi:
    """Met and breached a clock, the same by ticket, what was not counted, and how many tickets have a policy."""
    clocks = {name: population.cycles(name) for name in _clock_names(population)}
    decided = {name: list(_decided(cycles, population)) for name, cycles in clocks.items()}
    tickets = _tickets(decided)
    return Kpi(
        name="sla",
        title=msg("Service level attainment"),
        grids=(
            Grid(
                (msg("n"), msg("met"), msg("breached"), msg("rate"), msg("reclassified")),
                (*(_counted(name, cycles) for name, cycles in decided.items()), tickets),
                about=msg("decided in the window"),
            ),
            Grid(
                (msg("running"), msg("paused"), msg("cancelled"), msg("exempt")),
                tuple(_not_counted(name, cycles, population) for name, cycles in clocks.items()),
                about=msg("not counted"),
            ),
            _coverage(population),
        ),
        headline=(Headline(msg("SLA"), tickets.figures[3], tickets.figures[0]),),
    )


def decided_at(cycle: Outcome) -> datetime | None:
    """The earlier of fulfilment and breach; None while it is open, and for what is never judged."""
    if cycle.state not in _JUDGED:
        return None
    fulfilled, breached = cycle.fulfilled_at, cycle.breached_at
    if fulfilled is None or breached is None:
        return fulfilled or breached
    return min(fulfilled, breached)


def _clock_names(population: Population) -> list[str]:
    """The clocks that tkt has, then any other that a cycle is of."""
    return [*CLOCKS, *sorted(population.clocks - set(CLOCKS))]


def _decided(cycles: Sequence[Cycle], population: Population) -> Iterator[Cycle]:
    for life, cycle in cycles:
        if population.window.contains(decided_at(cycle)):
            yield life, cycle


def _is_breached(cycle: Outcome) -> bool:
    return cycle.breached_at is not None


def _counted(clock: str, cycles: Sequence[Cycle]) -> Row:
    met = [life.id for life, cycle in cycles if not _is_breached(cycle)]
    breached = [life.id for life, cycle in cycles if _is_breached(cycle)]
    return Row(
        Term("clock", clock),
        (
            count((life.id for life, _ in cycles), clock, "n"),
            count(met, clock, "met"),
            count(breached, clock, "breached"),
            rate(len(met), len(cycles), clock, "rate"),
            count((life.id for life, cycle in cycles if cycle.reason == _RECLASSIFIED), clock, _RECLASSIFIED),
        ),
    )


def _tickets(decided: dict[str, list[Cycle]]) -> Row:
    """By ticket: one without any cycle breached in the window is met."""
    judged = dict.fromkeys(life.id for cycles in decided.values() for life, _ in cycles)
    breached = {life.id for cycles in decided.values() for life, cycle in cycles if _is_breached(cycle)}
    met = [ticket for ticket in judged if ticket not in breached]
    return Row(
        msg("tickets without a breach"),
        (
            count(judged, "tickets", "n"),
            count(met, "tickets", "met"),
            count((ticket for ticket in judged if ticket in breached), "tickets", "breached"),
            rate(len(met), len(judged), "tickets", "rate"),
        ),
    )


def _not_counted(clock: str, cycles: Sequence[Cycle], population: Population) -> Row:
    found = [(life.id, state) for life, cycle in cycles if (state := _left_as(cycle, population))]
    return Row(
        Term("clock", clock),
        tuple(
            count((ticket for ticket, state in found if state == shown), clock, shown)
            for shown in ("active", "paused", "cancelled", "exempt")
        ),
    )


def _left_as(cycle: Outcome, population: Population) -> str | None:
    """How the window leaves a cycle that it does not count; None for one that counts or was not there."""
    end = population.window.end
    if cycle.start_at >= end:
        return None
    if cycle.state in _JUDGED:
        is_open = (decided_at(cycle) or end) >= end
        state = "paused" if cycle.state == "paused" else "active"
        return state if is_open else None
    was_there = cycle.ended_at is None or cycle.ended_at >= population.window.start
    return cycle.state if was_there else None


def _coverage(population: Population) -> Grid:
    """How many of the tickets created in the window have a policy at all."""
    created = [life for life in population.lives if population.window.contains(life.started_at)]
    covered = [life.id for life in created if life.facts.is_covered]
    return Grid(
        (msg("n"), msg("with a policy"), msg("coverage")),
        (
            Row(
                msg("created in the window"),
                (
                    count((life.id for life in created), "created"),
                    count(covered, "covered"),
                    rate(len(covered), len(created), "coverage"),
                ),
            ),
        ),
    )

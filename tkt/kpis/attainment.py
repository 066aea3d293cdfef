"""How often was a service level met? (docs/kpi.md K3)

Counted are the cycles *decided* in the window: at the earlier of fulfilment and breach, so that a
cycle that is breached and still open counts now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tkt.clocks.table import CLOCKS
from tkt.i18n import msg
from tkt.kpis.causes import causes_grid
from tkt.kpis.figures import Grid, Headline, Kpi, Row, Term, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.sla import Outcome

Cycle = tuple[Life, Outcome]
Judged = tuple[Cycle, datetime | None]  # and when it was decided

_OF_EVERY_TICKET = ("first_response", "next_response", "resolution")
_JUDGED = ("met", "breached", "active", "paused")
_RECLASSIFIED = "reclassified"


class Parted(NamedTuple):
    """The cycles of a clock that were decided in the window, and those that were not before its end."""

    decided: list[Cycle]
    left: list[Judged]


def attainment(population: Population) -> Kpi:
    """Met and breached a clock, the same by ticket, what was not counted, and how many tickets have a policy."""
    parted = {name: _parted(population, name) for name in _clock_names(population)}
    decided = {name: parts.decided for name, parts in parted.items()}
    not_counted = [_not_counted(name, parts.left, population) for name, parts in parted.items()]
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
                tuple(not_counted),
                about=msg("not counted"),
            ),
            causes_grid([each for cycles in decided.values() for each in cycles if _is_late(each)]),
            _coverage(population),
        ),
        headline=(Headline(msg("SLA"), tickets.figures[3], tickets.figures[0]),),
    )


def decided_in(population: Population) -> dict[str, list[Cycle]]:
    """Clock → its cycles that were decided in the window."""
    return {name: _parted(population, name).decided for name in _clock_names(population)}


def _parted(population: Population, clock: str) -> Parted:
    """The cycles of a clock by whether they were decided in the window. Runs once a cycle: kept short."""
    start, end = population.window.start, population.window.end
    decided: list[Cycle] = []
    left: list[Judged] = []
    for each in population.cycles(clock):
        at = decided_at(each[1])
        if at is None or at >= end:
            left.append((each, at))
        elif at >= start:
            decided.append(each)
    return Parted(decided, left)


def _is_late(cycle: Cycle) -> bool:
    return cycle[1].breached_at is not None


def decided_at(cycle: Outcome) -> datetime | None:
    """The earlier of fulfilment and breach; None while it is open, and for what is never judged."""
    if cycle.state not in _JUDGED:
        return None
    fulfilled, breached = cycle.ended_at if cycle.is_fulfilled else None, cycle.breached_at
    if fulfilled is None or breached is None:
        return fulfilled or breached
    return min(fulfilled, breached)


def _clock_names(population: Population) -> list[str]:
    """The clocks that every ticket has, and the others that some cycle is of, in the order of people's reading."""
    return [name for name in CLOCKS if name in _OF_EVERY_TICKET or name in population.clocks]


def _counted(clock: str, cycles: Sequence[Cycle]) -> Row:
    met = [life.id for life, cycle in cycles if cycle.breached_at is None]
    breached = [life.id for life, cycle in cycles if cycle.breached_at is not None]
    return Row(
        Term("clock", clock),
        (
            count([life.id for life, _ in cycles], clock, "n"),
            count(met, clock, "met"),
            count(breached, clock, "breached"),
            rate(len(met), len(cycles), clock, "rate"),
            count([life.id for life, cycle in cycles if cycle.reason == _RECLASSIFIED], clock, _RECLASSIFIED),
        ),
    )


def _tickets(decided: dict[str, list[Cycle]]) -> Row:
    """By ticket: one without any cycle breached in the window is met."""
    judged = dict.fromkeys(life.id for cycles in decided.values() for life, _ in cycles)
    breached = {
        life.id for cycles in decided.values() for life, cycle in cycles if cycle.breached_at is not None
    }
    met = [ticket for ticket in judged if ticket not in breached]
    return Row(
        msg("tickets without a breach"),
        (
            count(judged, "tickets", "n"),
            count(met, "tickets", "met"),
            count([ticket for ticket in judged if ticket in breached], "tickets", "breached"),
            rate(len(met), len(judged), "tickets", "rate"),
        ),
    )


def _not_counted(clock: str, left: Sequence[Judged], population: Population) -> Row:
    found = [(life.id, state) for (life, it), at in left if (state := _left_as(it, at, population))]
    return Row(
        Term("clock", clock),
        tuple(
            count([ticket for ticket, state in found if state == shown], clock, shown)
            for shown in ("active", "paused", "cancelled", "exempt")
        ),
    )


def _left_as(cycle: Outcome, decided: datetime | None, population: Population) -> str | None:
    """How the window leaves a cycle that it does not count; None for one that counts or was not there."""
    end = population.window.end
    if cycle.start_at >= end:
        return None
    if cycle.state in _JUDGED:
        is_open = (decided or end) >= end
        state = "paused" if cycle.state == "paused" else "active"
        return state if is_open else None
    was_there = cycle.ended_at is None or cycle.ended_at >= population.window.start
    return cycle.state if was_there else None


def _coverage(population: Population) -> Grid:
    """How many of the tickets created in the window have a policy at all."""
    start, end = population.window.start, population.window.end
    created = [life for life in population.lives if start <= life.started_at < end]
    covered = [life.id for life in created if life.facts.is_covered]
    return Grid(
        (msg("n"), msg("with a policy"), msg("coverage")),
        (
            Row(
                msg("created in the window"),
                (
                    count([life.id for life in created], "created"),
                    count(covered, "covered"),
                    rate(len(covered), len(created), "coverage"),
                ),
            ),
        ),
    )

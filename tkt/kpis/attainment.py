"""How often was a service level met? (docs/kpi.md K3)

Counted are the cycles *decided* in the window: at the earlier of fulfilment and breach, so that a
cycle that is breached and still open counts now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tkt.clocks import CLOCKS
from tkt.i18n import msg
from tkt.kpis.figures import Grid, Headline, Kpi, Row, Term, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.sla import Verdict

Cycle = tuple[Life, Verdict]

_JUDGED = ("met", "breached", "active", "paused")
_RECLASSIFIED = "reclassified"


def attainment(population: Population) -> Kpi:
    """Met and breached a clock, the same by ticket, what was not counted, and how many tickets have a policy."""
    clocks = {name: list(population.cycles(name)) for name in _clock_names(population)}
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


def decided_at(verdict: Verdict) -> datetime | None:
    """The earlier of fulfilment and breach; None while it is open, and for what is never judged."""
    if verdict.state not in _JUDGED:
        return None
    instants = [at for at in (verdict.fulfilled_at, verdict.breached_at) if at is not None]
    return min(instants, default=None)


def _clock_names(population: Population) -> list[str]:
    """The clocks that tkt has, then any other that a verdict names."""
    return [*CLOCKS, *sorted(population.clocks - set(CLOCKS))]


def _decided(cycles: Sequence[Cycle], population: Population) -> Iterator[Cycle]:
    for life, verdict in cycles:
        if population.window.contains(decided_at(verdict)):
            yield life, verdict


def _is_breached(verdict: Verdict) -> bool:
    return verdict.breached_at is not None


def _counted(clock: str, cycles: Sequence[Cycle]) -> Row:
    met = [life.id for life, verdict in cycles if not _is_breached(verdict)]
    breached = [life.id for life, verdict in cycles if _is_breached(verdict)]
    return Row(
        Term("clock", clock),
        (
            count((life.id for life, _ in cycles), clock, "n"),
            count(met, clock, "met"),
            count(breached, clock, "breached"),
            rate(len(met), len(cycles), clock, "rate"),
            count(
                (life.id for life, verdict in cycles if verdict.reason == _RECLASSIFIED), clock, _RECLASSIFIED
            ),
        ),
    )


def _tickets(decided: dict[str, list[Cycle]]) -> Row:
    """By ticket: one without any cycle breached in the window is met."""
    judged = dict.fromkeys(life.id for cycles in decided.values() for life, _ in cycles)
    breached = {life.id for cycles in decided.values() for life, verdict in cycles if _is_breached(verdict)}
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
    found = [(life.id, _left_as(verdict, population)) for life, verdict in cycles]
    return Row(
        Term("clock", clock),
        tuple(
            count((ticket for ticket, state in found if state == shown), clock, shown)
            for shown in ("active", "paused", "cancelled", "exempt")
        ),
    )


def _left_as(verdict: Verdict, population: Population) -> str | None:
    """How the window leaves a cycle that it does not count; None for one that counts or was not there."""
    end = population.window.end
    if verdict.start_at is None or verdict.start_at >= end:
        return None
    if verdict.state in _JUDGED:
        is_open = (decided_at(verdict) or end) >= end
        state = "paused" if verdict.state == "paused" else "active"
        return state if is_open else None
    was_there = verdict.ended_at is None or verdict.ended_at >= population.window.start
    return verdict.state if was_there else None


def _coverage(population: Population) -> Grid:
    """How many of the tickets created in the window have a policy at all."""
    created = [life for life in population.lives if population.window.contains(life.started_at)]
    covered = [life.id for life in created if any(verdict.policy is not None for verdict in life.verdicts)]
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

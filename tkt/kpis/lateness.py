"""Why was a promise missed: as somebody acknowledged it, else as far as the events tell? (docs/reports.md, Breaches)"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from tkt.frozen import dataclass
from tkt.kpis.attainment import decided_at
from tkt.kpis.life import Life, seconds_between
from tkt.kpis.population import Population
from tkt.schema import Configuration
from tkt.sla import Outcome
from tkt.timerules.on_call import is_there

Kind = Literal["acknowledged", "reclassified", "off-duty", "owner-away", "unassigned", "status", "unknown"]
Seconds = Callable[[datetime, datetime], int]
"""Two instants → the seconds between them that count."""
PROMISE = "promise"
_MOST = 0.5
"""So large a part of the time until the breach says why it was late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Why one cycle was late. `seconds` of `of_s`, which passed from its start to the breach."""

    kind: Kind
    cause: str | None = None  # acknowledged: in which words; "" without a word
    person: str | None = None  # owner-away: who
    status: str | None = None
    seconds: int = 0
    of_s: int = 0


def breaches(population: Population) -> list[tuple[Life, Outcome]]:
    """The cycles decided as breached in the window, the latest first; promises to customers stand elsewhere."""
    window = population.window
    found = [
        (life, cycle)
        for clock in population.clocks - {PROMISE}
        for life, cycle in population.cycles(clock)
        if cycle.breached_at is not None and window.contains(decided_at(cycle))
    ]
    return sorted(found, key=lambda it: (it[1].breached_at, it[0].id, it[1].clock), reverse=True)


def broken_promises(population: Population) -> list[tuple[Life, Outcome]]:
    """The times named to customers that were decided as missed in the window, the latest first."""
    contains = population.window.contains
    found = [
        (life, cycle)
        for life, cycle in population.cycles(PROMISE)
        if cycle.breached_at is not None and contains(decided_at(cycle))
    ]
    return sorted(found, key=lambda it: (it[1].breached_at, it[0].id), reverse=True)


def tasks_due(population: Population) -> list[tuple[Life, Outcome]]:
    """The sub-tasks that were done, or due, in the window: the cycles of their clocks, the oldest first."""
    contains = population.window.contains
    found = [
        (life, cycle)
        for life, cycle in population.cycles("task")
        if contains(cycle.fulfilled_at) or contains(decided_at(cycle)) or contains(cycle.due_at)
    ]
    return sorted(found, key=lambda it: (it[1].start_at, it[0].id))


def lateness_of(
    life: Life,
    cycle: Outcome,
    config: Configuration,
    *,
    team: Sequence[str] = (),
    seconds: Seconds = seconds_between,
) -> Lateness:
    """Why it was late; `team`: the people whose work it was. Times are as `seconds` counts them."""
    if cycle.cause is not None:
        return Lateness(kind="acknowledged", cause=cycle.cause)
    if cycle.reason == "reclassified":
        return Lateness(kind="reclassified")
    start, end = cycle.start_at, cycle.breached_at
    if end is None or end <= start:
        return Lateness(kind="unknown")
    count = seconds if seconds(start, end) else seconds_between
    return _by_events(life, (start, end), config, team, count)


def _by_events(
    life: Life, span: tuple[datetime, datetime], config: Configuration, team: Sequence[str], seconds: Seconds
) -> Lateness:
    start, end = span
    whole = seconds(start, end)
    unowned = sum(seconds(*part) for part, owner in _owned(life, start, end) if owner is None)
    if unowned >= _MOST * whole:
        off = bool(team) and not any(_was_there(person, config, start, end) for person in team)
        return Lateness(kind="off-duty" if off else "unassigned", seconds=unowned, of_s=whole)
    owner = life.owner_before(end)
    if owner in config.people.people and owner and not _was_there(owner, config, start, end):
        return Lateness(kind="owner-away", person=owner, of_s=whole)
    status, longest = _longest(life, start, end, seconds)
    if status is None:
        return Lateness(kind="unknown", of_s=whole)
    return Lateness(kind="status", status=status, seconds=longest, of_s=whole)


def _was_there(person: str, config: Configuration, start: datetime, end: datetime) -> bool:
    """Whether somebody was on duty when it began or when it was due."""
    return is_there(person, config, start) or is_there(person, config, end)


def _owned(
    life: Life, start: datetime, end: datetime
) -> Iterator[tuple[tuple[datetime, datetime], str | None]]:
    """The parts of a span, each with who owned it then."""
    turns = [(at, who) for at, who in life.facts.owners if at is not None and start < at < end]
    begins = [(start, life.owner_at(start)), *turns]
    ends = [*(at for at, _ in begins[1:]), end]
    return (((since, until), who) for (since, who), until in zip(begins, ends, strict=True))


def _longest(life: Life, start: datetime, end: datetime, seconds: Seconds) -> tuple[str | None, int]:
    """The status in which most of the span passed, and how much."""
    spent: dict[str, int] = {}
    for stay in life.stays:
        since, until = max(stay.start, start), end if stay.end is None else min(stay.end, end)
        if since < until:
            spent[stay.status] = spent.get(stay.status, 0) + seconds(since, until)
    worst = max(spent, key=lambda status: spent[status], default=None)
    return (worst, spent[worst]) if worst is not None and spent[worst] else (None, 0)

"""How many requests were open, and how old were they? (docs/kpi.md K5)

Replayed from the events. "At t" is as t begins: what happens at that very instant belongs to the
window that starts there, so that B(to) = B(from) + created − finished + reopened holds always.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tkt.i18n import Message, msg
from tkt.kpis.figures import Grid, Headline, Kpi, Row, Term, count
from tkt.kpis.life import Life
from tkt.kpis.population import Population

NOBODY = "none"
LONGEST = 10
_BUCKETS = (
    (1, "0-1d", msg("less than 1 day")),
    (3, "1-3d", msg("1 to 3 days")),
    (7, "3-7d", msg("3 to 7 days")),
    (14, "7-14d", msg("7 to 14 days")),
    (30, "14-30d", msg("14 to 30 days")),
    (None, "30d+", msg("30 days and more")),
)


def backlog(population: Population) -> Kpi:
    """The queue at both ends of the window, what changed it, and how it looks at the end."""
    lives, window, end = population.present, population.window, population.window.end
    queue = [life for life in lives if life.is_open_before(end)]
    at_to = count([life.id for life in queue], "at_to")
    flow = (
        Row(
            msg("open at the start"),
            (count([each.id for each in lives if each.is_open_before(window.start)], "at_from"),),
        ),
        Row(msg("+ created"), (count(_happened(population, lambda life: (life.started_at,)), "created"),)),
        Row(
            msg("− resolved or closed"),
            (count(_happened(population, lambda life: life.finishes), "finished"),),
        ),
        Row(msg("+ reopened"), (count(_happened(population, lambda life: life.reopens), "reopened"),)),
        Row(msg("open at the end"), (at_to,)),
    )
    return Kpi(
        name="backlog",
        title=msg("Backlog"),
        grids=(
            Grid((msg("number"),), flow),
            _ageing(queue, population.horizon),
            _grouped(msg("by status"), "status", queue, lambda life: life.status_before(end)),
            _grouped(msg("by priority"), "priority", queue, lambda life: life.priority_before(end)),
            _grouped(msg("by owner"), "owner", queue, lambda life: life.owner_before(end)),
        ),
        headline=(Headline(msg("open"), at_to),),
    )


def _happened(population: Population, instants: Callable[[Life], Sequence[datetime]]) -> list[str]:
    """A ticket's id once for each of its instants in the window."""
    start, end = population.window.start, population.window.end
    return [life.id for life in population.present for at in instants(life) if start <= at < end]


def _ageing(queue: Sequence[Life], end: datetime) -> Grid:
    found: dict[str, list[str]] = {key: [] for _, key, _ in _BUCKETS}
    for life in queue:
        found[_bucket(end - life.started_at)].append(life.id)
    rows = tuple(Row(label, (count(found[key], "ageing", key),)) for _, key, label in _BUCKETS)
    return Grid((msg("number"),), rows, about=msg("age at the end"))


def _bucket(age: timedelta) -> str:
    return next(key for days, key, _ in _BUCKETS if days is None or age < timedelta(days=days))


def _grouped(about: Message, field: str, queue: Sequence[Life], value: Callable[[Life], str | None]) -> Grid:
    found: dict[str | None, list[str]] = {}
    for life in queue:
        found.setdefault(value(life), []).append(life.id)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0] is None, item[0] or ""))
    rows = tuple(
        Row(Term(field, name), (count(ids, f"by_{field}", name or NOBODY),)) for name, ids in ordered
    )
    return Grid((msg("number"),), rows, about=about, longest=LONGEST)

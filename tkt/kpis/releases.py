"""Did requests rise or fall with a release? (docs/kpi.md K15)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tkt.i18n import Message, msg, msgn
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count
from tkt.kpis.life import Life
from tkt.kpis.more import Release
from tkt.kpis.population import Population

DAYS = 14
AROUND = timedelta(days=DAYS)
NONE = "none"
LONGEST = 10


def releases(population: Population) -> Kpi:
    """Of each release in the window: tickets a day by category in the 14 days before it and after it.

    Where 14 days have not passed since, the days that have are counted.
    """
    window = population.window
    found = [it for it in population.more.releases if window.start <= it.at < min(window.end, population.now)]
    return Kpi(
        name="releases",
        title=msg("Releases"),
        grids=tuple(_grid(population, it) for it in sorted(found, key=lambda it: (it.at, it.name))),
        notes=(
            msg("Tickets a day in the 14 days before and after; a release is not always the cause."),
            *(_young(it, population) for it in found if population.now < it.at + AROUND),
        ),
    )


def _young(release: Release, population: Population) -> Message:
    days = (population.now - release.at).days
    return msgn(
        "{release}: after it only {count} day has passed so far.",
        "{release}: after it only {count} days have passed so far.",
        days,
        release=release.name,
    )


def _grid(population: Population, release: Release) -> Grid:
    until = min(release.at + AROUND, population.now)
    before, after = (
        [life for life in population.lives if start <= life.started_at < end]
        for start, end in ((release.at - AROUND, release.at), (release.at, until))
    )
    days = (until - release.at) / timedelta(days=1)
    categories = {population.story(life).category for life in (*before, *after)}
    rows = [_row(population, release, None, before, after, days)]
    rows += sorted(
        (_row(population, release, (name,), before, after, days) for name in categories), key=_biggest
    )
    return Grid(
        (msg("before"), msg("after"), msg("a day before"), msg("a day after")),
        tuple(rows),
        about=msg("{release}, {day}", release=release.name, day=_day(release.at, population)),
        longest=LONGEST,
    )


def _row(
    population: Population,
    release: Release,
    category: tuple[str | None] | None,
    before: Sequence[Life],
    after: Sequence[Life],
    days: float,
) -> Row:
    """One category, or all of them."""
    key = (release.name, "all") if category is None else (release.name, "by_category", category[0] or NONE)
    was, since = (
        [life.id for life in each if category is None or population.story(life).category == category[0]]
        for each in (before, after)
    )
    return Row(
        msg("all categories") if category is None else Term("category", category[0]),
        (
            count(was, *key, "before"),
            count(since, *key, "after"),
            Figure((*key, "before_per_day"), len(was) / DAYS, "number"),
            Figure((*key, "after_per_day"), len(since) / days if days > 0 else None, "number"),
        ),
    )


def _biggest(row: Row) -> tuple[float, str]:
    """The greatest change first."""
    before, after = (float(it.value or 0) for it in row.figures[2:4])
    return -abs(after - before), str(row.label)


def _day(at: datetime, population: Population) -> str:
    from zoneinfo import ZoneInfo

    return at.astimezone(ZoneInfo(population.window.zone)).date().isoformat()

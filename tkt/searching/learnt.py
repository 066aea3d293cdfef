"""What does the history say of the articles: which replies cited them, and what was solved?

Asked of the index, which knows it of every ticket: no ticket is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.knowledge.checks import Use
from tkt.knowledge.limits import limits_in
from tkt.knowledge.unwritten import Solved
from tkt.kpis.facts import Measured
from tkt.kpis.story import cited_in, story_in
from tkt.render.times import local


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """The uses of articles by their names, the tickets solved lately, and the files that could not be read."""

    uses: dict[str, Use]
    solved: tuple[Solved, ...]
    problems: tuple[Problem, ...]


def learnt(desk: Desk, now: datetime) -> Learnt:
    """What had happened by `now`; solved: as far back as an article may be wanted for."""
    lives = desk.lives()
    within = limits_in(desk.config.reports.thresholds).within
    return Learnt(
        uses=uses_in(lives.facts, now, desk.zone),
        solved=tuple(solved_in(lives.facts, now - within, now)),
        problems=tuple(lives.problems),
    )


def uses_in(facts: Iterable[Measured], now: datetime, zone: str) -> dict[str, Use]:
    """Article → how often replies cited it by `now`, days being those of `zone`."""
    cited: dict[str, list[datetime]] = {}
    for each in facts:
        for at, slug in cited_in(each.story):
            if at <= each.settled(now):
                cited.setdefault(slug, []).append(at)
    return {
        slug: Use(count=len(found), latest=local(max(found), zone).date()) for slug, found in cited.items()
    }


def solved_in(facts: Iterable[Measured], since: datetime, until: datetime) -> list[Solved]:
    """The customers' tickets that count, were solved in `(since, until]`, and still are."""
    found: list[Solved] = []
    for each in facts:
        ends = [at for at in each.resolves if since < at <= each.settled(until)]
        counts = each.uncounted_as is None and not each.is_internal
        if ends and counts and each.stays[-1].is_finished:
            story = story_in(each.story)
            if story.category is not None:
                found.append(
                    Solved(
                        id=each.id,
                        at=ends[-1],
                        product=story.product,
                        type=story.type,
                        category=story.category,
                    )
                )
    return found

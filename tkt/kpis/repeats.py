"""Which tickets are the same matter again, so soon after it was resolved? (docs/kpi.md K4, K9)"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from tkt.i18n import msg
from tkt.kpis.figures import Grid, Kpi, Row, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.story import Story

WITHIN = timedelta(days=30)
SOON = timedelta(days=7)

Matter = tuple[str, str]
"""Who asks, and the category."""


class Course(NamedTuple):
    """When something happened to a matter, in order, and by which ticket at the same place."""

    instants: list[datetime]
    tickets: list[str]


class Repeats(NamedTuple):
    """Tickets received in the window or the week after it, and what they repeat."""

    earlier: Mapping[str, str]  # a ticket → the one that it repeats
    said: Mapping[str, Sequence[datetime]]  # a ticket → when those were received that were said to repeat it
    received: Mapping[Matter, Course]

    def is_back(self, ticket: str, story: Story, resolved_at: datetime) -> bool:
        """Whether the ticket's matter was received again within seven days of its resolve."""
        until = resolved_at + SOON
        if any(resolved_at <= at <= until for at in self.said.get(ticket, ())):
            return True
        courses = (self.received.get(matter) for matter in _matters(story))
        return any(_holds_another(each, ticket, resolved_at, until) for each in courses if each is not None)


def repeats(population: Population) -> Kpi:
    """The tickets received in the window that repeat an earlier one, and those of a known root cause."""
    created = [life.id for life in population.created]
    by_customer = [each for each in created if each in population.repeats.earlier]
    by_problem = [life.id for life in population.created if population.story(life).causes]
    share = rate(len(by_customer), len(created), "by_customer_rate")
    received = count(created, "n")
    return Kpi(
        name="repeats",
        title=msg("Repeats"),
        grids=(
            Grid(
                (msg("n"), msg("repeats"), msg("rate")),
                (
                    Row(
                        msg("the same customer and category within 30 days of a resolve"),
                        (received, count(by_customer, "by_customer"), share),
                    ),
                    Row(
                        msg("attached to a known root cause"),
                        (
                            received,
                            count(by_problem, "by_problem"),
                            rate(len(by_problem), len(created), "by_problem_rate"),
                        ),
                    ),
                ),
                about=msg("created in the window"),
            ),
        ),
    )


def repeats_of(population: Population) -> Repeats:
    """Of everybody that counts: who came again with a matter within 30 days, or was marked to repeat another."""
    start, end = population.window.start, population.window.end + SOON
    came = [(life.started_at, life.id, life) for life in population.lives if start <= life.started_at < end]
    since = start - WITHIN
    resolves = [(at, life.id, life) for life in population.lives for at in life.facts.resolves if at >= since]
    lives = {life.id: life for _, _, life in (*came, *resolves)}
    matters = {ticket: _matters(population.story(life)) for ticket, life in lives.items()}
    resolved = _courses(matters, resolves)
    earlier: dict[str, str] = {}
    said: dict[str, list[datetime]] = {}
    for at, ticket, life in came:
        marked = population.story(life).repeats
        before = marked[-1] if marked else _resolved_before(life, matters[ticket], resolved)
        if before is not None:
            earlier[ticket] = before
        for each in marked:
            said.setdefault(each, []).append(at)
    return Repeats(earlier, said, _courses(matters, came))


def _courses(
    matters: Mapping[str, Sequence[Matter]], happened: list[tuple[datetime, str, Life]]
) -> Mapping[Matter, Course]:
    happened.sort(key=itemgetter(0, 1))
    found: dict[Matter, Course] = {}
    for at, ticket, _ in happened:
        for matter in matters[ticket]:
            known = found.get(matter)
            if known is None:
                known = found[matter] = Course([], [])
            known.instants.append(at)
            known.tickets.append(ticket)
    return found


def _resolved_before(life: Life, matters: Sequence[Matter], resolved: Mapping[Matter, Course]) -> str | None:
    """The ticket of its matter that was resolved last before it was received."""
    found = [last for matter in matters if (last := _last(life, resolved.get(matter)))]
    return max(found)[1] if found else None


def _last(life: Life, resolved: Course | None) -> tuple[datetime, str] | None:
    """The last resolve of another ticket in the 30 days before it was received."""
    if resolved is None:
        return None
    at = life.started_at
    for place in range(bisect_right(resolved.instants, at) - 1, -1, -1):
        if resolved.instants[place] + WITHIN < at:
            return None
        if resolved.tickets[place] != life.id:
            return resolved.instants[place], resolved.tickets[place]
    return None


def _holds_another(course: Course, ticket: str, since: datetime, until: datetime) -> bool:
    """Whether another ticket is in the course from `since` to `until`, both included."""
    places = range(bisect_left(course.instants, since), bisect_right(course.instants, until))
    return any(course.tickets[place] != ticket for place in places)


def _matters(story: Story) -> Sequence[Matter]:
    category = story.category
    return () if category is None else [(who, category) for who in story.requester]

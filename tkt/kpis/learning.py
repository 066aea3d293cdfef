"""Which reviews and improvements were done in the window, and from which tickets? (docs/kpi.md K17)

Tickets say so with `reviewed` and `improved`, the files of reviews/ and improvements/ with their state: what
either says is done is done, at the earlier of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import datetime
from typing import NamedTuple

from tkt.frozen import dataclass
from tkt.kpis.life import Life
from tkt.kpis.more import Learnt
from tkt.kpis.population import Population
from tkt.kpis.story import Named, Story

REVIEW, IMPROVEMENT = "review", "improvement"


class Matter(NamedTuple):
    """What requests are alike."""

    product: str | None
    category: str | None

    def holds(self, other: Matter) -> bool:
        """Whether another one is the same."""
        return self == other


class Category(NamedTuple):
    """Requests of one category, whatever their product."""

    name: str

    def holds(self, other: Matter) -> bool:
        """Whether a matter is of it."""
        return self.name == other.category


@dataclass(frozen=True)
class Done:
    """One that was done: when, the tickets that led to it, and what it is about."""

    name: str
    at: datetime
    tickets: tuple[str, ...] = ()
    matters: frozenset[Matter | Category] = field(default_factory=frozenset)


def done_reviews(population: Population) -> tuple[Done, ...]:
    """The reviews done in the window, in the order of their names."""
    return _done(population, REVIEW, lambda story: story.reviewed)


def done_improvements(population: Population) -> tuple[Done, ...]:
    """The improvements done in the window, likewise."""
    return _done(population, IMPROVEMENT, lambda story: story.improved)


def _done(population: Population, kind: str, said: Callable[[Story], Iterable[Named]]) -> tuple[Done, ...]:
    files = {it.name: it for it in population.more.lessons if it.kind == kind}
    when: dict[str, datetime] = {
        name: it.done_at
        for name, it in files.items()
        if it.done_at is not None and it.done_at <= population.now and _is_ours(population, it)
    }
    behind: dict[str, dict[str, Matter]] = {}
    for life, story in _telling(population, said, when.values()):
        for at, name in said(story):
            when[name] = min(at, when.get(name, at))
            behind.setdefault(name, {})[life.id] = Matter(story.product, story.category)
    found = [name for name, at in sorted(when.items()) if population.window.contains(at)]
    named = _lives(population, [files[name] for name in found if name in files])
    return tuple(
        _one(population, name, when[name], files.get(name), behind.get(name, {}), named) for name in found
    )


def _telling(
    population: Population, said: Callable[[Story], Iterable[Named]], known: Iterable[datetime]
) -> Iterable[tuple[Life, Story]]:
    """The tickets that may say what was done in the window: all of them, where any was.

    One that was not touched since the window began may have said so before, and one that came after it
    belongs to what led to it too.
    """
    contains = population.window.contains
    if any(map(contains, known)) or any(contains(at) for _, it in population.touched for at, _ in said(it)):
        return ((life, population.story(life)) for life in population.lives)
    return ()


def _one(
    population: Population,
    name: str,
    at: datetime,
    file: Learnt | None,
    behind: dict[str, Matter],
    named: dict[str, Life],
) -> Done:
    tickets = dict(behind)
    for ticket in file.tickets if file else ():
        if ticket in named and ticket not in tickets:
            story = population.story(named[ticket])
            tickets[ticket] = Matter(story.product, story.category)
    said = _said_by(file) if file else None
    return Done(name, at, tuple(sorted(tickets)), frozenset(tickets.values() if said is None else (said,)))


def _said_by(file: Learnt) -> Matter | Category | None:
    """What its file says that it is about; None where that names no category."""
    if not file.category:
        return None
    return Matter(file.product, file.category) if file.product else Category(file.category)


def _is_ours(population: Population, lesson: Learnt) -> bool:
    """Whether it belongs to these tickets; one that names none belongs to the whole alone."""
    if population.whole is None:
        return True
    return bool(_lives(population, [lesson]))


def _lives(population: Population, lessons: Iterable[Learnt]) -> dict[str, Life]:
    """The counted tickets that files name."""
    wanted = frozenset(_named(lessons))
    return {life.id: life for life in population.lives if life.id in wanted} if wanted else {}


def _named(lessons: Iterable[Learnt]) -> Iterator[str]:
    return (ticket for it in lessons for ticket in it.tickets)

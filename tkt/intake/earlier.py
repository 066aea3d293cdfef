"""Which tickets did an earlier import of a source make? Known by number, read one at a time.

A desk of 100,000 tickets does not fit into memory as a whole; their numbers and places do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.model import Ticket
from tkt.store.tree import Found


class Loading(Mapping[str, Ticket]):
    """Tickets by some key, each read when it is asked for."""

    def __init__(self, desk: Desk, places: Mapping[str, Found]) -> None:
        self.places = places
        self._desk = desk

    def __getitem__(self, key: str) -> Ticket:
        """Errors: KeyError; those of reading it."""
        return self._desk.loaded(self.places[key]).ticket

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What a desk has of a source, and what it has at all."""

    by_number: Loading
    by_id: Loading
    taken: frozenset[str]  # the ids of all tickets that could be read
    problems: tuple[Problem, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the tickets of the source lie."""
        return tuple(found.path for found in self.by_id.places.values())


def earlier_imports(desk: Desk, source: str) -> Earlier:
    """Every ticket is read once; of those that came from `source` their numbers are kept."""
    scan = desk.tree.scan()
    problems = list(scan.problems)
    places: dict[str, Found] = {}
    taken: set[str] = set()
    for found in scan.files:
        ticket = desk.readable(found, problems)
        if ticket is None:
            continue
        taken.add(ticket.id)
        if ticket.external_id is not None and ticket.opened and ticket.opened.get("source") == source:
            places[ticket.external_id] = found
    return Earlier(
        by_number=Loading(desk, places),
        by_id=Loading(desk, {found.id: found for found in places.values()}),
        taken=frozenset(taken),
        problems=tuple(problems),
    )

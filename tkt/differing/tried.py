"""What would a change of the configuration do to the tickets of now?

Tried on those that are not closed, and on those received in the last 30 days.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from functools import partial

from tkt.comparison import Comparison
from tkt.desk import UNREADABLE
from tkt.differences import Effects, effects
from tkt.differing.sides import Sides
from tkt.errors import Problem, TktError
from tkt.frozen import dataclass
from tkt.late import late
from tkt.model import Ticket
from tkt.store.codec.tickets import read_ticket
from tkt.store.files import FileMissing, read_file
from tkt.store.tree import TICKETS

RECENT = timedelta(days=30)
_DAY_OF_ID = late(r"(\d{2})(\d{2})(\d{2})-[0-9A-Z]{5}$")


@dataclass(frozen=True)
class Trial:
    """What came of it."""

    found: Effects = field(default_factory=Effects)
    problems: tuple[Problem, ...] = ()


def tried(comparison: Comparison, sides: Sides, now: datetime, changed: Collection[str]) -> Trial:
    """The effects of the new configuration; none where no file of it differs or one cannot be read."""
    old, new = sides.old, sides.new
    if old is new or old.levels is None or new.levels is None or new.config is None:
        return Trial()
    current = _Current(comparison, now, closed=new.config.closed)
    try:
        return Trial(effects(current.tickets(), old, new, now, changed), tuple(current.problems))
    except TktError as error:
        return Trial(problems=(*current.problems, *error.problems))


@dataclass
class _Current:
    """The tickets of the new end that are open or new enough."""

    comparison: Comparison
    now: datetime
    closed: Container[str]
    problems: list[Problem] = field(default_factory=list)

    def tickets(self) -> Iterator[Ticket]:
        """Those that differ first. Errors: GitError."""
        known = {pair.id: pair.after for pair in self.comparison.tickets if pair.after is not None}
        for ticket in (*known.values(), *self._others(known)):
            is_recent = ticket.received_at >= self.now - RECENT
            if ticket.received_at <= self.now and (is_recent or ticket.status not in self.closed):
                yield ticket

    def _others(self, known: Mapping[str, Ticket]) -> Iterator[Ticket]:
        """The tickets that do not differ. Errors: GitError."""
        rev = self.comparison.range.new
        desk = self.comparison.desk
        for path, status, read in self._on_disk(known) if rev is None else self._in_commit(rev, known):
            try:
                yield read_ticket(read(), path=path, status=status, kinds=desk.config.field_kinds)
            except FileMissing:
                continue  # somebody has moved it since the directory was listed
            except UNREADABLE as error:
                self.problems.extend(error.problems)

    def _on_disk(self, known: Mapping[str, Ticket]) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        desk = self.comparison.desk
        for found in desk.tree.scan().files:
            if found.id not in known and self._may_count(found.status, found.id):
                yield found.path, found.status, partial(read_file, desk.root / found.path, root=desk.root)

    def _in_commit(
        self, rev: str, known: Mapping[str, Ticket]
    ) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        wanted: dict[str, str] = {}
        for path, blob in self.comparison.repo.blobs_below(rev, (TICKETS,)).items():
            parts = path.split("/")
            name = parts[-1].removesuffix(".yaml")
            is_ticket = path.endswith(".yaml") and len(parts) >= 3 and name not in known
            if is_ticket and self._may_count(parts[1], name):
                wanted[path] = blob
        held = self.comparison.repo.blobs(wanted.values())
        for path, blob in wanted.items():
            yield path, path.split("/")[1], partial(held.__getitem__, blob)

    def _may_count(self, status: str, ticket_id: str) -> bool:
        """Whether its file must be read to know; an id begins with the day on which it was received."""
        day = _DAY_OF_ID.search(ticket_id)
        if status not in self.closed or day is None:
            return True
        year, month, number = map(int, day.groups())
        try:
            received = date(2000 + year, month, number)
        except ValueError:
            return True
        return received >= (self.now - RECENT).date() - timedelta(days=1)

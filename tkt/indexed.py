"""How does a desk look at all its tickets without reading them all? Through the index, and past it in doubt.

What the index cannot give (a file that cannot be read, a ticket judged at an instant before its last
event) is read from the file; the answer is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tkt.columns import Columns, Source
from tkt.columns.summary import Summary, brief_of, decoded, encoded
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.store.gitnear import near_place
from tkt.store.gitquick import state_folder
from tkt.store.index import Index, Parts
from tkt.store.index.fingerprint import fingerprint
from tkt.store.tree import Found, Scan

if TYPE_CHECKING:
    from tkt.desk import Desk
    from tkt.kpis.facts import LifeFacts

FILE = "index.sqlite"


@dataclass(frozen=True)
class Rows:
    """What lists look at: a row for every readable ticket, and every file that is not one."""

    rows: tuple[Columns, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Lives:
    """What reports look at: the facts of every readable ticket, and every file that is not one."""

    facts: list[LifeFacts]
    problems: tuple[Problem, ...]


class Indexed:
    """The tickets of a desk, by way of its index."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, statuses: Collection[str] | None, now: datetime) -> Rows:
        """A row for each ticket of these status directories (None: of all), and every problem met there.

        They are in order of their ids.
        """
        scan = self._desk.tree.scan(statuses)
        look = _Look(self._desk, self._index, scan, now)
        return Rows(tuple(look.rows(statuses)), (*scan.problems, *look.problems))

    def lives(self) -> Lives:
        """What reports need of every ticket, in order of their ids."""
        from tkt.kpis.facts import LifeFacts, facts_of

        decoded = msgspec.msgpack.Decoder(LifeFacts).decode
        scan = self._desk.tree.scan()
        problems = list(scan.problems)
        facts = []
        for found, content in self._index.parts("life", scan.files):
            if content is not None:
                facts.append(decoded(content))
            elif (ticket := self._desk.readable(found, problems)) is not None:
                facts.append(facts_of(ticket, self._desk.config, self._desk.levels))
        facts.sort(key=attrgetter("id"))
        return Lives(facts, tuple(problems))

    @property
    def stands(self) -> bool:
        """Whether there is an index already, so that a look at all tickets is quick."""
        return index_file(self._desk.root).is_file()

    def tickets_keeping(self, words: Collection[str], files: Sequence[Found]) -> Iterator[Ticket]:
        """The readable tickets whose summaries hold one of these words, whatever its case.

        `files` must be all that their folders hold.
        """
        wanted = [word.casefold().encode() for word in words]
        parts = self._index.parts("summary", files)
        holding = [
            found
            for found, content in parts
            if content is None or any(word in content.lower() for word in wanted)
        ]
        for found in sorted(holding):
            ticket = self._desk.readable(found, [])
            if ticket is not None:
                yield ticket

    @cached_property
    def _index(self) -> Index:
        root = self._desk.root
        return Index(root, index_file(root), fingerprint(root, self._desk.config), self._computed)

    def _computed(self, found: Found, data: bytes) -> Parts:
        """What is kept of a file. Errors: as `tkt.store.index.working` takes them."""
        from tkt.columns.summing import summary_from, text_of
        from tkt.kpis.facts import computed_of

        desk = self._desk
        ticket = desk.parsed(found, data).ticket
        clocks, life = computed_of(ticket, desk.config, desk.levels)
        summary = summary_from(ticket, desk.config, clocks)
        return Parts(
            brief=brief_of(summary),
            summary=encoded(summary),
            life=msgspec.msgpack.encode(life),
            text=text_of(ticket).encode(),
        )


class _Look:
    """One look at the tickets of a scan: its rows, the problems met, and what the rows may ask for later."""

    def __init__(self, desk: Desk, index: Index, scan: Scan, now: datetime) -> None:
        self._desk = desk
        self._index = index
        self._files = scan.files
        self._found = index.look("summary", scan.files)
        self.problems: list[Problem] = []
        self._source = Source(
            config=desk.config,
            levels=lambda: desk.levels,
            calendars=lambda: desk.calendars,
            now=now,
            summary=self._summary,
            ticket=self._ticket,
            text=self._text,
            judged_at=lambda row: self._judged_at(row, now) if desk.is_live else now,
        )

    def rows(self, statuses: Collection[str] | None) -> Iterator[Columns]:
        """A row for each file that can be read and still lies there."""
        for found, brief in self._found.briefs():
            if brief is not None:
                yield Columns(found.id, found.status, found.path, brief, self._source)
                continue
            row = self._read(found)
            if row is not None and (statuses is None or row.status in statuses):
                yield row  # else it has moved away since the directory was listed

    def _read(self, found: Found) -> Columns | None:
        """The row of a file of which the index knows nothing; None where it cannot be read or is gone."""
        desk = self._desk
        ticket = desk.readable(found, self.problems)
        if ticket is None:
            return None
        return Columns(ticket.id, ticket.status, ticket.path, self._summed(ticket), self._source)

    def _summary(self, row: Columns) -> Summary:
        """What the index keeps of a row, looked up when it is asked for; else of the ticket."""
        content = self._found.content(row.path or "")
        return self._summed(self._ticket(row)) if content is None else decoded(content)

    def _summed(self, ticket: Ticket) -> Summary:
        from tkt.columns.summing import summary_of

        return summary_of(ticket, self._desk.config, self._desk.levels)

    def _place(self, row: Columns) -> Found:
        path = row.path or ""
        return Found(row.id, row.status, path, str(self._desk.root / path))

    def _ticket(self, row: Columns) -> Ticket:
        return self._desk.loaded(self._place(row)).ticket

    def _text(self, row: Columns) -> str:
        kept = self._texts.get(row.path or "")
        if kept is not None:
            return kept.decode()
        from tkt.columns.summing import text_of

        return text_of(self._ticket(row))

    @cached_property
    def _texts(self) -> dict[str, bytes]:
        """Path → what words are searched in; all of them, since a search looks at all."""
        found = self._index.parts("text", self._files)
        return {file.path: content for file, content in found if content is not None}

    def _judged_at(self, row: Columns, now: datetime) -> datetime:
        """As `Desk.settled`; the ticket itself is read only where it must say how quickly it was written."""
        from tkt.desk import MOMENTS

        updated = row.summary.updated_at
        if updated <= now:
            return now
        return updated if updated - now <= MOMENTS else self._desk.settled(row.ticket, now)


def index_file(root: Path) -> Path:
    """Where the index of the desk at `root` is kept."""
    return state_folder(root, near_place(root)) / FILE

"""How does a desk look at all its tickets without reading them all? Through the index, and past it in doubt.

What the index cannot give (a file that cannot be read or kept) is read from the file; the answer is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from tkt.columns import Columns, Source
from tkt.columns.summary import Line, Summary, brief_of, decoded, encoded, line_in, tells_wake
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.rows_on_demand import Hits, RowOf
from tkt.store.gitnear import near_place
from tkt.store.gitquick import state_folder
from tkt.store.index import Index, Parts, fulltext
from tkt.store.index.entries import blob_in, brief_in
from tkt.store.index.fingerprint import code_print, fingerprint
from tkt.store.index.fulltext import Doc
from tkt.store.index.glance import glance
from tkt.store.index.wording import Tell, Words, known_words, words_as_they_stand
from tkt.store.names import SUFFIX
from tkt.store.tree import TICKETS, Found, Scan

if TYPE_CHECKING:
    from tkt.desk import Desk
    from tkt.kpis.facts import Measured
    from tkt.timerules.wake import Wake

FILE = "index.sqlite"
SOME_TEXTS = 200
"""Texts that are fetched one by one; who asks for more will ask for most."""


@dataclass(frozen=True)
class Rows:
    """What lists look at: a row for every readable ticket, and every file that is not one."""

    rows: Sequence[Columns]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Lives:
    """What reports look at: the facts of every readable ticket, and every file that is not one."""

    facts: list[Measured]
    problems: tuple[Problem, ...]


class Summaries:
    """Every ticket file with git's name of its content, and what the index keeps of it, fetched when asked for."""

    def __init__(self, index: Index, scan: Scan) -> None:
        self.files = scan.files  # in order of their ids
        self.problems = scan.problems
        self._look = index.look("summary", scan.files)

    def blob(self, found: Found) -> str:
        """Git's name of its content; empty where the file cannot be read or kept."""
        return blob_in(self._look.held(found.path)).hex()

    def encoded(self, found: Found) -> bytes | None:
        """Its summary as bytes (`tkt.columns.summary.decoded`); None as above."""
        return self._look.content(found.path)

    def kept(self, found: Found) -> bytes | None:
        """All of it as bytes (`Desk.ticket_in`); None as above."""
        return self._look.other("ticket", found)


class Indexed:
    """The tickets of a desk, by way of its index."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(
        self, statuses: Collection[str] | None, now: datetime, *, wakes: bool = False, month: str = ""
    ) -> Rows:
        """A row for each ticket of these status directories (None: of all), and every problem met there.

        They are in order of their ids. `month`: as `Tree.scan`. `wakes`: what the index lacks of them is found out on all cores, and kept.
        """
        scan = self._desk.tree.scan(statuses, month=month)
        look = Seen(self._desk, self._waking_index if wakes else self._index, scan, now)
        return Rows(tuple(look.rows(statuses)), (*scan.problems, *look.problems))

    def summaries(self, *, month: str = "") -> Summaries:
        """All tickets, for who looks at few of them closely; `month`: as `Tree.scan`."""
        return Summaries(self._index, self._desk.tree.scan(month=month))

    def lives(self, *, grouped: bool) -> Lives:
        """What reports need of every ticket, in order of their ids; `grouped`: with what they are grouped by."""
        from tkt.kpis.facts import LifeFacts, Measured, facts_of, thinned

        decoded = msgspec.msgpack.Decoder[Measured](LifeFacts if grouped else Measured).decode
        scan = self._desk.tree.scan()
        problems, parts = list(scan.problems), self._index.parts("life", scan.files)
        del scan  # the files go one after the other as their facts come: both together are much
        facts: list[Measured] = []
        words: dict[str, str] = {}
        for found, content in parts:
            if content is not None:
                facts.append(thinned(decoded(content), words))
            elif (ticket := self._desk.readable(found, problems)) is not None:
                facts.append(facts_of(ticket, self._desk.config, self._desk.levels))
        facts.sort(key=attrgetter("id"))
        return Lives(facts, tuple(problems))

    def tickets(self, problems: list[Problem], ids: Collection[str] | None = None) -> Iterator[Ticket]:
        """The readable tickets (of these ids), in order of their ids, one at a time; of what is none, problems more.

        With `ids` only of files that have one.
        """
        scan = self._desk.tree.scan()
        if ids is None:
            problems.extend(scan.problems)
        files = scan.files if ids is None else tuple(found for found in scan.files if found.id in ids)
        look = self._index.look("ticket", files, are_all=ids is None)
        for found in files:
            ticket = self._desk.readable(found, problems, look.other("ticket", found))
            if ticket is not None:
                yield ticket

    def seen(self, statuses: Collection[str] | None, now: datetime) -> Seen:
        """A look at the tickets of these status directories (None: of all), for who wants few of them."""
        return Seen(self._desk, self._index, self._desk.tree.scan(statuses), now)

    def glimpsed(self, files: Sequence[Found], now: datetime) -> Seen:
        """A look at these tickets alone."""
        return Seen(self._desk, self._index, Scan(files=tuple(files)), now, are_all=False)

    def row_of(self, now: datetime) -> RowOf:
        """Every readable ticket's row by its id."""
        return RowOf(self, {it.id: it for it in self._desk.tree.scan().files}, now)

    def hits(self, docs: Sequence[Doc], now: datetime) -> Hits:
        """The rows of the tickets of these texts, which are known to hold what they held when they were put in."""
        return Hits(self, docs, now)

    def proved(self, docs: Iterable[Doc], now: datetime) -> Seen:
        """A look at those, of which nothing needs to be looked at again."""
        contents = {doc.path: doc.content for doc in docs}
        files = tuple(_placed(self._desk.root, path) for path in contents)
        return Seen(self._desk, self._index, Scan(files=files), now, are_all=False, proved=contents)

    def state(self, statuses: Collection[str] | None) -> Callable[[], bytes] | None:
        """Begin to look; what is returned waits for bytes that are others when any ticket file is, or what entries
        depend on. They are empty where that cannot be told.

        None for who asks for open tickets alone: a look at these takes less time; and where a sparse checkout
        leaves tickets out, of which no file says anything.
        """
        desk = self._desk
        if (statuses is not None and desk.config.closed.isdisjoint(statuses)) or desk.tree.left_out:
            return None
        answer = glance(str(desk.root / TICKETS))
        depends_on = crc32(fingerprint(desk.root, desk.config)).to_bytes(4, "big")
        return cache(lambda: (found := answer()) and found + depends_on)

    def words_as_they_stand(self) -> Words | None:
        """The full text, whatever tickets it knows (`Words.known_state`); to be closed."""
        return words_as_they_stand(words_file(self._desk.root), code_print())

    @property
    def words_stand(self) -> bool:
        """Whether there is a full text already."""
        return words_file(self._desk.root).is_file()

    @property
    def stands(self) -> bool:
        """Whether there is an index already, so that a look at all tickets is quick."""
        return index_file(self._desk.root).is_file()

    def tickets_from(self, requester: Collection[str], files: Sequence[Found]) -> Iterator[Ticket]:
        """The readable tickets with one of these identities, and a few others; the latest first, read as asked for.

        `files` must be all that their folders hold.
        """
        from tkt.origins import seen_by  # asked by `new` alone

        came_if_seen = seen_by(requester)
        theirs: list[tuple[int, str, Found]] = []
        for found, origin in self._index.look("summary", files).origins():
            at = self._came(found) if origin is None else came_if_seen(origin)
            if at is not None:
                theirs.append((at, found.id, found))
        for _, _, found in sorted(theirs, reverse=True):
            ticket = self._desk.readable(found, [])
            if ticket is not None:
                yield ticket

    def _came(self, found: Found) -> int | None:
        """When a ticket came of which the index knows nothing; None where it cannot be read."""
        from tkt.origins import came

        ticket = self._desk.readable(found, [])
        return None if ticket is None else came(ticket)

    @cached_property
    def _index(self) -> Index:
        root = self._desk.root
        return Index(root, index_file(root), fingerprint(root, self._desk.config), self._computed)

    @cached_property
    def _waking_index(self) -> Index:
        """The same one, of which entries without a wake are no entries."""
        return self._index.which(tells_wake, partial(self._computed, with_wake=True))

    def _computed(self, found: Found, data: bytes, *, with_wake: bool = False) -> Parts:
        """What is kept of a file. Errors: as `tkt.store.index.working` takes them."""
        from tkt.columns.summing import summary_from, text_of
        from tkt.kpis.facts import computed_of
        from tkt.notices import owes
        from tkt.origins import origin_of
        from tkt.store.codec.kept import ticket_kept

        desk = self._desk
        ticket = desk.parsed(found, data).ticket
        clocks, life = computed_of(ticket, desk.config, desk.levels)
        summary = summary_from(ticket, desk.config, clocks)
        return Parts(
            origin=origin_of(ticket),
            brief=brief_of(summary, wake=self._wake(ticket) if with_wake else None, owed=owes(ticket)),
            summary=encoded(summary),
            life=msgspec.msgpack.encode(life),
            text=text_of(ticket).encode(),
            ticket=ticket_kept(ticket),
        )

    def _wake(self, ticket: Ticket) -> Wake:
        """It takes as long as all the rest, and nobody but `tkt tick` asks for it."""
        from tkt.timerules.waking import wake_of

        return wake_of(ticket, self._desk.config, self._desk.levels)


class Seen:
    """One look at the tickets of a scan: its rows, the problems met, and what the rows may ask for later."""

    def __init__(
        self,
        desk: Desk,
        index: Index,
        scan: Scan,
        now: datetime,
        *,
        are_all: bool = True,
        proved: Mapping[str, bytes] | None = None,
    ) -> None:
        self._desk = desk
        self._index = index
        self._files = scan.files
        self._texts_asked = 0
        self._found = index.look("summary", scan.files, are_all=are_all, proved=proved)
        self.misplaced = scan.problems
        self.problems: list[Problem] = []  # of files that were read
        self._source = Source(
            config=desk.config,
            levels=lambda: desk.levels,
            calendars=lambda: desk.calendars,
            now=now,
            summary=self._summary,
            line=self._line,
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

    def words(self, *, builds: bool, tell: Tell | None = None) -> Words | None:
        """The full text, knowing these tickets; to be closed. None: as `tkt.store.index.wording.known_words`."""
        file = words_file(self._desk.root)
        return known_words(file, code_print(), self._found, builds=builds, tell=tell)

    def known(self, docs: Iterable[Doc]) -> Iterator[tuple[Doc, Columns]]:
        """The rows of those of these texts that are of tickets seen here."""
        for doc in docs:
            path = doc.path
            held = self._found.held(path)
            if held:
                status = path.split("/", 2)[1]
                yield doc, Columns(doc.name.removesuffix(SUFFIX), status, path, brief_in(held), self._source)

    def read(self, paths: Collection[str], statuses: Collection[str] | None) -> Iterator[Columns]:
        """The rows of files of which the index knows nothing."""
        for found in self._files if paths else ():
            if found.path in paths:
                row = self._read(found)
                if row is not None and (statuses is None or row.status in statuses):
                    yield row

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

    def _line(self, row: Columns) -> Line:
        """As much of it as a list shows."""
        content = self._found.content(row.path or "")
        return self._summed(self._ticket(row)) if content is None else line_in(content)

    def _summed(self, ticket: Ticket) -> Summary:
        from tkt.columns.summing import summary_of

        return summary_of(ticket, self._desk.config, self._desk.levels)

    def _place(self, row: Columns) -> Found:
        path = row.path or ""
        return Found(row.id, row.status, path, str(self._desk.root / path))

    def _ticket(self, row: Columns) -> Ticket:
        found = self._place(row)
        return self._desk.ticket_in(found, self._found.other("ticket", found))

    def _text(self, row: Columns) -> str:
        kept = self._kept_text(row.path or "")
        if kept is not None:
            return kept.decode()
        from tkt.columns.summing import text_of

        return text_of(self._ticket(row))

    def _kept_text(self, path: str) -> bytes | None:
        """What words are searched in; for the first few of the ticket alone, then of all of them."""
        self._texts_asked += 1
        if self._texts_asked > SOME_TEXTS or not self._found.held(path):
            return self._texts.get(path)
        return self._found.other("text", _placed(self._desk.root, path))

    @cached_property
    def _texts(self) -> dict[str, bytes]:
        """Path → what words are searched in; all of them, since a search looks at all."""
        found = self._index.parts("text", self._files)
        return {file.path: content for file, content in found if content is not None}

    def _judged_at(self, row: Columns, now: datetime) -> datetime:
        """As `Desk.settled`; the ticket itself is fetched only where it must say how quickly it was written."""
        updated = row.line.updated_at
        if updated <= now:
            return now
        from tkt.desk import MOMENTS

        return updated if updated - now <= MOMENTS else self._desk.settled(row.ticket, now)


def _placed(root: Path, path: str) -> Found:
    """The ticket file at `tickets/STATUS/…/ID.yaml`."""
    parts = path.split("/")
    return Found(parts[-1].removesuffix(SUFFIX), parts[1], path, f"{root}/{path}")


def index_file(root: Path) -> Path:
    """Where the index of the desk at `root` is kept."""
    return state_folder(root, near_place(root)) / FILE


def words_file(root: Path) -> Path:
    """Where the full text of the desk at `root` is kept."""
    return state_folder(root, near_place(root)) / fulltext.FILE

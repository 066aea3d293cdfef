"""What does a desk hold? Opens one, finds tickets, judges them; `tkt.changes` writes.

A file that cannot be read never hides the others: reading gives tickets and problems side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.clock import now_at_the_door
from tkt.columns import Columns, Source
from tkt.errors import ConfigError, DataError, NotFound, Problem, did_you_mean
from tkt.fields import FieldSpec, field_specs
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Customer, Ticket
from tkt.query import Query, parse_query
from tkt.schema import Configuration
from tkt.store import sparse
from tkt.store.config import find_desk, load_configuration
from tkt.store.customers import CUSTOMERS, scan_customers
from tkt.store.files import FileError, FileMissing, read_file
from tkt.store.tree import TICKETS, Found, Tree

if TYPE_CHECKING:
    from tkt.indexed import Indexed, Lives, Rows, Summaries
    from tkt.rows_on_demand import RowOf
    from tkt.sla import ServiceLevels, Verdict
    from tkt.worktime import Calendar


MOMENTS = timedelta(minutes=5)
UNREADABLE = (DataError, FileError)
"""What one file may be without hiding the others: not understood, or not given by the system."""


@dataclass(frozen=True)
class Reading:
    """What was found in a desk: every readable ticket, and every file that is not one."""

    tickets: tuple[Ticket, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Loaded:
    """A ticket and the bytes it was read from, which a change must find unchanged."""

    ticket: Ticket
    data: bytes


class Desk:
    """One desk, opened for one command."""

    def __init__(self, root: Path, config: Configuration) -> None:
        self.root = root
        self.config = config
        self.tree = Tree(root, config)
        self.is_live = False

    @classmethod
    def open(cls, path: Path | str = ".") -> Desk:
        """The desk that `path` lies in. Errors: NotFound, ConfigError."""
        root = find_desk(Path(path))
        return cls(root, load_configuration(root))

    @property
    def zone(self) -> str:
        """The desk's time zone, in which dates are meant and printed."""
        return self.config.desk.zone

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """Every field that a query may name."""
        return dict(field_specs(self.config))

    @cached_property
    def _indexed(self) -> Indexed:
        from tkt.indexed import Indexed  # with SQLite: what one ticket needs does without

        return Indexed(self)

    @cached_property
    def levels(self) -> ServiceLevels:
        """The calendars and policies. Errors: ConfigError."""
        from tkt.sla import ServiceLevels

        return ServiceLevels.from_configuration(self.config)

    @cached_property
    def calendars(self) -> Mapping[str, Calendar]:
        """The calendars of `levels`; a list that counts what is left needs no more of them. Errors: ConfigError."""
        if "levels" in self.__dict__:
            return self.levels.calendars
        from tkt.policies.calendars import read_calendars

        calendars, problems = read_calendars(self.config)
        if problems:
            raise ConfigError(problems)
        return calendars

    # --- reading ---

    def read(self, statuses: Collection[str] | None = None) -> Reading:
        """All tickets in these status directories (None: all), and every problem met there."""
        scan = self.tree.scan(statuses)
        tickets: list[Ticket] = []
        problems = list(scan.problems)
        for found in scan.files:
            ticket = self.readable(found, problems)
            if ticket is not None and (statuses is None or ticket.status in statuses):
                tickets.append(ticket)  # else it has moved away since the directory was listed
        return Reading(tuple(tickets), tuple(problems))

    def rows(
        self,
        statuses: Collection[str] | None,
        now: datetime,
        *,
        wakes: bool = False,
        ended_since: datetime | None = None,
    ) -> Rows:
        """A row for each ticket of these status directories (None: of all), and every problem met there.

        `wakes`: each will be asked for its `wake`. `ended_since`: nothing is read of months before that of
        this instant (UTC), in which tickets lie that ended then.
        """
        month = "" if ended_since is None else f"{ended_since.astimezone(UTC):%Y-%m}"
        return self._indexed.rows(statuses, now, wakes=wakes, month=month)

    def row_of(self, now: datetime) -> RowOf:
        """Every readable ticket's row by its id."""
        return self._indexed.row_of(now)

    def matching(self, query: Query, now: datetime) -> Rows:
        """The rows that a query holds for, of the directories that it can reach."""
        reached = self.statuses_of(query)
        if query.words and self._indexed.words_stand:
            from tkt.searching.tickets import found_by_words

            state = self._indexed.state(reached)
            worded = found_by_words(self._indexed, query, reached, now, state)
            if worded is not None:
                return replace(worded, rows=tuple(sorted(worded.rows, key=attrgetter("id"))))
        found = self.rows(reached, now)
        surely = {name for name in self.config.workflow.statuses if query.must_match_status(name)}
        if surely.issuperset(reached or self.config.workflow.statuses):
            return found
        rows = (row for row in found.rows if row.status in surely or query.matches(row.lookup))
        return replace(found, rows=tuple(rows))

    def lives(self, *, grouped: bool = False) -> Lives:
        """What reports need of every ticket, and every problem met; `grouped`: as `LifeFacts`."""
        return self._indexed.lives(grouped=grouped)

    def summaries(self, *, ended_since: datetime | None = None) -> Summaries:
        """Every ticket file, with what the index knows of it; `ended_since`: as of `rows`."""
        month = "" if ended_since is None else f"{ended_since.astimezone(UTC):%Y-%m}"
        return self._indexed.summaries(month=month)

    def readable(self, found: Found, problems: list[Problem], kept: bytes | None = None) -> Ticket | None:
        """The ticket in a file; None where somebody has removed it, or where it cannot be read: a problem more.

        `kept`: as of `ticket_in`.
        """
        try:
            return self.ticket_in(found, kept)
        except FileMissing:
            return None
        except UNREADABLE as error:
            problems.extend(error.problems)
            return None

    def ticket_in(self, found: Found, kept: bytes | None) -> Ticket:
        """The ticket in a file, of the bytes that the index keeps of it if there are any. Errors: as `loaded`."""
        if kept is None:
            return self.loaded(found).ticket
        from tkt.store.codec.kept import ticket_from

        return ticket_from(kept, path=found.path, status=found.status)

    def all_tickets(self, problems: list[Problem], ids: Collection[str] | None = None) -> Iterator[Ticket]:
        """The readable tickets (of these ids), in order of their ids, one at a time, by way of the index."""
        return self._indexed.tickets(problems, ids)

    def load(self, part: str) -> Loaded:
        """The one ticket whose id has this part. Errors: NotFound, Ambiguous, DataError."""
        return self.loaded(self.find(part))

    def ticket(self, part: str) -> Ticket:
        """The one ticket whose id has this part, with its present."""
        return self.load(part).ticket

    def find(self, part: str) -> Found:
        """The file of the one ticket whose id has this part, else of the one whose former id had it.

        Errors: NotFound, Ambiguous; LeftOut where a sparse checkout keeps it off the disk.
        """
        from tkt.finding import found_by

        return found_by(self, part)

    def refuse_left_out(self, folder: str = TICKETS) -> None:
        """For what needs every file below `folder`. Errors: LeftOut where a sparse checkout keeps some off the disk."""
        paths = sparse.left_out(self.root, folder)
        if paths:
            raise sparse.needs_all(self.root, paths)

    def bytes_of(self, found: Found) -> tuple[Found, bytes]:
        """What a ticket's file holds, and where it lies: a writer may have moved it since it was found.

        Errors: FileMissing, FileError.
        """
        try:
            return found, read_file(self.root / found.path, root=self.root)
        except FileMissing:
            for again in self.tree.find(found.id):
                with suppress(FileMissing):
                    return again, read_file(self.root / again.path, root=self.root)
            raise

    def loaded(self, found: Found) -> Loaded:
        """The ticket in a file. Errors: as `bytes_of` and `parsed`."""
        return self.parsed(*self.bytes_of(found))

    def parsed(self, found: Found, data: bytes) -> Loaded:
        """The ticket that a file with `data` holds. Errors: DataError."""
        from tkt.store.codec.tickets import read_ticket

        ticket = read_ticket(data, path=found.path, status=found.status, kinds=self.config.field_kinds)
        return Loaded(ticket, data)

    # --- asking ---

    def query(self, text: str, now: datetime, me: str | None = None) -> Query:
        """A query in this desk's words. Errors: QueryError."""
        person = self.config.persons.get(me or "")
        return parse_query(
            text,
            self.fields,
            now=now,
            zone=self.zone,
            me=me,
            my_teams=self.config.teams_of(person) if person else (),
        )

    def tickets(
        self, query: str = "status:open", *, now: datetime | None = None, me: str | None = None
    ) -> tuple[Ticket, ...]:
        """The readable tickets that match, oldest id first; `now` is the time of the call where none is given."""
        at = now or now_at_the_door()
        found = self.matching(self.query(query, at, me), at)
        tickets = []
        for row in found.rows:
            with suppress(*UNREADABLE):  # it has gone since
                tickets.append(row.ticket)
        return tuple(tickets)

    def tickets_from(self, requester: Collection[str], *, since: datetime) -> Iterator[Ticket]:
        """The readable tickets that are open, or ended in the month of `since` or later, of these identities.

        The latest first, a few of others among them. Looked for by the index where one stands, else in the files.
        """
        files = self.tree.lately(f"{since.astimezone(UTC):%Y-%m}") if requester else []
        if self._indexed.stands:
            return self._indexed.tickets_from(requester, files)
        found = self._holding(requester, files)
        return iter(sorted(found, key=lambda it: (it.received_at, it.id), reverse=True))

    def tickets_holding(self, words: Collection[str]) -> Iterator[Ticket]:
        """The readable tickets whose files hold one of these words, whatever its case.

        Looks at the bytes first: of a large desk only a few files are parsed.
        """
        return self._holding(words, self.tree.scan().files if words else ())

    def _holding(self, words: Collection[str], files: Iterable[Found]) -> Iterator[Ticket]:
        wanted = [word.casefold().encode() for word in words]
        for found in files:
            with suppress(*UNREADABLE):
                there, data = self.bytes_of(found)
                if any(word in data.lower() for word in wanted):
                    yield self.parsed(there, data).ticket

    def statuses_of(self, query: Query) -> tuple[str, ...] | None:
        """The status directories that can hold a match; None for all of them."""
        possible = tuple(name for name in self.config.workflow.statuses if query.can_match_status(name))
        return None if len(possible) == len(self.config.workflow.statuses) else possible

    def columns(self, ticket: Ticket, now: datetime) -> Columns:
        """A ticket with everything that is computed of it."""
        from tkt.columns.summing import summary_of, text_of

        summary = summary_of(ticket, self.config, self.levels)
        source = Source(
            config=self.config,
            levels=lambda: self.levels,
            calendars=lambda: self.calendars,
            now=now,
            summary=lambda _: summary,
            line=lambda _: summary,
            ticket=lambda _: ticket,
            text=lambda _: text_of(ticket),
            judged_at=lambda _: self.settled(ticket, now),
        )
        return Columns(ticket.id, ticket.status, ticket.path, summary, source)

    def verdicts(self, ticket: Ticket, *, now: datetime) -> tuple[Verdict, ...]:
        """What its clocks say at `now`."""
        from tkt.sla import verdicts

        return verdicts(ticket, self.levels, self.settled(ticket, now))

    def settled(self, ticket: Ticket, now: datetime) -> datetime:
        """`now`, or the ticket's last event where it was recorded in the last moments.

        Commands in quick succession put each event a second after the one before, so the last can be
        a little ahead of the clock. Only where the time is the system's: a time that somebody names
        is meant as it is.
        """
        ahead = ticket.updated_at - now
        if not self.is_live or ahead <= timedelta(0):
            return now
        from tkt.actions.actor import is_quick_succession

        return ticket.updated_at if ahead <= MOMENTS or is_quick_succession(ticket, now) else now

    def calendar_of(self, ticket: Ticket, now: datetime) -> Calendar | None:
        """The calendar by which the ticket's promise is counted; None without one."""
        judged = self.verdicts(ticket, now=now)
        names = (verdict.calendar for verdict in judged if not verdict.is_calendar_closed)
        return next((self.levels.calendars[name] for name in names if name is not None), None)

    # --- people and customers ---

    def me(self) -> str:
        """The person whom git's mail address names, else that address, else the login name."""
        from tkt.store.gitquick import quick_user_email

        address = quick_user_email(self.root)
        if address is None:
            from getpass import getuser

            return getuser()
        person = self.config.person_of(address)
        return address if person is None else person.id

    def person_named(self, name: str) -> str:
        """The id of a person, given their id, name or mail address. Errors: NotFound."""
        for person in self.config.persons.values():
            if name in (person.id, person.name) or person.has_mail(name):
                return person.id
        raise NotFound(
            msg("no person {name} in config/people.yaml", name=name),
            hint=did_you_mean(name, self.config.persons),
        )

    def is_bot(self, person: str) -> bool:
        """Whether this is a machine of the desk, whose messages answer nobody."""
        found = self.config.persons.get(person)
        return found is not None and found.kind == "bot"

    def customers(self) -> Iterator[Customer]:
        """The readable customer files; `check` names the others.

        Errors: LeftOut where a sparse checkout keeps some off the disk.
        """
        from tkt.store.codec.customers import read_customer

        self.refuse_left_out(CUSTOMERS)
        paths, _ = scan_customers(self.root)
        for path in paths:
            with suppress(*UNREADABLE):
                yield read_customer(read_file(self.root / path, root=self.root), path=path)

    def rated_customers(self) -> Iterator[Customer]:
        """The readable customers who answered anything that stands on no ticket; few files are parsed."""
        from tkt.store.codec.customers import read_customer

        paths, _ = scan_customers(self.root)
        for path in paths:
            with suppress(*UNREADABLE):
                data = read_file(self.root / path, root=self.root)
                if b"rated" in data:
                    yield read_customer(data, path=path)

    def customer(self, wish: str) -> Customer | None:
        """The customer of that id, or with that contact."""
        return next((c for c in self.customers() if c.id == wish or c.is_known_as(wish)), None)

"""Which tickets does a table make or change?

The rows are looked at twice: `survey` says what is wrong and what would become of each, `tickets` makes
them again one by one, so that a long table never stands in memory as tickets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from tkt.i18n import msg
from tkt.ids import derived_ticket_id
from tkt.intake.rows.again import changed_ticket
from tkt.intake.rows.entry import Entry
from tkt.intake.rows.faults import RowFault
from tkt.intake.rows.headings import ID, NUMBER
from tkt.intake.rows.history import new_ticket
from tkt.intake.rows.known import Known, nothing_known
from tkt.intake.rows.layout import Layout
from tkt.intake.rows.one_row import entry_of
from tkt.intake.rows.reading import CellReader
from tkt.intake.rows.row_reader import RowReader
from tkt.intake.rows.table import Table, TableRow
from tkt.model import NOTHING, Ticket
from tkt.schema import Configuration, FieldDecl, PersonDecl, TeamDecl

PREVIEWED = 3


@dataclass(kw_only=True)
class Survey:
    """What the rows would do to the desk; nothing is written yet."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=lambda: Counter(new=0, changed=0, unchanged=0, events=0))
    faults: list[RowFault] = field(default_factory=list)
    derived: int = 0  # rows without a number elsewhere
    preview: tuple[Ticket, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether every row can be used."""
        return all(fault.used for fault in self.faults)

    @property
    def bad_rows(self) -> frozenset[int]:
        """The rows that go into no ticket."""
        return frozenset(fault.row for fault in self.faults if not fault.used)


class TableImport:
    """One table and one desk."""

    def __init__(
        self,
        table: Table,
        layout: Layout,
        config: Configuration,
        *,
        now: datetime,
        known: Known | None = None,
        taken: Iterable[str] = (),
        customers: Mapping[str, str] = NOTHING,
    ) -> None:
        """`known`: the source's tickets; `taken`: ids of the desk's tickets."""
        self.table = table
        self.layout = layout
        self.source = layout.map.source
        self.reader = RowReader(table, layout, config, now, customers)
        self._config = config
        self._now = now
        self.known = nothing_known(self.source) if known is None else known
        self._there = frozenset(taken)
        self._taken = set(self._there)
        self._ids: dict[str, str] = {}  # number → the id that its new ticket gets
        self._changing: set[int] = set()  # rows that make or change a ticket

    def survey(self) -> Survey:
        """What every row would do, and everything that is wrong with them."""
        found = Survey(rows=len(self.table.rows))
        seen: dict[str, int] = {}
        for row in self.table.rows:
            entry, faults = entry_of(row, self.reader)
            if entry is not None:
                known = self.known.numbered(entry.number)
                faults += self._misplaced(entry, known, seen)
                if all(fault.used for fault in faults):
                    faults += self._count(entry, known, found)
            found.faults += faults
        found.preview = tuple(islice(self.tickets(), PREVIEWED))
        return found

    def tickets(self) -> Iterator[Ticket]:
        """The new and the changed tickets, in the order of the table. Only after `survey`."""
        for row in self.table.rows:
            if row.number in self._changing:
                found = self._ticket(row)
                if found is not None:
                    yield found

    @property
    def people(self) -> dict[str, PersonDecl]:
        """Who owns tickets of the table and is not of the desk."""
        return {
            key: PersonDecl(name=name, kind="former") for key, name in self.reader.cells.people.new.items()
        }

    @property
    def teams(self) -> dict[str, TeamDecl]:
        """Teams that the desk does not have."""
        return {key: TeamDecl(en=name, zh=name) for key, name in self.reader.cells.teams.new.items()}

    @property
    def fields(self) -> dict[str, FieldDecl]:
        """Kept columns that the desk has not declared as fields."""
        return {
            name: FieldDecl(type=kept.type, en=kept.en, zh=kept.zh, source=f"import:{self.source}")
            for name, kept in self.layout.map.keep.items()
            if name not in self._config.taxonomy.fields
        }

    def _misplaced(self, entry: Entry, known: Ticket | None, seen: dict[str, int]) -> list[RowFault]:
        """What is wrong with a row among the others and on this desk."""
        first = seen.setdefault(entry.number, entry.row)
        if first != entry.row:
            return [_double(entry, first)]
        if entry.ticket_id in self._there and (known is None or known.id != entry.ticket_id):
            message = msg("{id} is a ticket of this desk, expected rows from elsewhere", id=entry.ticket_id)
            hint = msg("tkt set and tkt batch change tickets that are here")
            return [RowFault(row=entry.row, message=message, hint=hint)]
        return []

    def _count(self, entry: Entry, known: Ticket | None, found: Survey) -> tuple[RowFault, ...]:
        """What becomes of a row that can be used, and what of it is not taken over."""
        faults: tuple[RowFault, ...] = ()
        if known is None:
            self._ids[entry.number] = self._fresh_id(entry)
            ticket: Ticket | None = self._made(entry)
        else:
            again = changed_ticket(entry, known, self.source, self._config, self._now)
            ticket, faults = again.ticket, again.faults
            if any(not fault.used for fault in faults):
                return faults
        found.derived += entry.is_derived
        found.counts["new" if known is None else "changed" if ticket else "unchanged"] += 1
        if ticket is not None:
            found.counts["events"] += len(ticket.events) - len(known.events if known else ())
            self._changing.add(entry.row)
        return faults

    def _ticket(self, row: TableRow) -> Ticket | None:
        entry, _faults = entry_of(row, self.reader)
        if entry is None:
            return None
        known = self.known.numbered(entry.number)
        if known is None:
            return self._made(entry)
        return changed_ticket(entry, known, self.source, self._config, self._now).ticket

    def _made(self, entry: Entry) -> Ticket:
        ticket_id, is_ruled = self._ids[entry.number], not self.reader.is_ours
        return new_ticket(entry, ticket_id, self.source, self._config, is_ruled=is_ruled)

    def _fresh_id(self, entry: Entry) -> str:
        """The id that this number gets in every clone."""
        day = entry.received.astimezone(ZoneInfo(self._config.desk.zone))
        prefix = self._config.desk.prefix
        found = derived_ticket_id(day, self.source, entry.number, taken=self._taken, prefix=prefix)
        self._taken.add(found)
        return found


def _double(entry: Entry, first: int) -> RowFault:
    if entry.is_derived:
        message = msg("says the same as row {row}, expected one row a ticket", row=first)
        hint = msg("remove one, or give both a number in a column 工单号 or external_id")
        return RowFault(row=entry.row, message=message, hint=hint)
    message = msg(
        "number {number} stands in row {row} already, expected each once", number=entry.number, row=first
    )
    return RowFault(row=entry.row, message=message)


def numbers_in(table: Table, layout: Layout, config: Configuration) -> frozenset[str]:
    """The numbers elsewhere that the rows have, by which earlier imports are found."""
    cells = CellReader(layout.map, config, table.day_shift)
    places = [it.place for meaning in (NUMBER, ID) for it in layout.of(meaning)]
    found = (
        cells.read(NUMBER, row.cells[place], NOTHING)
        for row in table.rows
        for place in places
        if place < len(row.cells)
    )
    return frozenset(str(number) for number in found if isinstance(number, str))

"""What does one row say, in the desk's words?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tkt.errors import Bug
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.intake.log.cells import CellReader, Cells, Reading
from tkt.intake.log.maps import LogMap, StateDecl
from tkt.intake.log.names import Names
from tkt.intake.log.rows import PLACE, LogRow, LogRows, RowFault, columns_in
from tkt.model import Value
from tkt.schema import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that can be used. A key that is not in `values` stays as the ticket had it."""

    row: LogRow
    number: str
    at: datetime  # when the row was written; UTC
    opened_at: datetime | None
    by: str | None  # the person, where the map has a column for it
    state: StateDecl | None  # None: the ticket stays in its status
    state_word: str
    values: Mapping[str, Value]  # None: the log says that there is none
    resolution: Mapping[str, Value] | None  # where the status is a finished one

    def fault(self, kind: str, message: Message, *, used: bool = True) -> RowFault:
        """Something that is wrong with this row."""
        return fault_of(self.row, self.number, kind, message, used=used)


def fault_of(row: LogRow, number: str, kind: str, message: Message, *, used: bool = True) -> RowFault:
    """What is wrong with `row`."""
    return RowFault(kind=kind, line=row.line, number=number, message=message, used=used, cells=row.cells)


class _Column:
    """One column of the log and the key it becomes; every different cell is read once."""

    def __init__(self, key: str, position: int, read: CellReader) -> None:
        self.key = key
        self.position = position
        self._read = read
        self._known: dict[str, Reading] = {}

    def __call__(self, row: LogRow) -> Reading:
        cell = row.cells[self.position]
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]


class RowReader:
    """Turns rows into changes; collects faults, and the people and teams that the desk lacks."""

    def __init__(self, header: Sequence[str], logmap: LogMap, config: Configuration) -> None:
        self.faults: list[RowFault] = []
        self.people = Names(logmap.people, {key: (it.name,) for key, it in config.persons.items()})
        self.teams = Names(
            logmap.teams, {key: (it.en or key, it.zh or key) for key, it in config.people.teams.items()}
        )
        self.cells = Cells.of(logmap, config.desk.zone)
        self._map = logmap
        self._finished = config.finished
        self._positions = {name: position for position, name in enumerate(header)}
        names, cells = logmap.columns, self.cells
        self._number = self._column("number", names.number, cells.text)
        self._at = self._column("at", names.changed_at, cells.instant)
        self._opened_at = self._column("opened_at", names.opened_at, cells.instant)
        self._state = self._column("state", names.state, cells.text)
        by = names.changed_by
        self._by = None if by is None else self._column("by", by, cells.name_of(self.people))
        self._values = tuple(self._value_columns())
        named = (column for column in self._values if column.key in ("team", "owner"))
        self._naming = (*(() if self._by is None else (self._by,)), *named)

    def by_number(self, rows: LogRows) -> dict[str, list[LogRow]]:
        """The usable rows of each ticket, in the file's order, in which new names get their ids, too."""
        found: dict[str, list[LogRow]] = {}
        for row in rows.rows:
            number = self._number_of(row)
            if number is not None:
                found.setdefault(number, []).append(row)
                for column in self._naming:
                    column(row)
        return found

    def change(self, row: LogRow) -> Change:
        """What a usable row says."""
        number, at = str(self._number(row)), self._at(row)
        if not isinstance(at, datetime):
            raise Bug(f"row {row.line} has no time: by_number leaves such rows out")
        word = self._state(row)
        state = self._status(row, number, word)
        return Change(
            row=row,
            number=number,
            at=at,
            opened_at=self._opening(row, number),
            by=None if self._by is None else self._by(row),
            state=state,
            state_word=word or "",
            values=self._read_values(row, number),
            resolution=self._resolution(row) if state and state.status in self._finished else None,
        )

    def cell(self, row: LogRow, column: str) -> str | None:
        """The text of a column, None where it is missing."""
        return self.cells.text(row.cells[self._positions[column]])

    def filled(self, row: LogRow, templates: Sequence[str], joint: str) -> str:
        """The templates filled from the row; one with a missing column is left out."""
        found = (self._filled_one(row, template) for template in templates)
        return joint.join(text for text in found if text is not None)

    def _filled_one(self, row: LogRow, template: str) -> str | None:
        known = {name: self.cell(row, name) for name in columns_in(template)}
        if None in known.values():
            return None
        return PLACE.sub(lambda hit: str(known[hit[1]]), template)

    def _number_of(self, row: LogRow) -> str | None:
        """The ticket that a row belongs to; None for a row that cannot be used, which is told."""
        number, at = self._number(row), self._at(row)
        if number is None:
            self._missing(row, "", self._map.columns.number, used=False)
            return None
        if not isinstance(at, datetime):
            self._no_time(row, str(number), at, self._map.columns.changed_at, used=False)
            return None
        return str(number)

    def _opening(self, row: LogRow, number: str) -> datetime | None:
        found = self._opened_at(row)
        if isinstance(found, datetime):
            return found
        self._no_time(row, number, found, self._map.columns.opened_at, used=True)
        return None

    def _status(self, row: LogRow, number: str, word: str | None) -> StateDecl | None:
        if word is None:
            self._missing(row, number, self._map.columns.state, used=True)
            return None
        known = self._map.state(word)
        if known is not None:
            return known
        status = self._map.unknown_state
        if status is None:
            message = msg("the map has no state {word}; the ticket stays in its status", word=word)
        else:
            message = msg("the map has no state {word}; taken as {status}", word=word, status=status)
        self.faults.append(fault_of(row, number, "unknown-state", message))
        return None if status is None else StateDecl(status=status)

    def _read_values(self, row: LogRow, number: str) -> Mapping[str, Value]:
        found: dict[str, Value] = {}
        for column in self._values:
            value = column(row)
            if isinstance(value, Message):
                self.faults.append(fault_of(row, number, "unknown-value", value))
            else:
                found[column.key] = value
        return found

    def _resolution(self, row: LogRow) -> Mapping[str, Value] | None:
        decl = self._map.resolution
        if decl is None:
            return None
        word = self.cell(row, decl.column) if decl.column else None
        text = self.filled(row, decl.text, " ")
        code = decl.codes.get(word or "", decl.code)
        return {"code": code, **({"text": text} if text else {}), "cause": decl.cause}

    def _no_time(self, row: LogRow, number: str, found: Reading, column: str, *, used: bool) -> None:
        if isinstance(found, Message):
            message = msg("{column}: {reason}", column=column, reason=found)
            self.faults.append(fault_of(row, number, "bad-time", message, used=used))
        else:
            self._missing(row, number, column, used=used)

    def _missing(self, row: LogRow, number: str, column: str, *, used: bool) -> None:
        message = msg("the row has no {column}", column=column)
        self.faults.append(fault_of(row, number, "missing", message, used=used))

    def _column(self, key: str, name: str, read: CellReader) -> _Column:
        return _Column(key, self._positions[name], read)

    def _value_columns(self) -> Iterator[_Column]:
        names, cells, logmap = self._map.columns, self.cells, self._map
        readers: dict[str, tuple[str | None, CellReader]] = {
            "priority": (names.priority, cells.word_of("priority", logmap.priorities)),
            "impact": (names.impact, cells.word_of("impact", logmap.impacts)),
            "urgency": (names.urgency, cells.word_of("urgency", logmap.urgencies)),
            "channel": (names.channel, cells.word_of("channel", logmap.channels)),
            "team": (names.team, cells.name_of(self.teams)),
            "owner": (names.owner, cells.name_of(self.people)),
            "contact": (names.contact, cells.contact),
        }
        readers |= {key: (kept.column, cells.kept(kept)) for key, kept in logmap.fields.items()}
        return (self._column(key, name, read) for key, (name, read) in readers.items() if name is not None)

"""What is in a table: its header, and the rows below it as they stand?

Whatever the file was, a cell is a text, a number, a truth, a wall time, nothing, or a `BadCell` that
tells why its value cannot be known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from itertools import chain

from tkt.errors import DataError, Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg

MAX_COLUMNS = 1_000
MAX_ROWS = 1_000_000
LOOKED_AT = 10
"""So many rows from the top may be a title above the header."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell without a value that could be used."""

    why: Message
    hint: Message | None = None


class ShortNumber(str):
    """A text like 4.50123E+17: what a spreadsheet leaves of a long number in CSV."""

    __slots__ = ()


Cell = str | int | float | bool | datetime | BadCell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row; `number` is its place in the file as a spreadsheet shows it, counted from 1."""

    number: int
    cells: tuple[Cell, ...]
    fault: Message | None = None  # why the row as a whole is none


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file that was read: what it is, and its rows below the header."""

    file: str
    form: str  # `CSV` or `XLSX`
    header: tuple[str, ...]
    header_row: int
    rows: tuple[TableRow, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    day_shift: int = 0  # what is added to a bare number of days

    def where(self, row: int | None, message: Message, hint: Message | None = None) -> Problem:
        """A problem of this file."""
        return Problem(code="row", path=self.file, line=row, message=message, hint=hint)


@dataclass(frozen=True, kw_only=True)
class TableWish:
    """How a table is to be read, where somebody says so; what is left out is found out."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    is_heading: Callable[[str], bool] = field(default=lambda _cell: False)
    """Whether a column of that name would be recognised: finds the header below a title."""


def header_and_rows(
    rows: Iterable[TableRow], wish: TableWish, file: str
) -> tuple[tuple[str, ...], int, tuple[TableRow, ...]]:
    """The names of the columns, the row that they stand in, and the rows with something in them.

    Errors: DataError for a table without a header or without rows, or of a size that nobody's list has.
    """
    found = (row for row in rows if row.fault is not None or any(_holds(cell) for cell in row.cells))
    first: list[TableRow] = []
    for row in found:
        first.append(row)
        if len(first) >= LOOKED_AT and row.number >= (wish.header_row or 0):
            break
    place = _header_place(first, wish)
    if place is None:
        raise DataError([Problem(code="data", path=file, message=_no_header(first, wish))])
    header = tuple(heading(cell) for cell in _trimmed(first[place].cells))
    if len(header) > MAX_COLUMNS:
        message = msg("has {count} columns, expected at most {limit}", count=len(header), limit=MAX_COLUMNS)
        raise DataError([Problem(code="data", path=file, line=first[place].number, message=message)])
    below = _fitting(chain(first[place + 1 :], found), header, file)
    return header, first[place].number, tuple(below)


def heading(cell: Cell) -> str:
    """The name of a column, on one line."""
    return "" if cell is None or isinstance(cell, BadCell) else " ".join(str(cell).split())


def _no_header(first: Sequence[TableRow], wish: TableWish) -> Message:
    if first and wish.header_row is not None:
        return msg("row {row} is empty, expected the names of the columns", row=wish.header_row)
    return msg("the table is empty, expected a row with the names of its columns")


def _header_place(first: Sequence[TableRow], wish: TableWish) -> int | None:
    """The row that is said, else the first one with two names that are known, else the first one."""
    if wish.header_row is not None:
        return next((place for place, row in enumerate(first) if row.number == wish.header_row), None)
    usable = [place for place, row in enumerate(first) if row.fault is None]
    for place in usable:
        names = {heading(cell) for cell in first[place].cells}
        if sum(wish.is_heading(name) for name in names if name) > 1:
            return place
    return usable[0] if usable else None


def _fitting(rows: Iterable[TableRow], header: Sequence[str], file: str) -> Iterator[TableRow]:
    """Each row as wide as the header; one with more in it is no row."""
    width = len(header)
    for count, row in enumerate(rows):
        if count >= MAX_ROWS:
            message = msg("has more than {limit} rows, expected at most that", limit=MAX_ROWS)
            raise DataError([Problem(code="data", path=file, line=row.number, message=message)])
        cells = _trimmed(row.cells)
        if row.fault is not None or len(cells) <= width:
            yield TableRow(
                number=row.number, cells=_wide(cells, width), fault=row.fault or _again(cells, header)
            )
        else:
            fault = msg("has {found} cells, expected {expected}", found=len(cells), expected=width)
            yield TableRow(number=row.number, cells=cells, fault=fault)


def _again(cells: Sequence[Cell], header: Collection[str]) -> Message | None:
    if tuple(heading(cell) for cell in cells) == tuple(header):
        return msg("repeats the header, expected a ticket")
    return None


def _wide(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells + (None,) * (width - len(cells))


def _trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Without the empty cells at the end."""
    end = len(cells)
    while end and not _holds(cells[end - 1]):
        end -= 1
    return tuple(cells[:end])


def _holds(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None

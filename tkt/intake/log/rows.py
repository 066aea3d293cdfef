"""Which rows does a log have, and which lines are none?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from tkt.errors import DataError, Problem, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.intake.log.maps import LogMap
from tkt.late import late

PLACE = late(r"\{([^{}]*)\}")
"""A column in a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One row as it stands in the file; `line` is where it begins, the header being line 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with one row. `used` tells whether the row still went into its ticket."""

    kind: str
    line: int
    number: str  # of the ticket, empty where the row does not say
    message: Message
    used: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LogRows:
    """A log that was read: its usable rows in the file's order, and the lines that are no rows."""

    header: tuple[str, ...]
    rows: tuple[LogRow, ...]
    faults: tuple[RowFault, ...] = ()

    @property
    def count(self) -> int:
        """Rows of the file, broken ones too, without the header and without empty lines."""
        return len(self.rows) + len(self.faults)


def read_log(data: bytes, logmap: LogMap, *, file: str = "log") -> LogRows:
    """The rows of a log.

    A row with another number of cells than the header, or with broken quotes, becomes a fault.
    Errors: DataError (with `file` as its path) for bytes that are not in the map's encoding, an
    empty file, and columns that the map names and the header lacks.
    """
    lines = _Lines(data, logmap.encoding)
    reader = csv.reader(lines, delimiter=logmap.delimiter, strict=True)
    rows: list[LogRow] = []
    faults: list[RowFault] = []
    try:
        header = tuple(cell.strip() for cell in _next_row(reader)[0] or ())
        problems = _header_problems(header, logmap, file)
        if problems:
            raise DataError(problems)
        for found in _found(reader, lines, len(header)):
            rows.append(found) if isinstance(found, LogRow) else faults.append(found)
    except UnicodeError:
        raise _not_in(data, logmap, file) from None
    return LogRows(header=header, rows=tuple(rows), faults=tuple(faults))


def _not_in(data: bytes, logmap: LogMap, file: str) -> DataError:
    """Bytes that are not in the map's encoding, and on which line the first of them stand."""
    message = msg("the bytes are not {encoding}", encoding=logmap.encoding)
    hint = msg("set the file's encoding in the map, for example: encoding: gb18030")
    line = 1
    try:
        data.decode(logmap.encoding)
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
    return DataError([Problem(code="data", message=message, path=file, line=line, hint=hint)])


class _Lines:
    """The file's lines for the csv reader, decoded one after the other, with the raw text of the latest row."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
        self._held: list[str] = []
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._held.append(line)
        self.count += 1
        return line

    def taken(self) -> str:
        """What was handed out since this was last asked."""
        held, self._held = "".join(self._held), []
        return held


def _found(reader: Iterator[list[str]], lines: _Lines, width: int) -> Iterator[LogRow | RowFault]:
    """Rows and faults in the file's order. Equal cells are one string: a log repeats itself a lot."""
    known: dict[str, str] = {}
    while True:
        lines.taken()
        first = lines.count + 1
        cells, reason = _next_row(reader)
        if cells is None and reason is None:
            return
        if cells and len(cells) == width:
            yield LogRow(line=first, cells=tuple([known.setdefault(cell, cell) for cell in cells]))
        elif cells:
            message = msg("the row has {found} cells, expected {expected}", found=len(cells), expected=width)
            yield _no_row(first, tuple(cells), message)
        elif reason:
            message = msg(
                "lines {first} to {last} are not CSV: {reason}", first=first, last=lines.count, reason=reason
            )
            yield _no_row(first, (lines.taken(),), message)


def _next_row(reader: Iterator[list[str]]) -> tuple[list[str] | None, str | None]:
    """(cells, None), or (None, what csv says of broken lines), or (None, None) at the end."""
    try:
        return next(reader, None), None
    except csv.Error as error:
        return None, str(error)


def _no_row(line: int, cells: tuple[str, ...], message: Message) -> RowFault:
    return RowFault(kind="bad-row", line=line, number="", message=message, used=False, cells=cells)


def _header_problems(header: Sequence[str], logmap: LogMap, file: str) -> list[Problem]:
    if not any(header):
        return [Problem(code="data", message=msg("the log is empty"), path=file)]
    absent = tuple(name for name in named_columns(logmap) if name not in header)
    messages = []
    if absent:
        hint = did_you_mean(absent[0], header)
        messages.append((msg("the log lacks columns that the map reads: {columns}", columns=absent), hint))
    messages += [
        (msg("the log has two columns {column}", column=name), None)
        for name in named_columns(logmap)
        if header.count(name) > 1
    ]
    return [Problem(code="data", message=message, path=file, line=1, hint=hint) for message, hint in messages]


def named_columns(logmap: LogMap) -> tuple[str, ...]:
    """Every column that the map reads, in the map's order."""
    it = logmap.columns
    optional = (it.changed_by, it.contact, it.channel, it.priority, it.impact, it.urgency, it.team, it.owner)
    kept = (field.column for field in logmap.fields.values())
    closing = (logmap.resolution.column,) if logmap.resolution else ()
    found = (*logmap.needed_columns, *optional, *kept, *closing, *template_columns(logmap))
    return tuple(dict.fromkeys(name for name in found if name))


def template_columns(logmap: LogMap) -> tuple[str, ...]:
    """The columns in braces, of the title and of the resolution."""
    parts = (*logmap.title, *(logmap.resolution.text if logmap.resolution else ()))
    return tuple(name for part in parts for name in columns_in(part))


def columns_in(template: str) -> tuple[str, ...]:
    """`{a} of {b}` → a, b."""
    return tuple(PLACE.findall(template))

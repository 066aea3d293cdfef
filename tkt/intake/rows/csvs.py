"""Which rows does a CSV file have, in whatever encoding and with whatever between its cells?

UTF-8 counts where the bytes are that; GB18030, which takes almost any bytes, only where what comes out
is Chinese as people write it. The delimiter is the one that the header line is full of.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tkt.errors import DataError, Problem
from tkt.i18n import Message, msg
from tkt.intake.rows.rejects import COLUMNS as REJECTED
from tkt.intake.rows.table import LOOKED_AT, ShortNumber, Table, TableRow, TableWish, header_and_rows
from tkt.late import late
from tkt.render.sheet_cells import plain_cell

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 16 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_USUAL = range(0xB0, 0xD8)  # rows of GB 2312 with the characters that nearly all text is made of
_SIGNS = range(0xA1, 0xAA)
_MOSTLY = 0.8
_SHORT = late(r"[1-9](?:\.[0-9]+)?[eE]\+[0-9]{2,3}")
_LONGEST_KNOWN = 60
_LEFT_BEHIND = ",".join(REJECTED)
"""How a file of rejected rows begins: it is written in one form, whatever a map says of the table."""


def read_csv(data: bytes, wish: TableWish, *, file: str) -> Table:
    """The rows of a CSV file. Errors: DataError for what is no text in a known encoding, or empty."""
    encoding = _marked(data) or wish.encoding or _encoding(data, file)
    text = _decoded(data, encoding, file)
    text, said = _without_sep(text)
    if text.startswith(_LEFT_BEHIND):
        wish = replace(wish, delimiter=",", header_row=None)
    delimiter = wish.delimiter or said or delimiter_of(text)
    with _long_cells():
        rows = _rows(text, delimiter, 2 if said else 1)
        header, header_row, found = header_and_rows(rows, wish, file)
    return Table(
        file=file,
        form="CSV",
        header=header,
        header_row=header_row,
        rows=found,
        encoding=encoding,
        delimiter=delimiter,
    )


@contextmanager
def _long_cells() -> Iterator[None]:
    """Cells as long as a spreadsheet has them; the limit is that of the whole process, so it is put back."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def delimiter_of(text: str) -> str:
    """What stands between the cells, by the first line that has any of the usual ones outside of quotes."""
    for line in io.StringIO(text[:100_000]).readlines()[:LOOKED_AT]:
        bare = "".join(line.split('"')[::2])
        counts = {delimiter: bare.count(delimiter) for delimiter in DELIMITERS}
        best = max(DELIMITERS, key=lambda each: counts[each])
        if counts[best]:
            return best
    return ","


def _without_sep(text: str) -> tuple[str, str | None]:
    """Excel's own first line `sep=;`, which says the delimiter and is no row."""
    first, _, rest = text.partition("\n")
    line = first.strip("\r")
    if len(line) == len("sep=;") and line.lower().startswith("sep="):
        return rest, line[-1]
    return text, None


def _marked(data: bytes) -> str | None:
    """What a byte order mark says, whatever anybody else does: the program that wrote the file put it there."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _encoding(data: bytes, file: str) -> str:
    """What the bytes are. Errors: DataError where nobody can be sure."""
    if b"\0" in data[:4096]:
        raise _refused(file, msg("is no text but binary, expected CSV or XLSX"), None)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_chinese(data):
            return "gb18030"
        line = data.count(b"\n", 0, error.start) + 1
        hint = msg("say which: --encoding gb18030, big5, shift_jis, cp1252 …")
        raise _refused(file, msg("is neither UTF-8 nor GB18030, expected one of them"), line, hint) from error
    return "utf-8"


def _is_chinese(data: bytes) -> bool:
    """Whether the bytes, read as GB18030, are mostly characters of GB 2312 that people use."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text[:200_000] if not character.isascii()]
    usual = sum(_is_usual(character) for character in foreign)
    return usual >= _MOSTLY * len(foreign)


def _is_usual(character: str) -> bool:
    try:
        found = character.encode("gb2312")
    except UnicodeEncodeError:
        return character in "—…·€"
    return len(found) == 2 and (found[0] in _USUAL or found[0] in _SIGNS)


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        message = msg("the bytes are not {encoding}, expected that", encoding=encoding)
        raise _refused(file, message, line) from error
    except LookupError as error:
        message = msg("{name} is no encoding, expected one like utf-8 or gb18030", name=encoding)
        raise _refused(file, message, None) from error


def _refused(file: str, message: Message, line: int | None, hint: Message | None = None) -> DataError:
    return DataError([Problem(code="data", path=file, line=line, message=message, hint=hint)])


def _rows(text: str, delimiter: str, first: int) -> Iterator[TableRow]:
    """Every record, numbered as a spreadsheet would; equal cells are one string."""
    known: dict[str, str] = {}
    for number, (cells, fault) in enumerate(_records(text, delimiter), first):
        plain: Sequence[str] = [_plain(cell) for cell in cells]
        yield TableRow(number=number, cells=tuple([_same(cell, known) for cell in plain]), fault=fault)


def _records(text: str, delimiter: str) -> Iterator[tuple[Sequence[str], Message | None]]:
    """The cells of every record, and what is wrong with its quotes; then they are guessed, so that none is lost."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.read.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield from _broken(lines.read, delimiter, str(error))
            continue
        if cells is None:
            return
        yield cells, None


class _Lines:
    """The lines of a text, and which of them the record at hand is read from."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.read: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.read.append(line)
        return line


def _broken(lines: Sequence[str], delimiter: str, reason: str) -> Iterator[tuple[Sequence[str], Message]]:
    """Lines whose quotes are wrong, as rows to be corrected.

    A quote takes in all lines up to the next one, or to the end of the file: each is a row of its own
    again, and none is believed.
    """
    yield _guessed(lines[0], delimiter), _wrong_with(reason)
    for line in lines[1:]:
        yield _guessed(line, delimiter), msg('stands below a quote (") that opens and does not end there')


def _wrong_with(reason: str) -> Message:
    if "unexpected end of data" in reason:
        return msg('a quote (") opens here and never ends, expected a second one')
    return msg("is not CSV ({reason}), expected quotes around the whole cell", reason=reason)


def _guessed(text: str, delimiter: str) -> Sequence[str]:
    """The cells of what is no CSV, whatever its quotes mean."""
    try:
        (cells,) = csv.reader([text], delimiter=delimiter)
    except csv.Error:
        return text.rstrip("\r\n").split(delimiter)
    if cells:
        cells[-1] = cells[-1].rstrip("\r\n")
    return cells


def _same(cell: str, known: dict[str, str]) -> str:
    """Equal cells as one string: a table repeats itself a lot."""
    return (
        cell if isinstance(cell, ShortNumber) or len(cell) > _LONGEST_KNOWN else known.setdefault(cell, cell)
    )


def _plain(cell: str) -> str:
    return ShortNumber(cell) if _SHORT.fullmatch(cell.strip()) else plain_cell(cell)

"""Which rows does a CSV file have, in whatever encoding and with whatever between its cells?

UTF-8 counts where the bytes are that; GB18030, which takes almost any bytes, only where what comes out
is Chinese as people write it. The delimiter is the one that the header line is full of.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from tkt.errors import DataError, Problem
from tkt.i18n import Message, msg
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


def read_csv(data: bytes, wish: TableWish, *, file: str) -> Table:
    """The rows of a CSV file. Errors: DataError for what is no text in a known encoding, or empty."""
    encoding = wish.encoding or _encoding(data, file)
    text = _decoded(data, encoding, file)
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    text, said = _without_sep(text)
    delimiter = wish.delimiter or said or delimiter_of(text)
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


def _encoding(data: bytes, file: str) -> str:
    """What the bytes are. Errors: DataError where nobody can be sure."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
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
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    known: dict[str, str] = {}
    number = first
    while True:
        cells, fault = _next(reader)
        if cells is None and fault is None:
            return
        plain: Sequence[str] = [_plain(cell) for cell in cells or ()]
        yield TableRow(number=number, cells=tuple([_same(cell, known) for cell in plain]), fault=fault)
        number += 1


def _same(cell: str, known: dict[str, str]) -> str:
    """Equal cells as one string: a table repeats itself a lot."""
    return (
        cell if isinstance(cell, ShortNumber) or len(cell) > _LONGEST_KNOWN else known.setdefault(cell, cell)
    )


def _plain(cell: str) -> str:
    return ShortNumber(cell) if _SHORT.fullmatch(cell.strip()) else plain_cell(cell)


def _next(reader: Iterator[list[str]]) -> tuple[list[str] | None, Message | None]:
    """(cells, None), or (None, what is wrong with the quotes), or (None, None) at the end."""
    try:
        return next(reader, None), None
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None, msg('a quote (") opens here and never ends, expected a second one')
        return None, msg("is not CSV ({reason}), expected quotes around the whole cell", reason=str(error))

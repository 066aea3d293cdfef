"""Which rows does a sheet of an XLSX workbook have?

Of a formula the stored result is taken, of merged cells the one value holds for every row that they
cover. What the file claims of its size is not believed: it is looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import date, datetime, time
from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree

from tkt.errors import DataError, NotFound, Problem, UsageError, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.intake.rows.table import BadCell, Cell, Table, TableRow, TableWish, header_and_rows
from tkt.render.sheet_cells import plain_cell

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 250
MAX_MERGED = 100_000
_FREE = 32 * 1024 * 1024  # so much may be packed as tightly as it likes
_SINCE_1904 = 1462  # days between the two ways in which spreadsheets count them
_DIGITS = 10**15  # from here on a spreadsheet has lost digits
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What openpyxl and zipfile raise over a workbook that is none."""


def refuse_old(data: bytes, file: str) -> None:
    """Errors: DataError for an old .xls and for a workbook with a password."""
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            message = msg("is protected by a password, expected a workbook that can be read")
            hint = msg("take the password off in the spreadsheet program and save it again")
        else:
            message = msg("is an old .xls workbook, expected .xlsx or CSV")
            hint = msg("open it in the spreadsheet program and save it as .xlsx")
        raise DataError([Problem(code="data", path=file, message=message, hint=hint)])


def read_xlsx(data: bytes, wish: TableWish, *, file: str) -> Table:
    """The rows of one sheet: the one that is wished for, else the first that is not hidden.

    Errors: UsageError without openpyxl; NotFound without that sheet; DataError for what is no workbook,
    is too large, or has no rows.
    """
    if find_spec("openpyxl") is None:
        raise UsageError(
            msg("{file} is an XLSX workbook; reading one needs the package openpyxl", file=file),
            hint=msg("pip install {package}, or save it as CSV", package="openpyxl"),
        )
    with _told(file):
        _refuse_bomb(data, file)
        return _read(data, wish, file)


def _read(data: bytes, wish: TableWish, file: str) -> Table:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = _sheet(book.worksheets, wish.sheet, file)
        sheet.reset_dimensions()
        extras = _extras(data, sheet._worksheet_path)
        header, header_row, rows = header_and_rows(_rows(sheet, extras), wish, file)
        others = tuple(each.title for each in book.worksheets if each.title != sheet.title)
        shift = _SINCE_1904 if book.epoch.year == 1904 else 0
        book.close()
    return Table(
        file=file,
        form="XLSX",
        header=header,
        header_row=header_row,
        rows=rows,
        sheet=sheet.title,
        other_sheets=others,
        day_shift=shift,
    )


def _sheet(sheets: list[Any], wish: str | None, file: str) -> Any:
    if wish is None:
        shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
        if not shown:
            raise DataError([Problem(code="data", path=file, message=msg("the workbook has no sheet"))])
        return shown[0]
    found = next((sheet for sheet in sheets if sheet.title == wish), None)
    if found is None:
        names = [sheet.title for sheet in sheets]
        raise NotFound(
            msg("{file} has no sheet {name}", file=file, name=wish), hint=did_you_mean(wish, names)
        )
    return found


def _refuse_bomb(data: bytes, file: str) -> None:
    """Errors: DataError for what unpacks to more than any table is, or declares entities of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = sum(each.file_size for each in archive.infolist())
        packed = max(1, sum(each.compress_size for each in archive.infolist()))
        if whole > MAX_UNPACKED or (whole > _FREE and whole > MAX_RATIO * packed):
            message = msg(
                "unpacks to {size} MB, expected at most {limit} and packed less tightly",
                size=whole >> 20,
                limit=MAX_UNPACKED >> 20,
            )
            raise DataError([Problem(code="data", path=file, message=message)])
        for each in archive.infolist():
            if each.filename.endswith((".xml", ".rels")):
                with archive.open(each) as part:
                    beginning = part.read(4096)
                if any(mark in beginning for mark in _DOCTYPES):
                    message = msg("{part} declares a document type, expected plain XML", part=each.filename)
                    raise DataError([Problem(code="data", path=file, message=message)])


@dataclass(frozen=True)
class _Extras:
    """What openpyxl does not tell of a sheet that it only reads through."""

    empty_formulas: frozenset[tuple[int, int]]  # (row, column) of formulas without a stored result
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict
    )  # cell → whose value it has
    widest: int = 0  # the last column with such a cell


def _extras(data: bytes, path: str) -> _Extras:
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    empty: set[tuple[int, int]] = set()
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as part:
        for _event, element in ElementTree.iterparse(part):
            name = element.tag.rpartition("}")[2]
            if name == "c" and _is_empty_formula(element):
                empty.add(coordinate_to_tuple(element.get("r", "A1")))
            elif name == "mergeCell" and len(merged) < MAX_MERGED:
                left, top, _right, bottom = range_boundaries(element.get("ref", "A1"))
                bottom = min(bottom, top + MAX_MERGED)
                merged |= {(row, left): (top, left) for row in range(top + 1, bottom + 1)}
            if name in ("row", "mergeCell"):
                element.clear()
    return _Extras(frozenset(empty), merged, max((column for _row, column in merged), default=0))


def _is_empty_formula(element: ElementTree.Element) -> bool:
    """A formula that nobody has computed; one whose result is an empty text has its `v`."""
    inside = {child.tag.rpartition("}")[2]: child for child in element}
    if "f" not in inside:
        return False
    value = inside.get("v")
    return value is None or (not value.text and element.get("t") != "str")


def _rows(sheet: Any, extras: _Extras) -> Iterator[TableRow]:
    tops = set(extras.merged.values())
    held: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(cell, number, column, extras) for column, cell in enumerate(row, 1)]
        if extras.merged:
            held |= {
                (number, column): cells[column - 1]
                for column in range(1, len(cells) + 1)
                if (number, column) in tops
            }
            cells = _with_merged(cells, number, extras, held)
        yield TableRow(number=number, cells=tuple(cells))


def _with_merged(
    cells: list[Cell], number: int, extras: _Extras, held: Mapping[tuple[int, int], Cell]
) -> list[Cell]:
    """A row in which something else stands too has the values that are merged over it."""
    if not any(cell is not None for cell in cells):
        return cells
    wide = cells + [None] * (extras.widest - len(cells))
    return [
        held.get(extras.merged.get((number, column), (0, 0)), cell) if cell is None else cell
        for column, cell in enumerate(wide, 1)
    ]


def _cell(cell: Any, row: int, column: int, extras: _Extras) -> Cell:
    from openpyxl.utils import get_column_letter

    place = f"{get_column_letter(column)}{row}"
    if (row, column) in extras.empty_formulas:
        return BadCell(
            msg("{cell} holds a formula without a result, expected a value", cell=place),
            msg("open it in the spreadsheet program and save it once"),
        )
    if cell.data_type == "e":
        return BadCell(
            msg("{cell} holds the error {value}, expected a value", cell=place, value=str(cell.value))
        )
    return _value(cell.value, place)


def _value(value: Any, place: str) -> Cell:
    if isinstance(value, str):
        return plain_cell(value)
    if isinstance(value, (bool, int, float, datetime)) or value is None:
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return BadCell(msg("{cell} holds a length of time, expected a text, a number or a date", cell=place))


def number_text(number: int | float) -> str | BadCell:
    """A number as the text that people see in its cell; none where the spreadsheet has lost digits of it."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _DIGITS:
        return str(int(number))
    if abs(number) < _DIGITS:
        return repr(number)
    return shortened(f"{number:.14E}".replace("0E", "E") if isinstance(number, float) else str(number))


def shortened(text: str) -> BadCell:
    """The fault of a number that was too long for the spreadsheet."""
    return BadCell(
        msg("{text} is a number that a spreadsheet keeps only 15 digits of, expected it as text", text=text),
        msg("set the column's format to Text, and enter the number again"),
    )


@contextmanager
def _told(file: str) -> Iterator[None]:
    """What is no workbook, as one sentence."""
    try:
        yield
    except _BROKEN as error:
        message = msg("cannot be read as an XLSX workbook, expected one that a spreadsheet program opens")
        raise DataError([Problem(code="data", path=file, message=message)]) from error


def is_zip(data: bytes) -> bool:
    """Whether these are the first bytes of an XLSX file."""
    return data.startswith(ZIP)

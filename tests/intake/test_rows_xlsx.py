"""Sheets of XLSX workbooks: formulas, dates, merged cells, and files that are none."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from table_desk import HEADER, ROW, workbook

from tkt.errors import DataError, NotFound, UsageError
from tkt.intake.rows import xlsx
from tkt.intake.rows.opening import read_table
from tkt.intake.rows.table import BadCell, Table, TableWish


def read(book: Workbook | bytes, **wish: object) -> Table:
    data = book
    if isinstance(book, Workbook):
        out = io.BytesIO()
        book.save(out)
        data = out.getvalue()
    assert isinstance(data, bytes)
    return read_table(data, TableWish(**wish), file="t.xlsx")  # type: ignore[arg-type]


def filled(*rows: tuple[object, ...]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return book


def rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return out.getvalue()


def test_cells_are_what_people_see() -> None:
    table = read(
        filled(("id", "at", "n"), ("001", datetime(2026, 11, 21, 9, 5), 12.0), (7, date(2026, 11, 21), True))
    )
    assert table.rows[0].cells == ("001", datetime(2026, 11, 21, 9, 5), 12)
    assert table.rows[1].cells == (7, datetime(2026, 11, 21), True)


def test_of_a_formula_the_stored_result_is_taken(tmp_path: Path) -> None:
    out = io.BytesIO()
    filled(("id", "sum"), ("1", "=1+1"), ("2", '=""')).save(out)
    empty = read(out.getvalue())
    assert [isinstance(row.cells[1], BadCell) for row in empty.rows] == [True, True]
    assert "B2 holds a formula without a result" in str(empty.rows[0].cells[1].why)  # type: ignore[union-attr]
    stored = rewritten(out.getvalue(), "xl/worksheets/sheet1.xml", "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    stored = rewritten(stored, "xl/worksheets/sheet1.xml", "<f>1+1</f><v/>", "<f>1+1</f><v>2</v>")
    assert read(stored).rows[0].cells[1] == 2


def test_error_values_are_faults() -> None:
    book = filled(("id", "x"), ("1", "#REF!"))
    book.active["B2"].data_type = "e"
    assert "B2 holds the error #REF!" in str(read(book).rows[0].cells[1].why)  # type: ignore[union-attr]


def test_a_merged_value_holds_for_every_row_and_a_title_is_no_header() -> None:
    book = filled(
        ("投诉登记表",), HEADER, ROW, ("TS-2", "2026-11-02", "", "", "b"), ("TS-3", "2026-11-02", "", "", "c")
    )
    book.active.merge_cells("A1:J1")
    book.active.merge_cells("D3:D5")
    table = read(book, is_heading=lambda name: name in HEADER)
    assert (table.header_row, table.header[0]) == (2, "工单号")
    assert [row.cells[3] for row in table.rows] == ["张伟", "张伟", "张伟"]


def test_the_1904_system_is_put_right() -> None:
    book = filled(("id", "at"), ("1", datetime(2026, 11, 21, 9, 5)))
    book.epoch = CALENDAR_MAC_1904
    table = read(book)
    assert table.day_shift == 1462
    assert table.rows[0].cells[1] == datetime(2026, 11, 21, 9, 5)


def test_hidden_sheets_are_passed_over_unless_named() -> None:
    book = filled(("id", "x"), ("1", "hidden"))
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("shown")
    shown.append(["id", "x"])
    shown.append(["2", "seen"])
    assert (read(book).sheet, read(book).other_sheets) == ("shown", ("Sheet",))
    assert read(book, sheet="Sheet").rows[0].cells[1] == "hidden"
    with pytest.raises(NotFound):
        read(book, sheet="Shet")


def test_empty_rows_at_the_end_are_none() -> None:
    book = filled(("id", "x"), ("1", "a"), (None, None), ("", " "))
    book.active["Z900"].value = None
    assert len(read(book).rows) == 1


def test_a_claimed_size_is_not_believed() -> None:
    out = io.BytesIO()
    filled(("id", "x"), ("1", "a")).save(out)
    huge = rewritten(out.getvalue(), "xl/worksheets/sheet1.xml", 'ref="A1:B2"', 'ref="A1:XFD1048576"')
    assert len(read(huge).rows) == 1


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/worksheets/sheet1.xml", b" " * (40 * 1024 * 1024))
    with pytest.raises(DataError, match="unpacks to"):
        read(out.getvalue())


def test_entities_are_refused() -> None:
    out = io.BytesIO()
    filled(("id", "x"), ("1", "a")).save(out)
    bad = rewritten(out.getvalue(), "xl/workbook.xml", "<workbook", '<!DOCTYPE x [<!ENTITY a "b">]><workbook')
    with pytest.raises(DataError, match="document type"):
        read(bad)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 rubbish", "cannot be read"),
        (xlsx.OLE + b"\0" * 100, "old .xls"),
        (xlsx.OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_no_workbook_says_so(data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(data)


def test_a_zip_of_something_else_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("hello.txt", "no workbook")
    with pytest.raises(DataError, match="cannot be read"):
        read(out.getvalue())


def test_without_openpyxl_the_hint_can_be_pasted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    workbook(tmp_path / "t.xlsx", ROW)
    monkeypatch.setattr(xlsx, "find_spec", lambda _name: None)
    with pytest.raises(UsageError) as caught:
        read((tmp_path / "t.xlsx").read_bytes())
    assert "pip install openpyxl" in str(caught.value.hint)


def test_a_long_number_is_a_fault_only_where_text_is_wanted() -> None:
    assert isinstance(xlsx.number_text(4.50123456789012e17), BadCell)
    assert isinstance(xlsx.number_text(450123456789012345), BadCell)
    assert xlsx.number_text(13800138000) == "13800138000"
    assert xlsx.number_text(1.5) == "1.5"

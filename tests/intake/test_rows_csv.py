"""CSV in whatever encoding, with whatever between its cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_desk import OPEN, ROW, csv_text

from tkt.errors import DataError
from tkt.intake.rows.csvs import delimiter_of, read_csv
from tkt.intake.rows.table import Table, TableWish
from tkt.render.sheet_cells import plain_cell, safe_cell


def read(data: bytes, **wish: str) -> Table:
    return read_csv(data, TableWish(**wish), file="t.csv")  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    table = read(csv_text(ROW, OPEN).encode(encoding))
    assert table.rows[0].cells[4] == "发票打不开"


def test_what_is_no_chinese_is_not_taken_for_it() -> None:
    with pytest.raises(DataError) as caught:
        read("id,title\n1,détail de l'été à la café\n".encode("cp1252"))
    assert "--encoding" in str(caught.value.problems[0].hint)
    assert read("id,title\n1,détail\n".encode("cp1252"), encoding="cp1252").rows[0].cells[1] == "détail"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_headers(delimiter: str) -> None:
    assert delimiter_of(csv_text(ROW, delimiter=delimiter)) == delimiter
    assert read(csv_text(ROW, OPEN, delimiter=delimiter).encode()).rows[1].cells[0] == "TS-002"


def test_a_delimiter_in_quotes_counts_nothing() -> None:
    assert delimiter_of('"a,b,c,d";e;f\n1,2,3,4,5;6;7\n') == ";"
    assert read(b"sep=;\nid;title\n1;a,b\n").rows[0].cells == ("1", "a,b")


def test_line_ends_in_quotes_belong_to_the_cell() -> None:
    table = read(b'id,title\n1,"a\nb"\n2,c\n')
    assert [row.cells[1] for row in table.rows] == ["a\nb", "c"]
    assert [row.number for row in table.rows] == [2, 3]


def test_rows_that_are_none_are_faults() -> None:
    table = read(b'id,title\n1,a,b\n\nid,title\n2,"a" b\n3\n')
    assert [row.fault is not None for row in table.rows] == [True, True, True, False]
    assert table.rows[-1].cells == ("3", None)
    broken = read(b'id,title\n1,"a\n2,b\n')
    assert "never ends" in str(broken.rows[0].fault)


def test_what_a_broken_quote_takes_in_is_not_lost() -> None:
    table = read(b'id,title\n0,x\n1,"a,b\r\n2,c\n3,d"e\n4,"f" g\n5,h\n6,"i\n7,j\n')
    assert [(row.cells[0], row.fault is not None) for row in table.rows] == [
        ("0", False), ("1", True), ("2", True), ("3", True), ("4", True), ("5", False), ("6", True), ("7", True),
    ]  # fmt: skip
    assert [row.cells[1] for row in table.rows] == ["x", "a,b", "c", 'd"e', "f g", "h", "i", "j"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"  ,  ,\n"])
def test_an_empty_table_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="empty"):
        read(data)


def test_binary_is_refused() -> None:
    with pytest.raises(DataError, match="binary"):
        read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


@given(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@\t\r'\"E1+.,")))
)
def test_a_safe_cell_comes_back_as_it_was(text: str) -> None:
    cell = safe_cell(text)
    assert plain_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))

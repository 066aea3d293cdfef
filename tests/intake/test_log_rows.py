from __future__ import annotations

import pytest
from build_log import HEADER, log, small_map

from tkt.errors import DataError
from tkt.intake.log import read_log

HEAD = ",".join(HEADER) + "\n"


def test_rows_know_the_lines_on_which_they_begin() -> None:
    # given a cell with a line break in it, and an empty line
    data = (HEAD + '1,t,New,o,high,"a\nb",k\n\n2,t,New,o,high,a,k\n').encode()
    # then the third row's line is counted in the file, not in rows
    rows = read_log(data, small_map())
    assert [row.line for row in rows.rows] == [2, 5]
    assert rows.rows[0].cells[5] == "a\nb"
    assert rows.count == 2


def test_a_row_with_another_number_of_cells_is_told_and_the_next_one_read() -> None:
    rows = read_log((HEAD + "1,t,New\n2,t,New,o,high,a,k\n").encode(), small_map())
    assert [row.line for row in rows.rows] == [3]
    (fault,) = rows.faults
    assert (fault.kind, fault.line, fault.used) == ("bad-row", 2, False)
    assert str(fault.message) == "the row has 3 cells, expected 7"
    assert fault.cells == ("1", "t", "New")
    assert rows.count == 2


def test_broken_quotes_are_told_with_their_lines() -> None:
    rows = read_log((HEAD + '1,t,New,o,"high"x,a,k\n2,t,New,o,high,a,k\n3,"t\n4,x\n').encode(), small_map())
    assert [row.cells[0] for row in rows.rows] == ["2"]
    broken, open_ended = rows.faults
    assert (broken.line, broken.kind) == (2, "bad-row")
    assert "not CSV" in str(broken.message)
    assert str(open_ended.message).startswith("lines 4 to 5 are not CSV:")
    assert open_ended.cells == ('3,"t\n4,x\n',)


def test_a_quote_that_is_never_closed_does_not_hide_the_rest_of_the_log() -> None:
    row = "7,t,New,o,high,a,k\n"
    rows = read_log((HEAD + '1,"t,New\n' + row * 20000).encode(), small_map())
    (fault,) = rows.faults
    assert fault.line == 2
    assert str(fault.message).startswith("lines 2 to ")
    # a cell is bounded, so the csv reader gives up after 128 kB and goes on
    assert len(rows.rows) > 10000
    assert len(fault.cells[0].splitlines()) + len(rows.rows) == 20001


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_will_do(ending: str) -> None:
    data = (HEAD + "1,t,New,o,high,a,k\n").replace("\n", ending).encode()
    assert [row.line for row in read_log(data, small_map()).rows] == [2]


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert read_log(b"\xef\xbb\xbf" + log("1 10:00 New"), small_map()).header[0] == "number"


def test_another_encoding_and_delimiter_are_as_the_map_says() -> None:
    data = log("1 10:00 New kept=发票").decode().replace(",", ";").encode("gb18030")
    rows = read_log(data, small_map(encoding="gb18030", delimiter=";"))
    assert rows.rows[0].cells[-1] == "发票"


def test_bytes_in_another_encoding_are_refused_with_their_line() -> None:
    data = log("1 10:00 New", "2 10:00 New kept=发票").decode().encode("gb18030")
    with pytest.raises(DataError) as refused:
        read_log(data, small_map(), file="old.csv")
    assert str(refused.value.problems[0]) == "old.csv:3: the bytes are not utf-8-sig"
    assert "gb18030" in str(refused.value.hint)


def test_columns_that_the_log_lacks_are_all_told() -> None:
    data = log("1 10:00 New").replace(b"opened", b"opend").replace(b"kept", b"kept,state")
    with pytest.raises(DataError) as refused:
        read_log(data, small_map(), file="old.csv")
    assert [(str(it), str(it.hint)) for it in refused.value.problems] == [
        ("old.csv:1: the log lacks columns that the map reads: opened", "did you mean opend?"),
        ("old.csv:1: the log has two columns state", "None"),
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_log_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="the log is empty"):
        read_log(data, small_map())


def test_a_log_with_a_header_alone_has_no_rows() -> None:
    assert read_log(HEAD.encode(), small_map()).rows == ()

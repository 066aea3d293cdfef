"""CSV of a page: raw numbers, no formula, nothing for n/a (docs/reports.md, CSV)."""

from __future__ import annotations

import csv
import io

from tkt.render.layout import Cell, Page, PageGrid, Section
from tkt.render.page_csv import grid_csv, page_csv

GRID = PageGrid(
    ("clock", "rate", "median", "oldest"),
    (
        ("=cmd()", Cell("50.0%", value=0.5), Cell("1h", value=3600), Cell("n/a")),
        ("-1\n+2", Cell("a", value=-1), "@x", "\tx"),
    ),
)


def test_values_are_raw_and_formulas_are_text() -> None:
    first, second = list(csv.reader(io.StringIO(grid_csv(GRID))))[1:]
    assert first == ["'=cmd()", "0.5", "3600", ""]
    assert second == ["'-1 +2", "-1", "'@x", "x"]


def test_grids_stand_under_titles_with_an_empty_line_between() -> None:
    page = Page("Report", (("now", "today"),), (Section("One", (GRID,)), Section("Two", (GRID,), ("said",))))
    lines = page_csv(page, notes=True).split("\r\n")
    assert lines[:4] == ["Report", "now,today", "", "One"]
    assert lines[7:9] == ["", "Two"]
    assert lines[-3:] == ["", "said", ""]
    assert "said" not in page_csv(page)


def test_the_n_that_a_number_stands_on_has_a_column_of_its_own() -> None:
    rows = (
        ("met", Cell("61.0% (59)", value=0.61, n=59), Cell("0", value=0)),
        ("none", Cell("n/a (0)", n=0), Cell("")),
        ("stuck", Cell("Waiting (1,200)", n=1200), Cell("+1", value=1)),
    )
    found = list(csv.reader(io.StringIO(grid_csv(PageGrid(("number", "now", "change"), rows)))))
    assert found == [
        ["number", "now", "n", "change"],
        ["met", "0.61", "59", "0"],
        ["none", "", "0", ""],
        ["stuck", "Waiting", "1200", "1"],
    ]

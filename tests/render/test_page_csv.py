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

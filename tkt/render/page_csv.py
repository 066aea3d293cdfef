"""How does a page become CSV, for spreadsheets and scripts? (docs/reports.md, CSV)

One grid after the other, each under a line with its title, with an empty line between them. Numbers are
raw: durations in seconds, rates 0 to 1, empty for n/a. No cell is a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from tkt.i18n import _
from tkt.render.layout import Cell, Page, PageGrid
from tkt.render.sheet_cells import number_cell, safe_cell
from tkt.render.text import one_line

_END = "\r\n"


def page_csv(page: Page, *, notes: bool = False) -> str:
    """The whole page (RFC 4180): what it was made from, then each grid; with `notes` what is said below them."""
    facts = _lines([(page.title,), *page.facts])
    grids = (
        _END + _lines([(section.title,)]) + grid_csv(grid)
        for section in page.sections
        for grid in section.grids
    )
    said = [(note,) for section in page.sections for note in section.notes] if notes else []
    return facts + "".join(grids) + (_END + _lines(said) if said else "")


def grid_csv(grid: PageGrid) -> str:
    """One grid: its heads, then its rows. The first head may be empty: it is what the rows are."""
    return _lines([grid.heads, *grid.rows])


def _lines(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=_END)
    writer.writerows(_cells(row) for row in rows)
    return out.getvalue()


def _cells(row: Iterable[str]) -> Iterator[str]:
    nothing = _("n/a")
    for cell in row:
        if isinstance(cell, Cell) and cell.value is not None:
            yield number_cell(cell.value)
        else:
            yield "" if isinstance(cell, Cell) and cell == nothing else safe_cell(one_line(cell))

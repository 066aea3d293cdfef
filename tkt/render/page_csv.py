"""How does a page become CSV, for spreadsheets and scripts? (docs/reports.md, CSV)

One grid after the other, each under a line with its title, with an empty line between them. Numbers are
raw: durations in seconds, rates 0 to 1, empty for n/a; the n that they stand on has a column of its own.
No cell is a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator

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
    counted = frozenset(
        place
        for row in grid.rows
        for place, cell in enumerate(row)
        if isinstance(cell, Cell) and cell.n is not None
    )
    heads = [
        it for place, head in enumerate(grid.heads) for it in ([head, _("n")] if place in counted else [head])
    ]
    return _lines([heads, *(_with_n(row, counted) for row in grid.rows)])


def _with_n(row: Iterable[str], counted: Collection[int]) -> Iterator[str]:
    """A row of cells; behind each of the columns `counted` its n."""
    for place, cell in enumerate(row):
        n = None
        if isinstance(cell, Cell) and cell.n is not None:
            n, cell = cell.n, Cell(cell.rpartition(" (")[0], value=cell.value)
        yield cell
        if place in counted:
            yield Cell("", value=n)


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

"""Which rows were left behind, and why, as a table to correct and import?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from tkt.i18n import render
from tkt.intake.rows.faults import RowFault
from tkt.intake.rows.table import BadCell, Cell, Table
from tkt.render.sheet_cells import number_cell, safe_cell

COLUMNS = ("tkt_row", "tkt_reason")


def rejects_csv(table: Table, faults: Iterable[RowFault]) -> str:
    """The rows with a fault as they stand in the table, with the reasons in front.

    The two columns in front are skipped when the corrected table is imported.
    """
    reasons: dict[int, list[str]] = {}
    for fault in faults:
        if not fault.used:
            reasons.setdefault(fault.row, []).append(render(fault.told))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *map(safe_cell, table.header)))
    for number, cells in _rows(table, reasons):
        writer.writerow((number, safe_cell("; ".join(reasons[number])), *map(_text, cells)))
    return out.getvalue()


def _rows(table: Table, reasons: Mapping[int, object]) -> Iterable[tuple[int, tuple[Cell, ...]]]:
    return ((row.number, row.cells) for row in table.rows if row.number in reasons)


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, BadCell):
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return number_cell(cell) if isinstance(cell, (int, float)) else safe_cell(cell)

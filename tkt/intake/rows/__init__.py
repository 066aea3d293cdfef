"""How does a table, one row a ticket, become tickets?

    table = read_table(data, TableWish(), file="complaints.xlsx")
    layout = layout_of(table, NO_MAP, config)
    found = TableImport(table, layout, config, now=now, known=…, taken=…)
    survey = found.survey()          # what is wrong, what would become of it
    changes.write_all(found.tickets(), …)

Nothing of the moment goes into a new ticket: the same table makes the same files in two clones, and
nothing at all the second time. docs/import.md is the user's side of it.
"""

from __future__ import annotations

from tkt.intake.rows.faults import RowFault, problems_of
from tkt.intake.rows.headings import Headings
from tkt.intake.rows.importing import Survey, TableImport, numbers_in
from tkt.intake.rows.known import Known
from tkt.intake.rows.layout import Column, Layout, layout_of, meaning_label
from tkt.intake.rows.mapfile import map_text
from tkt.intake.rows.maps import NO_MAP, TableMap, open_map
from tkt.intake.rows.opening import MAX_TABLE_BYTES, read_table
from tkt.intake.rows.rejects import rejects_csv
from tkt.intake.rows.table import Table, TableWish

__all__ = [
    "MAX_TABLE_BYTES",
    "NO_MAP",
    "Column",
    "Headings",
    "Known",
    "Layout",
    "RowFault",
    "Survey",
    "Table",
    "TableImport",
    "TableMap",
    "TableWish",
    "layout_of",
    "map_text",
    "meaning_label",
    "numbers_in",
    "open_map",
    "problems_of",
    "read_table",
    "rejects_csv",
]

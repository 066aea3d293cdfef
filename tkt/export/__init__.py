"""How are tickets handed over to other programs?

    columns = columns_of(["id", "title", "contact.phone"], desk.fields, desk.config)
    for line in csv_lines(rows, columns, [it.key for it in columns]): …

docs/export.md is the user's side of it.
"""

from __future__ import annotations

from tkt.export.choosing import OutColumn, columns_of, usual_columns
from tkt.export.objects import json_objects
from tkt.export.output import opened
from tkt.export.rows import csv_lines

__all__ = ["OutColumn", "columns_of", "csv_lines", "json_objects", "opened", "usual_columns"]

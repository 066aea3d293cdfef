"""How does a ticket stand in a line of CSV, so that it can be read back as it was?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime

from tkt.clock import instant_text
from tkt.columns import Columns
from tkt.export.choosing import OutColumn
from tkt.export.labelled import labelled
from tkt.intake.rows.headings import WORDS
from tkt.late import late
from tkt.render.sheet_cells import number_cell, safe_cell
from tkt.schema import Configuration

_NEEDS_JSON = late(r"[,，、;；]|^\s|\s$|^$|^\[\"")


def csv_lines(
    rows: Iterable[Columns],
    columns: Sequence[OutColumn],
    heads: Sequence[str],
    *,
    people: Configuration | None = None,
) -> Iterator[str]:
    """The header, then one record a ticket (RFC 4180).

    `people`: the desk's rules, where people are to read it: times of its zone, and its words for values.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(safe_cell, heads))
    yield _taken(out)
    for each in rows:
        row = copy(each)  # what is computed of it goes with the copy: memory stays as it is
        writer.writerow(cell_text(_shown(row, column, people)) for column in columns)
        yield _taken(out)


def _shown(row: Columns, column: OutColumn, people: Configuration | None) -> object:
    value = value_of(row, column)
    return value if people is None else labelled(value, row, column, people)


def value_of(row: Columns, column: OutColumn) -> object:
    """What a ticket has in a column; None where it has nothing."""
    if column.part is not None:
        mapping = row.get(column.field)
        return mapping.get(column.part) if isinstance(mapping, Mapping) else None
    if column.field in ("id", "status", "path"):
        return getattr(row, column.field)
    if column.field == WORDS:
        return _opening_words(row)
    stored = row.get(column.field)
    return row.lookup(column.field) if stored is None else stored


def _opening_words(row: Columns) -> str | None:
    """What the customer said first; None where nobody wrote it down."""
    said = (event for event in row.ticket.effective if event.is_customer_message)
    return next((str(event.get("text")) for event in said if event.get("text")), None)


def cell_text(value: object) -> str:
    """A value as a cell that a spreadsheet only shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_cell(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, (list, tuple)):
        return _list_text(value)
    return safe_cell(str(value))


def _list_text(values: Sequence[object]) -> str:
    """`a,b`; a JSON list where a word would not come back whole."""
    words = [str(value) for value in values]
    if any(_NEEDS_JSON.search(word) for word in words):
        return json.dumps(words, ensure_ascii=False)
    return safe_cell(",".join(words))


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text

"""Which requests have been open the longest?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.clock import instant_text
from tkt.columns import Columns
from tkt.i18n import _, msg, render
from tkt.render import words
from tkt.render.layout import Cell
from tkt.render.times import span_between
from tkt.reports.material import Material
from tkt.reports.parts import Entry, Part, priority_cell, section_of, tickets_data, tickets_grid

OLDEST = 10


def oldest(material: Material) -> Part:
    """The ten that were received first of those that are open now."""
    rows = material.rows("status:open")
    first = sorted(rows, key=lambda row: (row.summary.received_at, row.id))[:OLDEST]
    entries = [_entry(row, material) for row in first]
    section = section_of(
        "oldest",
        msg("The oldest 10 that are open"),
        (
            tickets_grid(
                "oldest", msg("ticket"), entries, (_("priority"), _("status"), _("open for")), material.config
            ),
        ),
        empty=msg("Nothing is open."),
        notes=_notes(len(rows)),
    )
    return Part(section, {**tickets_data(entries), "open": len(rows)})


def _notes(count: int) -> Iterator[str]:
    if count:
        yield render(msg("As it is now; open in all: {count}.", count=count))


def _entry(row: Columns, material: Material) -> Entry:
    since = row.summary.received_at
    age = Cell(span_between(since, material.now), value=int((material.now - since).total_seconds()))
    cells = (priority_cell(row), words.status_name(material.config, row.status), age)
    return Entry(row, cells, {"received_at": instant_text(since), "age_s": age.value})

"""Which times that were named to customers were not kept?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.clock import instant_text
from tkt.columns import Columns
from tkt.i18n import _, msg
from tkt.kpis.lateness import broken_promises
from tkt.kpis.life import Life
from tkt.render.layout import Cell
from tkt.render.times import stamp_near
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Entry, Part, section_of, short, ticket_data, tickets_grid, toned
from tkt.sla import Outcome


def promises(material: Material) -> Part:
    """The promises decided as broken in the window: what was promised for when, and whether it is kept by now."""
    found = broken_promises(material.population)
    entries = list(_entries(found[:MOST], material))
    heads = (_("promised"), _("promised for"), _("kept"))
    section = section_of(
        "promises",
        msg("Broken promises"),
        (tickets_grid("promises", msg("ticket"), entries, heads, material.config, total=len(found)),),
        empty=msg("Every promise to a customer was kept, or none was due."),
    )
    return Part(section, {"count": len(found), "tickets": [ticket_data(it) for it in entries]})


def _entries(found: list[tuple[Life, Outcome]], material: Material) -> Iterator[Entry]:
    for life, cycle in found:
        row = material.row_of.get(life.id)
        if row is not None:
            yield _entry(row, cycle, material)


def _entry(row: Columns, cycle: Outcome, material: Material) -> Entry:
    text, until, kept = _words(row, cycle), cycle.breached_at or cycle.start_at, cycle.fulfilled_at
    shown = toned(_("no"), "bad") if kept is None else Cell(stamp_near(kept, material.now, material.zone))
    if kept is None and cycle.ended_at is not None:
        shown = Cell(_("promised anew"))
    data = {
        "promise": cycle.clock.partition(":")[2],
        "text": text,
        "until": instant_text(until),
        "kept_at": None if kept is None else instant_text(kept),
    }
    return Entry(row, (short(text), stamp_near(until, material.now, material.zone), shown), data)


def _words(row: Columns, cycle: Outcome) -> str:
    """What was promised, as somebody wrote it down."""
    name = cycle.clock.partition(":")[2]
    said = (it for it in row.ticket.effective if it.did == "promised" and it.at == cycle.start_at)
    return next((str(it.get("text") or "") for it in said if str(it.get("promise")) == name), "")

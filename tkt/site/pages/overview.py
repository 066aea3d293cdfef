"""Where should somebody look first? The headline numbers and their course over thirteen weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tkt.i18n import _, render
from tkt.kpis.stats import Number
from tkt.kpis.window import Window, week_name
from tkt.render.html import Tile
from tkt.render.layout import Cell, Chart, Page, PageGrid, Section
from tkt.reports.heading import facts_of_page
from tkt.reports.laying import closed_notes, value_cell, window_text
from tkt.reports.material import Material
from tkt.reports.week.headline import bottleneck
from tkt.reports.week.returning import rising_grid
from tkt.site.pages import Content
from tkt.site.pages.headlines import csat_tile, headlines, sentence
from tkt.site.pages.today import OPEN
from tkt.site.weekly import Numbers


def content(material: Material, weekly: Mapping[Window, Numbers]) -> Content:
    """The desk at a glance; `weekly`: the figures of the last weeks, the latest first."""
    weeks = [(week_name(week), weekly[week]) for week in reversed(list(weekly))]
    sections = (_looked_for(material), _volume(material, weeks), _service(material, weeks)) if weeks else ()
    page = Page(
        title=material.config.desk.name,
        facts=tuple(facts_of_page(material)),
        sections=sections,
        name="overview",
    )
    return Content(page=page, tiles=tuple(_tiles(material)), lead=render(window_text(material.window)))


def _tiles(material: Material) -> Iterator[Tile]:
    rows = material.rows(OPEN)
    late = sum(1 for row in rows if row.due_at is not None and row.due_at <= material.now)
    yield Tile(_("Open now"), f"{len(rows):,d}", href="today.html")
    yield Tile(_("Late now"), f"{late:,d}", tone="bad" if late else "good", href="today.html#breached")
    created = material.kpi("K0").value("created")
    yield Tile(
        sentence(_("created")), _text(material, created, "count"), _("in the window"), href="trend.html"
    )
    resolved = material.kpi("K2").value("n")
    yield Tile(_("Resolved"), _text(material, resolved, "count"), _("in the window"), href="flow.html")
    yield from headlines(("K1", "K3"), material)
    yield from csat_tile(material)


def _looked_for(material: Material) -> Section:
    """Where work is stuck, and what grows: what a lead looks for first."""
    rising = rising_grid(material)
    notes = list(bottleneck(material))
    if not rising.rows:
        notes.append(_("No category grew enough for a flag."))
    return Section(_("What stands out"), (rising,) if rising.rows else (), tuple(notes), name="outstanding")


def _text(material: Material, value: Number | str | None, unit: str) -> str:
    return str(value_cell(value, unit, material.config))


def _volume(material: Material, weeks: Sequence[tuple[str, Numbers]]) -> Section:
    """What came, what was resolved, what stayed, week by week."""
    lines = tuple(
        (name, *(_cell(count, "count", material) for count in (it.created, it.resolved, it.open_at_end)))
        for name, it in weeks
    )
    heads = (_("week"), _("created"), _("resolved"), _("open at the end"))
    grid = PageGrid(heads, lines, chart=Chart("line", (1, 2, 3)), name="volume")
    return Section(_("Requests week by week"), (grid,), name="weeks")


def _service(material: Material, weeks: Sequence[tuple[str, Numbers]]) -> Section:
    """The share of tickets without a breach and the median first response, week by week."""
    met = tuple((name, _cell(it.met, "rate", material)) for name, it in weeks)
    quick = tuple((name, _cell(it.response_s, "seconds", material)) for name, it in weeks)
    grids = (
        PageGrid(
            (_("week"), _("tickets without a breach")), met, chart=Chart("line", (1,), "rate"), name="met"
        ),
        PageGrid(
            (_("week"), _("first response, median")),
            quick,
            chart=Chart("line", (1,), "seconds"),
            name="response",
        ),
    )
    notes = tuple(closed_notes(it.response_s for _name, it in weeks))
    return Section(_("Service level week by week"), grids, notes, name="service")


def _cell(value: float | None, unit: str, material: Material) -> Cell:
    return value_cell(value, unit, material.config)

"""What did customers answer: how content are they, what did the unhappy ones write, would they recommend the desk?"""

from __future__ import annotations

from collections.abc import Sequence

from tkt.i18n import _, msg, render
from tkt.kpis.life import Life
from tkt.kpis.ratings import Rating, low_limit
from tkt.render.html import Tile
from tkt.render.layout import Cell, Chart, PageGrid, Section
from tkt.render.text import one_line
from tkt.render.times import stamp
from tkt.reports.heading import page_of
from tkt.reports.laying import figure_section, window_text
from tkt.reports.material import Material
from tkt.reports.parts import more_text, owner_name, section_of, title_cell
from tkt.site.pages import Content
from tkt.site.pages.headlines import csat_tile, headlines
from tkt.site.pages.lists import SHOWN

_BARS = Chart("bar", (1,))


def content(material: Material) -> Content:
    """Satisfaction and its distribution, comments of low scores, NPS, satisfaction against the first response."""
    config = material.config
    sections = (
        figure_section(material.kpi("K6"), config, charts={1: _BARS}),
        _low_scores(material),
        _comments(material),
        figure_section(material.kpi("K7"), config),
        figure_section(material.kpi("K12"), config),
    )
    page = page_of(material, "feedback", msg("Feedback"), sections)
    return Content(page=page, tiles=_tiles(material), lead=render(window_text(material.window)))


def _tiles(material: Material) -> tuple[Tile, ...]:
    low = len(_low(material))
    return (
        *csat_tile(material),
        *headlines(("K7",), material),
        Tile(_("Low scores"), f"{low:,d}", tone="warn" if low else "good", href="#low-scores"),
    )


def _low(material: Material) -> Sequence[tuple[Life, Rating]]:
    limit = low_limit(material.config)
    return [(life, it) for life, it in material.population.answers if it.is_low(limit)]


def _low_scores(material: Material) -> Section:
    """The latest first, with what was written."""
    found = sorted(_low(material), key=lambda pair: pair[1].at, reverse=True)
    return section_of(
        "low-scores",
        msg("Low scores"),
        (_grid("low", found, material),),
        empty=msg("Nobody gave a low score."),
    )


def _comments(material: Material) -> Section:
    """What the others wrote."""
    low = {(life.id, it.at) for life, it in _low(material)}
    said = [
        (life, it) for life, it in material.population.answers if it.comment and (life.id, it.at) not in low
    ]
    said.sort(key=lambda pair: pair[1].at, reverse=True)
    return section_of(
        "comments",
        msg("Other comments"),
        (_grid("said", said, material),),
        empty=msg("Nobody wrote anything else."),
    )


def _grid(name: str, found: Sequence[tuple[Life, Rating]], material: Material) -> PageGrid:
    heads = (_("ticket"), _("title"), _("owner"), _("score"), _("comment"), _("when"))
    lines = tuple(_line(life, it, material) for life, it in found[:SHOWN])
    return PageGrid(
        heads, lines, more_text(len(found) - len(lines)), words=frozenset({1, 2, 3, 4, 5}), name=name
    )


def _line(life: Life, it: Rating, material: Material) -> tuple[str, ...]:
    row = material.row_of[life.id]
    return (
        Cell(life.id, ticket=life.id),
        title_cell(row.line.title),
        owner_name(material.config, row.line.owner),
        Cell(it.label, value=it.score / it.best),
        one_line(it.comment or ""),
        Cell(stamp(it.at, material.zone), value=int(it.at.timestamp())),
    )

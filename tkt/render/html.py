"""How does a page become HTML: part of a site, or one file that needs no other?

Views are what templates are given: words and numbers, no markup. Escaping is Jinja2's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from tkt.frozen import dataclass
from tkt.i18n import _, msg, render
from tkt.ids import TICKET_PATTERN
from tkt.late import late
from tkt.render.frame import Frame, framed
from tkt.render.layout import Cell, Chart, Page, PageGrid, Section
from tkt.render.pages import Templates
from tkt.render.text import one_line, width

TEMPLATE = "site/page.html.j2"
FILTERED_FROM = 8
"""From how many rows on a table of words can be filtered."""
_FILTERED_NUMBERS = 15
_SORTED_FROM = 2
_FEW = 7  # columns of numbers that are not spread over the whole page
_LONG = 48  # columns of a terminal from which on a column of words is given room
_SHORT = 22  # up to which it is not broken
_MEASURED = 100  # characters of a cell that are looked at for that
_NAMED = late(rf"\b({TICKET_PATTERN})\b")
_EXACT = 9_007_199_254_740_991  # a larger whole number is another one in a browser

Link = Callable[[str], str | None]
"""The id of a ticket → where its page is, seen from this one; None: it has none."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline number."""

    label: str
    text: str
    note: str = ""
    tone: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head of a column."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """What a cell shows; `style` is its classes, `value` what it is sorted by."""

    text: str
    style: str = ""
    value: float | int | None = None
    href: str | None = None
    parts: tuple[tuple[str, str | None], ...] = ()  # of a cell that names tickets: words, and where they lead


@dataclass(frozen=True, slots=True)
class ChartView:
    """What a chart is drawn from: `data` is JSON that may stand in a script."""

    label: str
    names: tuple[str, ...]
    data: str
    caption: str  # what it shows; none where the title above says it


@dataclass(frozen=True, slots=True, kw_only=True)
class GridView:
    """A table, and the chart above it."""

    label: str  # what it is called by who does not see it
    anchor: str
    heads: tuple[HeadView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    note: str
    chart: ChartView | None
    is_sortable: bool
    is_filterable: bool
    is_compact: bool  # numbers alone: no wider than they need


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of a page under its own title."""

    title: str
    anchor: str
    grids: tuple[GridView, ...]
    notes: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        """Whether it is one chart and no more."""
        return len(self.grids) == 1 and self.grids[0].chart is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page without its frame."""

    title: str
    sections: tuple[SectionView, ...]
    notes: tuple[str, ...] = ()
    lead: str = ""
    tiles: tuple[Tile, ...] = ()

    @property
    def has_charts(self) -> bool:
        """Whether something is drawn."""
        return any(grid.chart for section in self.sections for grid in section.grids)


def page_document(page: Page, desk: Path | None = None) -> str:
    """A report as one HTML file that needs no other and fetches nothing.

    `desk`: the root whose own templates come first. Errors: PageError.
    """
    templates = Templates(desk)
    view = page_view(page)
    frame = framed(
        view.title, facts=_plain(page.facts), has_charts=view.has_charts, robots="", inline=templates
    )
    return page_html(view, frame, templates)


def page_html(view: PageView, frame: Frame, templates: Templates, template: str = TEMPLATE) -> str:
    """A page of a site. Errors: PageError."""
    return templates.page(template, {"page": view, "frame": frame})


def page_view(
    page: Page, *, link: Link | None = None, tiles: Sequence[Tile] = (), lead: str = ""
) -> PageView:
    """The page as its template wants it; sections and grids without a name get the number of their place."""
    return PageView(
        title=one_line(page.title),
        sections=tuple(_section(it, place, link) for place, it in enumerate(page.sections, 1)),
        notes=tuple(one_line(note) for note in page.notes),
        lead=lead or one_line(page.lead),
        tiles=tuple(tiles),
    )


def grid_view(
    grid: PageGrid,
    *,
    link: Link | None = None,
    label: str = "",
    anchor: str = "",
    has_caption: bool = False,
) -> GridView:
    """A grid as its template wants it; `label` says what it is where it has no title of its own.

    `has_caption`: what its chart shows is said above it, since other grids stand under the same title.
    """
    named = grid.heads[0] if grid.heads else ""
    label = one_line(label or named) or _("Table")
    return GridView(
        label=label,
        anchor=anchor,
        heads=tuple(
            HeadView(one_line(head), bool(place) and place not in grid.words)
            for place, head in enumerate(grid.heads)
        ),
        rows=_rows(grid, link),
        note=one_line(grid.note),
        chart=_chart(grid, grid.chart, label, has_caption=has_caption)
        if grid.chart is not None and grid.rows
        else None,
        is_sortable=len(grid.rows) >= _SORTED_FROM,
        is_filterable=len(grid.rows) >= (FILTERED_FROM if grid.words else _FILTERED_NUMBERS),
        is_compact=not grid.words and len(grid.heads) <= _FEW,
    )


def _section(section: Section, place: int, link: Link | None) -> SectionView:
    anchor = section.name or f"part-{place}"
    several = len(section.grids) > 1
    grids = tuple(
        grid_view(
            grid,
            link=link,
            label=_grid_label(section, grid) if several else section.title,
            anchor=f"{anchor}-{grid.name or number}",
            has_caption=several,
        )
        for number, grid in enumerate(section.grids, 1)
    )
    return SectionView(one_line(section.title), anchor, grids, tuple(one_line(it) for it in section.notes))


def _grid_label(section: Section, grid: PageGrid) -> str:
    named = grid.heads[0] if grid.heads else ""
    return render(msg("{title}: {part}", title=section.title, part=named)) if named else section.title


def _rows(grid: PageGrid, link: Link | None) -> tuple[tuple[CellView, ...], ...]:
    styles = [_column_style(grid, place) for place in range(len(grid.heads))]
    return tuple(
        tuple(_cell(cell, style, link) for cell, style in zip(row, styles, strict=True)) for row in grid.rows
    )


def _column_style(grid: PageGrid, place: int) -> str:
    if place and place not in grid.words:
        return "number"
    longest = max((width(row[place][:_MEASURED]) for row in grid.rows), default=0)
    if longest > _LONG:
        return "words long"
    return "words short" if longest <= _SHORT else "words"


def _cell(cell: str, style: str, link: Link | None) -> CellView:
    text = one_line(cell)
    named = cell.ticket if isinstance(cell, Cell) else None
    href = link(named) if link is not None and named is not None else None
    parts = _parts(text, link) if link is not None and named is None else ()
    if not isinstance(cell, Cell):
        return CellView(text, style, parts=parts)
    return CellView(text, f"{style} {cell.tone}".rstrip(), cell.value, href, parts)


def _parts(text: str, link: Link) -> tuple[tuple[str, str | None], ...]:
    """The words, cut at the tickets that they name and that have a page; nothing where there is none."""
    if "-" not in text:
        return ()
    cut = [(part, link(part) if place % 2 else None) for place, part in enumerate(_NAMED.split(text)) if part]
    return tuple(cut) if any(href for _part, href in cut) else ()


def _chart(grid: PageGrid, chart: Chart, label: str, *, has_caption: bool) -> ChartView:
    names = tuple(one_line(grid.heads[column]) for column in chart.columns)
    series = [
        {
            "name": name,
            "values": [_value(row[column]) for row in grid.rows],
            "texts": [one_line(row[column]) for row in grid.rows],
        }
        for name, column in zip(names, chart.columns, strict=True)
    ]
    drawn = [
        value for row in grid.rows for column in chart.columns if (value := _value(row[column])) is not None
    ]
    data = {
        "kind": chart.kind,
        "unit": chart.unit,
        "is_stacked": chart.is_stacked,
        "is_lying": chart.is_lying,
        "highest": max(drawn, default=0),
        "places": [one_line(row[0]) for row in grid.rows],
        "series": series,
    }
    said = render(
        msg(
            "Chart: {title}, {series}. The same numbers stand in the table below.",
            title=label,
            series=list(names),
        )
    )
    caption = one_line(grid.heads[0]) if chart.kind == "bar" else names[0] if len(names) == 1 else ""
    return ChartView(said, names, _in_script(data), caption=caption if has_caption else "")


def _value(cell: str) -> float | int | None:
    value = cell.value if isinstance(cell, Cell) else None
    return value if value is not None and -_EXACT <= value <= _EXACT else None


def _in_script(data: object) -> str:
    """JSON in which nothing ends a script or begins another one."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _plain(facts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one_line(label), one_line(value)) for label, value in facts)

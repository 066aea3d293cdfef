"""What is going on now: what is open, with whom, due when, late, and lying about?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.columns import Columns
from tkt.i18n import Message, _, msg, render
from tkt.kpis.figures import Term
from tkt.neglect import Neglected
from tkt.render import words
from tkt.render.html import Tile
from tkt.render.layout import Cell, Chart, Page, PageGrid, Section
from tkt.render.text import one_line
from tkt.render.times import dues, span_between, stamp
from tkt.reports.heading import facts_of_page
from tkt.reports.laying import commit_text, label_text
from tkt.reports.material import Material
from tkt.reports.parts import section_of
from tkt.site.pages import Content
from tkt.site.pages.lists import Column, kind_name, ticket_grid

OPEN = "status:open"
SOON = timedelta(hours=4)
MOST_BARS = 25
LATE, LATER, NEVER = -1, 7, 8
"""Lines of the days beside those from today on."""


def content(material: Material) -> Content:
    """The desk as it is at the report's `now`."""
    rows = material.rows(OPEN)
    now = material.now
    late = sorted((row for row in rows if _is_late(row, now)), key=_due)
    neglected = material.ground.neglect[0]
    sections = (
        _counted("status", msg("Open by status"), rows, material, lambda row: row.status),
        _counted("owner", msg("Open by owner"), rows, material, lambda row: row.line.owner),
        _by_due(rows, material),
        _lists("breached", msg("Late"), late, material, msg("Nothing is late.")),
        _lists(
            "soon", msg("Due next"), sorted(_coming(rows, now), key=_due), material, msg("Nothing is due.")
        ),
        _neglect(neglected, material),
    )
    page = Page(
        title=render(msg("Today")),
        facts=tuple(_facts(material)),
        sections=sections,
        name="today",
    )
    return Content(page=page, tiles=_tiles(rows, late, neglected, now), lead=stamp(now, material.zone))


def _facts(material: Material) -> Iterator[tuple[str, str]]:
    yield _("now"), stamp(material.now, material.zone)
    yield _("commit"), commit_text(material.commit, material.clean)
    yield _("tickets"), material.asked.query or _("all")
    yield from (pair for pair in facts_of_page(material) if pair[0] == _("left out"))


def _tiles(
    rows: Sequence[Columns], late: Sequence[Columns], neglected: Sequence[Neglected], now: datetime
) -> tuple[Tile, ...]:
    unassigned = sum(row.line.owner is None for row in rows)
    soon = sum(1 for row in _coming(rows, now) if _due(row) - now <= SOON)
    lying = len({it.row.id for it in neglected})
    return (
        Tile(_("Open"), f"{len(rows):,d}", href="#by-status"),
        Tile(_("Late"), f"{len(late):,d}", tone="bad" if late else "good", href="#breached"),
        Tile(_("Due within 4 hours"), f"{soon:,d}", tone="warn" if soon else "", href="#soon"),
        Tile(_("Nobody owns it"), f"{unassigned:,d}", tone="warn" if unassigned else "", href="#by-owner"),
        Tile(_("Neglected"), f"{lying:,d}", tone="warn" if lying else "good", href="#neglected"),
    )


def _due(row: Columns) -> datetime:
    due = row.due_at
    assert due is not None  # noqa: S101 - only rows that have one are put in order
    return due


def _is_late(row: Columns, now: datetime) -> bool:
    due = row.due_at
    return due is not None and due <= now


def _coming(rows: Iterable[Columns], now: datetime) -> Iterator[Columns]:
    return (row for row in rows if (due := row.due_at) is not None and due > now)


def _lists(name: str, title: Message, rows: Sequence[Columns], material: Material, empty: Message) -> Section:
    """Tickets with when they are due, the earliest first."""
    told = dues(material.now, material.zone)
    columns = (
        Column(_("status"), lambda row: words.status_name(material.config, row.status)),
        Column(_("priority"), lambda row: words.priority_name(material.config, row.line.priority)),
        Column(_("due"), lambda row: _due_cell(row, material.now, told)),
    )
    return section_of(name, title, (ticket_grid(name, rows, columns, material),), empty=empty)


def _due_cell(row: Columns, now: datetime, told: Callable[[datetime], str]) -> Cell:
    due = _due(row)
    return Cell(told(due), value=int(due.timestamp()), tone="bad" if due <= now else "")


def _neglect(found: Sequence[Neglected], material: Material) -> Section:
    """Kind by kind, the longest first."""
    kinds = dict.fromkeys(it.kind for it in found)
    grids = (_neglect_grid(kind, [it for it in found if it.kind == kind], material) for kind in kinds)
    return section_of("neglected", msg("Neglected"), grids, empty=msg("Nothing is neglected."))


def _neglect_grid(kind: str, found: Sequence[Neglected], material: Material) -> PageGrid:
    since = {it.row.id: it for it in found}
    columns = (
        Column(_("how long"), lambda row: _span(since[row.id].since, material.now)),
        Column(_("what helps"), lambda row: one_line(since[row.id].command)),
    )
    about = kind_name(kind, material.config)
    return ticket_grid(kind, [it.row for it in found], columns, material, about=about)


def _span(since: datetime, now: datetime) -> Cell:
    return Cell(span_between(since, now), value=int((now - since).total_seconds()))


def _counted(
    field: str,
    title: Message,
    rows: Iterable[Columns],
    material: Material,
    value: Callable[[Columns], str | None],
) -> Section:
    """How many are open of each value, most first, as bars."""
    found = Counter(value(row) for row in rows)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0] or ""))
    lines = tuple(
        (label_text(Term(field, name), material.config), Cell(f"{count:,d}", value=count))
        for name, count in ordered
    )
    chart = Chart("bar", (1,), is_lying=True) if 1 < len(lines) <= MOST_BARS else None
    head = words.field_name(material.config, field)
    grid = PageGrid((head, _("open")), lines, chart=chart)
    return section_of(f"by-{field}", title, (grid,), empty=msg("Nothing is open."))


def _value_name(field: str, name: str | None, material: Material) -> str:
    """A status by its label, a person by their name."""
    return _("nobody") if name is None else label_text(Term(field, name), material.config)


def _by_due(rows: Iterable[Columns], material: Material) -> Section:
    """How many are due on which day."""
    zone = ZoneInfo(material.zone)
    today = material.now.astimezone(zone).date()
    found = Counter(_day(row, material.now, today, zone) for row in rows)
    lines = tuple((label, Cell(f"{found[key]:,d}", value=found[key])) for key, label in _days(today))
    grid = PageGrid((_("due"), _("open")), lines, chart=Chart("bar", (1,), is_lying=True))
    return section_of("by-due", msg("Open by when they are due"), (grid,), empty=msg("Nothing is open."))


def _day(row: Columns, now: datetime, today: date, zone: ZoneInfo) -> int:
    """Which line of `_days` counts it."""
    due = row.due_at
    if due is None:
        return NEVER
    if due <= now:
        return LATE
    return min((due.astimezone(zone).date() - today).days, LATER)


def _days(today: date) -> Iterator[tuple[int, str]]:
    yield LATE, _("late")
    yield 0, _("today")
    for days in range(1, LATER):
        yield days, f"{today + timedelta(days=days):%m-%d}"
    yield LATER, _("later")
    yield NEVER, _("no clock runs")

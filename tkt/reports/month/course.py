"""How did the figures run, week by week?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.i18n import _, msg, render
from tkt.kpis.window import Window
from tkt.render.layout import Cell, Chart, PageGrid, Section, Unit
from tkt.render.times import local
from tkt.reports.heading import window_json
from tkt.reports.laying import closed_notes
from tkt.reports.material import Material
from tkt.reports.numbers import NUMBERS, Told, number_cell, numbers_data
from tkt.reports.parts import Part

_NUMBERS = {it.name: it for it in NUMBERS}
_GRIDS: tuple[tuple[str, Unit, tuple[str, ...]], ...] = (
    ("weeks-counts", "count", ("created", "resolved", "backlog")),
    ("weeks-rates", "rate", ("sla", "csat")),
    ("weeks-times", "seconds", ("first_response", "resolution")),
)


def course(material: Material) -> Part:
    """The weeks of the window, Monday to Monday; the first and the last one may be cut off by it."""
    windows = [it for it in weeks_of(material.window) if it.start <= material.now]
    weeks = [material.during(window) for window in windows]
    grids = tuple(_grid(name, unit, [_NUMBERS[it] for it in names], weeks) for name, unit, names in _GRIDS)
    notes = tuple(_notes(weeks, material))
    section = Section(_("Week by week"), grids, notes, name="course")
    data = [{**window_json(it.window), **numbers_data(NUMBERS, {"week": it})} for it in weeks]
    flat = [
        {key: value["week"] if isinstance(value, dict) else value for key, value in it.items()} for it in data
    ]
    return Part(section, {"weeks": flat})


def weeks_of(window: Window) -> Iterator[Window]:
    """The window cut at each Monday's midnight in its zone."""
    start = window.start
    while start < window.end:
        end = min(_next_monday(start, window.zone), window.end)
        yield Window(start, end, window.zone)
        start = end


def _next_monday(at: datetime, zone: str) -> datetime:
    there = local(at, zone)
    day = there.date() + timedelta(days=7 - there.weekday())
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _grid(name: str, unit: Unit, numbers: Sequence[Told], weeks: Sequence[Material]) -> PageGrid:
    heads = (_("week"), *(render(it.label) for it in numbers))
    rows = tuple((_name(week.window), *(number_cell(it, week) for it in numbers)) for week in weeks)
    return PageGrid(
        heads, rows, chart=Chart("line", tuple(range(1, len(heads))), unit), name=name
    )  # one unit a chart


def _name(window: Window) -> Cell:
    """`10-05 – 10-11`, its first and last day."""
    start, end = local(window.start, window.zone), local(window.end - timedelta(seconds=1), window.zone)
    return Cell(f"{start:%m-%d} – {end:%m-%d}")


def _notes(weeks: Sequence[Material], material: Material) -> Iterator[str]:
    if any(it.window.end - it.window.start < timedelta(days=6) for it in weeks):
        yield _("A week that the window cuts off has fewer days: its counts are smaller by that alone.")
    if material.window.end > material.now:
        today = local(material.now, material.zone).date()
        yield render(msg("Weeks after {now} have not been yet.", now=today.isoformat()))
    yield from closed_notes(_NUMBERS["first_response"].value(it) for it in weeks)

"""Where is work stuck: what comes and goes, how old the queue is, in which status people wait? (docs/kpi.md K5, K10)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tkt.i18n import _, msg
from tkt.kpis.course import Leg, course
from tkt.kpis.window import Window
from tkt.render.layout import Chart, PageGrid, Section
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of, window_json
from tkt.reports.laying import value_cell
from tkt.reports.material import Material
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section
from tkt.reports.tickets import ticket_grid

NUMBERS = ("K5", "K10", "K16", "K8")
SHOWN = (
    Shown("K5", ("at_from",), msg("open at the start")),
    Shown("K5", ("created",), msg("created")),
    Shown("K5", ("finished",), msg("resolved")),
    Shown("K5", ("reopened",), msg("reopened")),
    Shown("K5", ("at_to",), msg("open at the end")),
    Shown("K10", ("bottleneck",), msg("bottleneck")),
)
LONGEST_DAILY = timedelta(days=45)
"""A longer window is told week by week."""
OLDEST = 10
_KEYS = ("created", "finished", "reopened", "backlog")
_BAR = Chart(kind="bar", columns=(1,), is_lying=True)


def made(material: Material) -> Made:
    """Arrivals against finishes, the queue and its age, the bottleneck, hand-offs, and the oldest that are open."""
    legs = course(material.population.lives, list(steps(material.window)))
    page = page_of(
        material,
        "flow",
        msg("Flow of work, {desk}", desk=material.config.desk.name),
        [
            _arrivals(material, legs),
            kpi_section(material, "K5", {1: _BAR, 2: _BAR, 3: _BAR}),
            kpi_section(material, "K10", {0: Chart(kind="bar", columns=(6,), unit="seconds", is_lying=True)}),
            _oldest(material),
            kpi_section(material, "K16"),
            kpi_section(material, "K8"),
            by_section(material, SHOWN),
        ],
        comparing_notes(material),
    )
    course_json = [_leg_json(leg, material) for leg in legs]
    oldest = oldest_open(material)
    data = data_of(
        material, course=course_json, oldest=oldest, **kpi_data(material, NUMBERS), **by_data(material, SHOWN)
    )
    return Made(page, data)


def steps(window: Window) -> Iterator[Window]:
    """The window day by day, of a long one week by week, cut at midnights of its zone."""
    days = 1 if window.end - window.start <= LONGEST_DAILY else 7
    start = window.start
    while start < window.end:
        end = min(_midnight_after(start, window.zone, days), window.end)
        yield Window(start, end, window.zone)
        start = end


def _midnight_after(at: datetime, zone: str, days: int) -> datetime:
    there = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime(there.year, there.month, there.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _arrivals(material: Material, legs: Sequence[Leg]) -> Section:
    heads = (_("from"), _("created"), _("resolved or closed"), _("reopened"), _("open at the end"))
    rows = tuple(_leg(leg, material) for leg in legs)
    grid = PageGrid(heads, rows, chart=Chart(kind="line", columns=(1, 2, 4)), name="arrivals")
    return Section(_("Arrivals against finishes"), (grid,), name="arrivals")


def _leg(leg: Leg, material: Material) -> tuple[str, ...]:
    day = _day(leg.window.start, material.window)
    return (day, *(value_cell(it, "count", material.config) for it in _numbers(leg, material)))


def _numbers(leg: Leg, material: Material) -> Sequence[int | None]:
    """Created, finished, reopened, open at the end; None of what has not been yet."""
    if leg.window.start > material.now:
        return (None,) * len(_KEYS)
    return len(leg.created), len(leg.finished), len(leg.reopened), leg.backlog


def _day(at: datetime, window: Window) -> str:
    """`11-16`; with the year where the window lies in several."""
    zone = ZoneInfo(window.zone)
    years = {each.astimezone(zone).year for each in (window.start, window.end)}
    return f"{at.astimezone(zone):{'%m-%d' if len(years) == 1 else '%Y-%m-%d'}}"


def _leg_json(leg: Leg, material: Material) -> dict[str, Any]:
    return {**window_json(leg.window), **dict(zip(_KEYS, _numbers(leg, material), strict=True))}


def oldest_open(material: Material) -> list[str]:
    """The tickets open at the window's end, the oldest first."""
    end = material.window.end
    queue = [life for life in material.population.lives if life.is_open_before(end)]
    return [life.id for life in sorted(queue, key=lambda life: (life.started_at, life.id))[:OLDEST]]


def _oldest(material: Material) -> Section | None:
    found = oldest_open(material)
    if not found:
        return None
    lives = material.ground.life_of
    horizon = material.population.horizon
    grid = ticket_grid(
        material,
        _("ticket"),
        found,
        before={
            _("age"): lambda ticket: value_cell(
                lives[ticket].seconds_until(horizon), "seconds", material.config
            )
        },
        name="oldest",
    )
    return Section(_("The oldest that were open"), (grid,), name="oldest")

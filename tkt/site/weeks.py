"""Which weeks have a page, what stands on it, and which of them must be made again?

The last thirteen weeks that are over have one, and older ones keep theirs. A week is made again when
a ticket that was there in it has changed, or what stands on no ticket (`tkt.site.changing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tkt.errors import UsageError
from tkt.i18n import _, msg, render
from tkt.kpis.window import Window, iso_week, last_full_week, week_name, weeks_until
from tkt.render.layout import Cell, Page, PageGrid, Section
from tkt.reports import KINDS
from tkt.reports.heading import facts_of_page, page_of
from tkt.reports.laying import closed_notes, value_cell, window_text
from tkt.reports.material import Material
from tkt.reports.week import SECTIONS
from tkt.schema import Configuration
from tkt.site.pages import Content
from tkt.site.pages.headlines import csat_tile, headlines
from tkt.site.weekly import Numbers
from tkt.site.writing import Output

FOLDER = "weeks"
INDEX = f"{FOLDER}/index.html"
RECENT = 13


def week_path(name: str) -> str:
    """`weeks/2026-W47.html`."""
    return f"{FOLDER}/{name}.html"


def week_link(name: str) -> str:
    """The page of a week, seen from their list."""
    return f"{name}.html"


def weeks_of(material: Material) -> tuple[Window, ...]:
    """The last weeks that are over, the latest first; none from before the first request."""
    end = last_full_week(material.zone, material.now).end
    first = min((life.started_at for life in material.ground.lives), default=None)
    if first is None:
        return ()
    return tuple(week for week in reversed(weeks_until(end, material.zone, RECENT)) if week.end > first)


def older_weeks(output: Output, weeks: Iterable[Window], zone: str) -> tuple[Window, ...]:
    """Those of earlier runs that still have their page, the latest first."""
    recent = {week_path(week_name(week)) for week in weeks}
    names = sorted((name for name in output.known if _is_week(name) and name not in recent), reverse=True)
    return tuple(window for name in names if (window := _window(name, zone)) is not None)


def _is_week(name: str) -> bool:
    return name.startswith(f"{FOLDER}/") and name != INDEX


def _window(name: str, zone: str) -> Window | None:
    try:
        return iso_week(name.removeprefix(f"{FOLDER}/").removesuffix(".html"), zone)
    except UsageError:
        return None


_NOW = frozenset({"actions", "oldest", "lying", "load", "articles"})
"""Sections of the weekly review that tell what is so now: they belong to the latest week alone."""


def week_content(material: Material, *, is_latest: bool) -> Content:
    """The weekly review; of an earlier week only what happened in it."""
    page = KINDS["week"].made(material).page if is_latest else _past_page(material)
    tiles = (*headlines(("K1", "K2", "K3"), material), *csat_tile(material))
    return Content(page=page, tiles=tiles, lead=render(window_text(material.window)))


def _past_page(material: Material) -> Page:
    parts = (section(material) for section in SECTIONS if section.__name__ not in _NOW)
    title = msg("Week {week} of {desk}", week=week_name(material.window), desk=material.config.desk.name)
    return page_of(material, "week", title, (part.section for part in parts))


def index_content(material: Material, weekly: Mapping[Window, Numbers], older: Sequence[Window]) -> Content:
    """The weeks one below the other with their main figures, each a link to its page."""
    config = material.config
    lines = tuple(_line(week_name(week), it, config) for week, it in weekly.items())
    heads = (
        _("week"),
        _("created"),
        _("resolved"),
        _("first response, median"),
        _("tickets without a breach"),
    )
    notes = tuple(closed_notes(it.response_s for it in weekly.values()))
    sections = [Section(_("The last weeks"), (PageGrid(heads, lines, name="recent"),), notes, name="recent")]
    if older:
        names = tuple((Cell(week_name(it), ticket=week_name(it)), window_text(it)) for it in older)
        grid = PageGrid((_("week"), _("window")), names, words=frozenset({1}), name="older")
        sections.append(Section(_("Earlier weeks"), (grid,), name="older"))
    page = Page(
        title=render(msg("Weeks of {desk}", desk=config.desk.name)),
        facts=tuple(facts_of_page(material)),
        sections=tuple(sections),
        name="weeks",
    )
    return Content(page=page)


def _line(name: str, it: Numbers, config: Configuration) -> tuple[str, ...]:
    return (
        Cell(name, ticket=name),
        value_cell(it.created, "count", config),
        value_cell(it.resolved, "count", config),
        value_cell(it.response_s, "seconds", config),
        value_cell(it.met, "rate", config),
    )

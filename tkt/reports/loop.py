"""Were customers told, promises kept, lessons learnt? With what is missing, and whose it is. (docs/kpi.md K17)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tkt.i18n import Message, _, msg, render
from tkt.lessons import Improvement, Lesson, Review
from tkt.render.layout import Cell, PageGrid, Section
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.parts import owner_name, title_cell
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section
from tkt.reports.tickets import id_cell, ticket_grid

NUMBERS = ("K17", "K8", "K9")
SHOWN = (
    Shown("K17", ("resolved",), msg("n")),
    Shown("K17", ("told",), msg("told")),
    Shown("K17", ("untold",), msg("not told")),
    Shown("K17", ("told_rate",), msg("rate")),
    Shown("K17", ("kept_rate",), msg("promises kept")),
)
_LISTS: tuple[tuple[str, Message], ...] = (
    ("untold", msg("Resolved, and the customer was not told")),
    ("broken", msg("Promises that were not kept")),
)


def made(material: Material) -> Made:
    """The loop closed or not, and lists: who was not told, which promises were broken, which lessons are open."""
    lessons = [*_open(material.reviews), *_open(material.improvements)]
    page = page_of(
        material,
        "loop",
        msg("Closed loop, {desk}", desk=material.config.desk.name),
        [
            kpi_section(material, "K17"),
            *(_list(material, key, title) for key, title in _LISTS),
            _lessons(material, "reviews", msg("Reviews that are open"), material.reviews),
            _lessons(material, "improvements", msg("Improvements that are open"), material.improvements),
            kpi_section(material, "K8"),
            kpi_section(material, "K9"),
            by_section(material, SHOWN),
        ],
        comparing_notes(material),
    )
    data = data_of(
        material,
        **kpi_data(material, NUMBERS),
        missing={key: list(_ids(material, key)) for key, _title in _LISTS},
        open_lessons=[_lesson_json(it, material) for it in lessons],
        **by_data(material, SHOWN),
    )
    return Made(page, data)


def _ids(material: Material, key: str) -> Sequence[str]:
    figures = {figure.key: figure for figure in material.kpi("K17").figures()}
    return figures[(key,)].ids or ()


def _list(material: Material, key: str, title: Message) -> Section | None:
    found = _ids(material, key)
    if not found:
        return None
    return Section(render(title), (ticket_grid(material, _("ticket"), found, name=key),), name=key)


# --- reviews and improvements ---


def _open(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Those that somebody still has to do, the first due first."""
    found = [it for it in lessons if it.is_open]
    return sorted(found, key=lambda it: (it.due is None, it.due or date.max, it.id))


def _lessons(material: Material, name: str, title: Message, lessons: Sequence[Lesson]) -> Section | None:
    found = _open(lessons)
    if not found:
        return None
    heads = (_("name"), _("title"), _("owner"), _("due"), _("from"))
    rows = tuple(_lesson(it, material) for it in found)
    grid = PageGrid(heads, rows, words=frozenset(range(1, len(heads))), name=name)
    return Section(render(title), (grid,), name=name)


def _lesson(it: Lesson, material: Material) -> tuple[str, ...]:
    today = material.now.astimezone(ZoneInfo(material.zone)).date()
    due = "" if it.due is None else it.due.isoformat()
    sources = _sources(it)
    return (
        it.id,
        title_cell(it.title),
        owner_name(material.config, it.owner),
        Cell(due, tone="bad" if it.is_overdue(today) else ""),
        id_cell(sources[0]) if len(sources) == 1 and sources[0] in material.row_of else ", ".join(sources),
    )


def _sources(it: Lesson) -> Sequence[str]:
    """The ticket of a review, and what an improvement comes from."""
    if isinstance(it, Improvement):
        return it.sources
    return (it.ticket,) if isinstance(it, Review) and it.ticket else ()


def _lesson_json(it: Lesson, material: Material) -> dict[str, Any]:
    today = material.now.astimezone(ZoneInfo(material.zone)).date()
    return {
        "name": it.id,
        "path": it.path,
        "title": it.title,
        "owner": it.owner,
        "due": None if it.due is None else it.due.isoformat(),
        "overdue": it.is_overdue(today),
    }

"""Was done what was to be done: improvements, what reviews decided, sub-tasks?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tkt.clock import instant_text
from tkt.errors import Problem
from tkt.i18n import _, msg, msgn, render
from tkt.kpis.lateness import tasks_due
from tkt.kpis.life import Life
from tkt.lessons import Improvement, Lesson, Review
from tkt.render.layout import Cell, PageGrid
from tkt.render.times import local, stamp_near
from tkt.render.values import enumerated, moment_text
from tkt.reports.material import Material
from tkt.reports.parts import (
    MOST,
    Entry,
    Part,
    more_text,
    owner_name,
    section_of,
    short,
    ticket_data,
    tickets_grid,
    title_cell,
    toned,
)
from tkt.sla import Outcome
from tkt.store.lessons import read_improvements, read_reviews


def actions(material: Material) -> Part:
    """Improvements and reviews that are open or ended in the window; the sub-tasks done or due in it."""
    root = material.desk.root
    improvements, unread = read_improvements(root)
    reviews, unread_too = read_reviews(root)
    their, own = (_told(found, material) for found in (improvements, reviews))
    tasks = list(_tasks(material))
    state = (_("task"), _("due"), _("state"))
    section = section_of(
        "actions",
        msg("Last week's actions: done or not"),
        (
            _lessons(msg("improvement"), "improvements", their, material),
            _lessons(msg("review"), "reviews", own, material),
            tickets_grid("tasks", msg("sub-tasks"), tasks, state, material.config),
        ),
        empty=msg("No improvement, review or sub-task was due."),
        notes=(*_sum(their, own, tasks), *unread_notes((*unread, *unread_too))),
    )
    data = {
        "improvements": [_data(it, material) for it in their],
        "reviews": [_data(it, material) for it in own],
        "tasks": [ticket_data(it) for it in tasks],
    }
    return Part(section, data)


def unread_notes(problems: Sequence[Problem]) -> Iterator[str]:
    """What must be said where files could not be read."""
    if problems:
        paths = tuple(dict.fromkeys(it.path or "" for it in problems))
        yield render(msg("cannot be read, and left out: {paths} (tkt check)", paths=paths))


def today_of(material: Material) -> date:
    """The day of `now`, in the desk's zone."""
    return local(material.now, material.zone).date()


def _told(lessons: Sequence[Lesson], material: Material) -> list[Lesson]:
    """What is open, the most overdue first, then what ended in the window."""
    contains = material.window.contains
    known = [it for it in lessons if it.opened_at is None or it.opened_at <= material.now]
    is_open = sorted((it for it in known if it.is_open), key=lambda it: (it.due or date.max, it.id))
    ended = sorted((it for it in known if contains(it.ended_at)), key=lambda it: (it.state, it.id))
    return [*is_open, *ended]


def _sum(improvements: Sequence[Lesson], reviews: Sequence[Lesson], tasks: Sequence[Entry]) -> Iterator[str]:
    lessons = [*improvements, *reviews]
    done = sum(it.state == "done" for it in lessons) + sum((it.data or {})["state"] == "done" for it in tasks)
    if lessons or tasks:
        of = len(lessons) + len(tasks)
        yield render(msgn("{done} of {count} is done", "{done} of {count} are done", of, done=done))


def _lessons(about: Any, name: str, lessons: Sequence[Lesson], material: Material) -> PageGrid:
    heads = (render(about), _("title"), _("owner"), _("comes from"), _("due"), _("state"))
    rows = tuple(_row(it, material) for it in lessons[:MOST])
    return PageGrid(heads, rows, more_text(len(lessons) - MOST), words=frozenset(range(1, 6)), name=name)


def _row(it: Lesson, material: Material) -> tuple[str, ...]:
    return (
        short(it.id),
        title_cell(it.title),
        owner_name(material.config, it.owner),
        enumerated(short(each) for each in _from(it)),
        it.due.isoformat() if it.due else "–",
        _state(it, material),
    )


def _from(it: Lesson) -> tuple[str, ...]:
    """The reviews and tickets that it comes from."""
    if isinstance(it, Improvement):
        return it.sources
    return (it.ticket,) if isinstance(it, Review) and it.ticket else ()


def _state(it: Lesson, material: Material) -> Cell:
    if it.state == "done":
        return toned(_("done"), "good")
    if not it.is_open:
        return toned(_("dropped"), "quiet")
    if it.due is not None and it.is_overdue(today_of(material)):
        days = (today_of(material) - it.due).days
        return toned(render(msgn("not done, {count} day late", "not done, {count} days late", days)), "bad")
    return Cell(_("not due yet"))


def _data(it: Lesson, material: Material) -> dict[str, Any]:
    return {
        "id": it.id,
        "title": it.title,
        "owner": it.owner,
        "due": it.due.isoformat() if it.due else None,
        "state": it.state,
        "overdue": it.is_overdue(today_of(material)),
        "from": list(_from(it)),
        "ended_at": instant_text(it.ended_at) if it.ended_at else None,
    }


def _tasks(material: Material) -> Iterator[Entry]:
    for life, cycle in tasks_due(material.population):
        row = material.row_of.get(life.id)
        if row is not None:
            yield Entry(row, *_task(material, life, cycle))


def _task(material: Material, life: Life, cycle: Outcome) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What it is, when it was due, whether it is done; and the same for programs."""
    name = cycle.clock.partition(":")[2]
    told: dict[str, Any] = {}
    for event in material.row_of[life.id].ticket.effective:
        if event.did in ("task", "task-changed") and str(event.get("task")) == name:
            told |= event.data
    state, cell = _task_state(cycle)
    who = told.get("owner")
    title = short(told.get("title") or name)
    cells = (
        render(msg("{title} ({who})", title=title, who=owner_name(material.config, str(who))))
        if who
        else title,
        _due(told, cycle, material) or "–",
        cell,
    )
    data = {"task": name, "task_title": told.get("title"), "task_owner": who, "state": state}
    due = cycle.breached_at or cycle.due_at
    return cells, {**data, "due_at": instant_text(due) if due else None}


def _due(told: Mapping[str, Any], cycle: Outcome, material: Material) -> str:
    """By when: as its clock says, as it was written down, or within which time."""
    at = cycle.breached_at or cycle.due_at
    if at is not None:
        return stamp_near(at, material.now, material.zone)
    if told.get("due") is not None:
        return short(moment_text(told["due"], material.zone, material.now))
    return short(render(msg("within {span}", span=told["target"]))) if told.get("target") else ""


def _task_state(cycle: Outcome) -> tuple[str, Cell]:
    if cycle.fulfilled_at is not None:
        return "done", toned(_("done late") if cycle.breached_at else _("done"), "good")
    if cycle.ended_at is not None:
        return "dropped", toned(_("dropped"), "quiet")
    is_late = cycle.breached_at is not None
    return "open", toned(_("not done"), "bad") if is_late else Cell(_("not due yet"))

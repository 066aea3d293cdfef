"""What lies about: nobody owns it, nobody has touched it, nobody told the customer?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tkt.clock import instant_text
from tkt.durations import DurationError, duration_text, parse_duration
from tkt.errors import Problem
from tkt.i18n import _, current_language, msg, msgn, render
from tkt.neglect import Neglected, kinds_of
from tkt.render.layout import Cell
from tkt.render.neglect_page import HEADS
from tkt.render.times import span_between
from tkt.reports.material import Material
from tkt.reports.parts import (
    Entry,
    Part,
    action_cell,
    priority_cell,
    section_of,
    short,
    tickets_data,
    tickets_grid,
)
from tkt.reports.week.actions import unread_notes

FIRST = ("unassigned", "untouched", "untold")
"""What is listed; of the desk's other kinds of neglect only the number is told."""


def lying(material: Material) -> Part:
    """What `tkt check --process` finds now: unassigned, untouched and untold one by one, the rest as numbers."""
    problems: list[Problem] = []
    found = _found(material, problems)
    listed = {kind: [_entry(it, material) for it in found.pop(kind, ())] for kind in FIRST}
    others = {kind: len(its) for kind, its in found.items()}
    section = section_of(
        "neglected",
        msg("Unassigned, untouched, untold"),
        (
            tickets_grid(kind, _name(kind, material), entries, (_("priority"), _("how long")), material.config)
            for kind, entries in listed.items()
        ),
        empty=msg("Everything has an owner, was touched, and was told."),
        notes=(*_unowned(listed["unassigned"], material), *_others(others, material), *unread_notes(problems)),
    )  # fmt: skip
    data: dict[str, Any] = {kind: tickets_data(entries) for kind, entries in listed.items()}
    return Part(section, {**data, "others": others})


def _found(material: Material, problems: list[Problem]) -> dict[str, list[Neglected]]:
    """Kind → the neglected tickets of those that were asked about."""
    found: dict[str, list[Neglected]] = {}
    neglect, unread = material.ground.neglect
    problems.extend(unread)
    for it in neglect:
        found.setdefault(it.kind, []).append(it)
    return found


def _entry(it: Neglected, material: Material) -> Entry:
    seconds = int((material.now - it.since).total_seconds())
    cells = (priority_cell(it.row), Cell(span_between(it.since, material.now), value=seconds))
    data = {"since": instant_text(it.since), "for_s": seconds, "command": it.command}
    return Entry(it.row, cells, data, todo=action_cell(it.row) or short(it.command))


def _name(kind: str, material: Material) -> str:
    """By the desk's own words where it has some."""
    declared = kinds_of(material.config).get(kind)
    usual = _(HEADS[kind]) if kind in HEADS else kind
    return short(declared.label(current_language(), usual) if declared else usual)


def _unowned(listed: Sequence[Entry], material: Material) -> Iterator[str]:
    """How many have no owner, where not each of them has had none for too long."""
    declared = kinds_of(material.config).get("unassigned")
    count = len(material.rows("status:open owner:none"))
    if declared is None or count <= len(listed):
        return
    said = msgn("{count} open ticket has no owner", "{count} open tickets have no owner", count)
    kept = msg("none for longer than {span}", span=_span(declared.after))
    long = msgn(
        "{count} for longer than {span}",
        "{count} for longer than {span}",
        len(listed),
        span=_span(declared.after),
    )
    yield render(msg("{tickets}, {long}.", tickets=said, long=long if listed else kept))


def _span(said: str) -> str:
    """A time of the configuration in the reader's language; working days as they are written."""
    try:
        return duration_text(parse_duration(said, days=True), current_language())
    except DurationError:
        return said


def _others(others: dict[str, int], material: Material) -> Iterator[str]:
    """`waiting without a date, or past it: 3` …"""
    told: Sequence[str] = [
        render(msg("{name}: {count}", name=_name(kind, material), count=count))
        for kind, count in others.items()
        if count
    ]
    if told:
        yield render(msg("Also neglected: {kinds} (tkt check --process)", kinds=told))

"""Who has how much open, and who will be away?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tkt.columns import Columns
from tkt.i18n import _, msg, render
from tkt.render.layout import Cell, PageGrid
from tkt.render.text import one_line
from tkt.reports.material import Material
from tkt.reports.parts import Part, owner_name, section_of
from tkt.reports.week.actions import today_of
from tkt.schema import Configuration

_WEEK = timedelta(days=7)


def load(material: Material) -> Part:
    """A row a person, in alphabetical order: open, late, due within a week, away until the end of next week."""
    open_of = _open(material)
    until = _end_of_next_week(today_of(material))
    names = _people(material.config, open_of)
    rows = [_row(name, open_of.get(name, ()), until, material) for name in names]
    heads = (_("person"), _("open"), _("late"), _("due in 7 days"), _("away"))
    grid = PageGrid(heads, tuple(cells for cells, _data in rows), words=frozenset({4}), name="load")
    section = section_of(
        "load",
        msg("Load and absences"),
        (grid,),
        empty=msg("Nobody is in config/people.yaml, and nothing is open."),
        notes=_notes(material, until),
    )
    return Part(section, {"until": until.isoformat(), "people": [data for _cells, data in rows]})


def _notes(material: Material, until: date) -> Iterator[str]:
    yield render(
        msg(
            "As it is now, in alphabetical order; away: the days until {until} (config/people.yaml).",
            until=until.isoformat(),
        )
    )
    cap = _cap(material.config)
    if cap is not None:
        yield render(
            msg("Who has {cap} open or more is marked “full” (assign.cap in config/people.yaml).", cap=cap)
        )


def _open(material: Material) -> dict[str | None, list[Columns]]:
    found: dict[str | None, list[Columns]] = {}
    for row in material.rows("status:open"):
        found.setdefault(row.line.owner, []).append(row)
    return found


def _people(config: Configuration, open_of: dict[str | None, list[Columns]]) -> list[str | None]:
    """Everybody who works here or has something open, by name; nobody last."""
    working = [name for name, it in config.persons.items() if it.kind == "agent"]
    named = {*working, *(name for name in open_of if name is not None)}
    ordered = sorted(named, key=lambda name: (owner_name(config, name).casefold(), name))
    return [*ordered, None] if None in open_of else [*ordered]


def _row(
    person: str | None, rows: Sequence[Columns], until: date, material: Material
) -> tuple[tuple[str, ...], dict[str, Any]]:
    now, cap = material.now, _cap(material.config)
    late = sum(row.due_at is not None and row.due_at < now for row in rows)
    soon = sum(row.due_at is not None and now <= row.due_at < now + _WEEK for row in rows)
    days = _away(person, today_of(material), until, material.config)
    is_full = cap is not None and person is not None and len(rows) >= cap
    count = Cell(
        render(msg("{count} full", count=len(rows))) if is_full else str(len(rows)),
        value=len(rows),
        tone="warn" if is_full else "",
    )
    cells = (
        owner_name(material.config, person),
        count,
        Cell(str(late), value=late, tone="bad" if late else ""),
        Cell(str(soon), value=soon),
        Cell(one_line(" ".join(f"{day:%m-%d}" for day in days)) or "–", tone="warn" if days else ""),
    )
    away = [day.isoformat() for day in days]
    data = {"person": person, "open": len(rows), "late": late, "due_soon": soon, "away": away}
    return cells, {**data, "full": is_full}


def _away(person: str | None, today: date, until: date, config: Configuration) -> list[date]:
    """The days of absence from today on."""
    known = config.persons.get(person or "")
    days = sorted({day for it in known.away if (day := _day(it)) is not None}) if known else []
    return [day for day in days if today <= day <= until]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # its fault is told by `tkt check`


def _end_of_next_week(today: date) -> date:
    return today + timedelta(days=13 - today.weekday())


def _cap(config: Configuration) -> int | None:
    """`assign.cap` in config/people.yaml: so much open work is enough."""
    said = config.people.assign.get("cap")
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else None

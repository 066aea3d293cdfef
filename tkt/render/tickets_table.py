"""How does a list of tickets look?

A pipe gets everything. A window gets what its width holds: what each ticket needs stands before the name
of its status, and of a breached ticket the time is red.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache

from tkt.columns import Columns
from tkt.columns.summary import Line
from tkt.i18n import _, current_language
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.times import dues, lefts
from tkt.schema import Configuration

Part = tuple[int, int]
"""Of an id: where what must be typed begins and ends."""
WIDE = 100
"""Columns of a window from which a list tells labels and minutes too."""
WIDER = 120
"""Columns from which the status stands beside what a ticket needs; else only where it needs nothing."""
READABLE = 18
"""Columns of a title below which other columns give way, and at last the table."""


def print_tickets(
    rows: Sequence[Columns],
    config: Configuration,
    now: datetime,
    screen: Screen,
    parts: Mapping[str, Part] | None = None,
) -> None:
    """Id, what it needs, status, priority, next due and what is left of it, owner, title, what is missing.

    `parts`: of each id what is enough to type.
    """
    is_narrow, has_status = screen.columns < WIDE, screen.columns >= WIDER
    telling = _Telling(config, now, screen, parts or {}, is_narrow=is_narrow, has_status=has_status)
    cells = [telling.cells(row) for row in rows]
    has_missing = any(row[-1] for row in cells)
    heads = [
        Head(_("id")),
        Head(_("needs")),
        *([Head(_("status"), optional=5)] if has_status else []),
        Head(_("P") if is_narrow else _("priority")),
        Head(_("due"), optional=2),
        Head(_("left") if is_narrow else _("open time left"), right=True),
        Head(_("owner"), optional=4),
        Head(_("title"), flexible=True, least=READABLE),
        *([Head(_("missing"), optional=3)] if has_missing else []),
    ]
    print_table(screen, heads, cells)


class _Telling:
    """What each cell of a list says; names are looked up once."""

    def __init__(
        self,
        config: Configuration,
        now: datetime,
        screen: Screen,
        parts: Mapping[str, Part],
        *,
        is_narrow: bool,
        has_status: bool,
    ) -> None:
        self.has_status = has_status
        self.parts = parts
        self.has_colour = screen.has_colour
        self.is_bounded = screen.is_bounded
        self.now = now
        self.due = dues(now, config.desk.zone, short=is_narrow)
        self.left = lefts(short=is_narrow)
        self.missing: Callable[[tuple[str, ...]], str] = cache(self._missing)
        self.no_title = _("(no title)")
        self.status: Callable[[str], str] = cache(lambda name: words.status_name(config, name))
        self.person: Callable[[str | None], str] = cache(lambda name: words.person_name(config, name))
        self.need: Callable[[str], str] = cache(words.need_name)
        self.wait: Callable[[str], str] = cache(words.wait_name)
        self.field: Callable[[str], str] = cache(
            lambda name: words.field_name(config, name) if current_language() == "zh" else name
        )
        self.priority: Callable[[str | None], str] = cache(
            lambda name: (name or "–") if is_narrow else words.priority_name(config, name)
        )

    def cells(self, row: Columns) -> list[Cell | str]:
        """The cells of one line."""
        line = row.line
        due, remaining = row.due_and_remaining
        is_late = self.has_colour and row.lookup("sla") == "breached"
        when = "–" if due is None else self.due(due)
        left = "–" if remaining is None else self.left(remaining, due is not None and due < self.now)
        missing = self.missing(line.missing) if line.missing else ""
        return [
            Cell(row.id, "bold", self.parts.get(row.id)) if self.has_colour else row.id,
            self._needs(row, line),
            *([self.status(row.status)] if self.has_status else []),
            self.priority(line.priority),
            Cell(when, "red") if is_late else when,
            Cell(left, "red") if is_late else left,
            self.person(line.owner),
            line.title or self.no_title,
            Cell(missing, "yellow") if missing and self.has_colour else missing,
        ]

    def _needs(self, row: Columns, line: Line) -> str:
        """What somebody must do now, else on whom it waits; where neither, its status says it."""
        if line.needs:
            return self.need(line.needs[0])
        if line.waits_on is not None:
            return self.wait(line.waits_on)
        return "–" if self.has_status else self.status(row.status)

    def _missing(self, names: Sequence[str]) -> str:
        """What is missing, by labels in Chinese and in English as it is typed; in a window the first, and how many more."""
        labels = [self.field(name) for name in names]
        if self.is_bounded and len(names) > 1:
            return f"{labels[0]} +{len(labels) - 1}"
        return _(", ").join(labels)

"""How do breaches and running clocks look as rows?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tkt.columns import Columns
from tkt.i18n import _
from tkt.render import words
from tkt.render.clock_titles import acknowledged_by, clock_title
from tkt.render.remaining import remaining_text
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, table_text
from tkt.render.text import cut, without_orders
from tkt.render.tickets_table import WIDE
from tkt.render.times import dues
from tkt.schema import Configuration
from tkt.sla import Verdict, family_of

Row = tuple[Verdict, Columns]
LONGEST = 32
"""Columns that the words of a promise or a task may take."""


def clocks_table(
    rows: Sequence[Row], config: Configuration, now: datetime, screen: Screen, *, style: str = ""
) -> str:
    """One line a clock, whatever the width: which, by when it is due, how late it is, whose it is.

    `style`: of how late they are, where that is the point; else the late ones alone stand out.
    """
    has_excuses = any(verdict.acknowledged for verdict, _ticket in rows)
    told = dues(now, config.desk.zone, short=screen.columns < WIDE)
    heads = [
        Head(_("id")),
        Head(_("priority"), optional=4),
        Head(_("clock"), optional=2),
        Head(_("due"), optional=5),
        Head(_("open time"), right=True, optional=1),
        *([Head(_("acknowledged by"), optional=6)] if has_excuses else []),
        Head(_("owner"), optional=7),
        Head(_("team"), optional=8),
        Head(_("title"), flexible=True, optional=3),
    ]
    return table_text(
        screen,
        heads,
        [
            [*cells[:5], *([excuse] if has_excuses else []), *cells[5:]]
            for cells, excuse in (_cells(*row, config, told, style=style) for row in rows)
        ],
    )


def _cells(
    verdict: Verdict, ticket: Columns, config: Configuration, due: Callable[[datetime], str], *, style: str
) -> tuple[list[Cell], Cell]:
    """The cells, and who acknowledged the breach."""
    excuse = acknowledged_by(verdict, ticket.ticket, config) if verdict.acknowledged else ""
    return [
        Cell(ticket.id, "bold"),
        Cell(words.priority_name(config, ticket.priority)),
        Cell(_clock(verdict, ticket, config)),
        Cell(due(at) if (at := verdict.late_since or verdict.due_at) else "–"),
        Cell(remaining_text(verdict) or "–", style or ("red" if verdict.state == "breached" else "")),
        Cell(words.person_name(config, ticket.owner)),
        Cell(words.team_name(config, ticket.team)),
        Cell(without_orders(ticket.title) or _("(no title)")),
    ], Cell(excuse)


def _clock(verdict: Verdict, ticket: Columns, config: Configuration) -> str:
    """By name; of a promise or a task with its words, as far as there is room."""
    if family_of(verdict.clock) not in ("promise", "task"):
        return words.clock_name(verdict.clock, config)
    return cut(clock_title(verdict.clock, verdict.cycle, ticket.ticket, config), LONGEST)

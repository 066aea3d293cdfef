"""How do breaches and running clocks look as rows?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tkt.columns import Columns
from tkt.i18n import _
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, table_text
from tkt.render.text import without_orders
from tkt.render.tickets_table import WIDE
from tkt.render.times import dues, left
from tkt.schema import Configuration
from tkt.sla import Verdict

Row = tuple[Verdict, Columns]


def clocks_table(
    rows: Sequence[Row], config: Configuration, now: datetime, screen: Screen, *, style: str = ""
) -> str:
    """One line a clock, whatever the width: which, by when it is due, how late it is, whose it is.

    `style`: of how late they are, where that is the point; else the late ones alone stand out.
    """
    told = dues(now, config.desk.zone, short=screen.columns < WIDE)
    heads = [
        Head(_("id")),
        Head(_("priority"), optional=4),
        Head(_("clock"), optional=2),
        Head(_("due"), optional=5),
        Head(_("open time left"), right=True, optional=1),
        Head(_("owner"), optional=6),
        Head(_("team"), optional=7),
        Head(_("title"), flexible=True, optional=3),
    ]
    return table_text(screen, heads, [_cells(*row, config, told, style=style) for row in rows])


def _cells(
    verdict: Verdict, ticket: Columns, config: Configuration, due: Callable[[datetime], str], *, style: str
) -> list[Cell]:
    return [
        Cell(ticket.id, "bold"),
        Cell(words.priority_name(config, ticket.priority)),
        Cell(words.clock_name(verdict.clock, config)),
        Cell(due(at) if (at := verdict.late_since or verdict.due_at) else "–"),
        Cell(_left(verdict), style or ("red" if verdict.state == "breached" else "")),
        Cell(words.person_name(config, ticket.owner)),
        Cell(words.team_name(config, ticket.team)),
        Cell(without_orders(ticket.title) or _("(no title)")),
    ]


def _left(verdict: Verdict) -> str:
    if verdict.fulfilled_at is not None:
        return _("done late")
    if verdict.late_since is not None:
        return _("breached")
    is_late = verdict.state == "breached"
    return left(verdict.remaining_s, is_late) if verdict.remaining_s is not None else "–"

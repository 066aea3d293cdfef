"""How do breaches and running clocks look as rows?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tkt.columns import Columns
from tkt.i18n import _
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.times import left, when
from tkt.schema import Configuration
from tkt.sla import Verdict

Row = tuple[Verdict, Columns]


def print_breaches(rows: Sequence[Row], config: Configuration, now: datetime, screen: Screen) -> None:
    """One line a breach: which clock, since when it is late, whose it is."""
    _print(rows, config, now, screen, style="red")


def print_clocks(rows: Sequence[Row], config: Configuration, now: datetime, screen: Screen) -> None:
    """One line a running clock."""
    _print(rows, config, now, screen, style="")


def _print(rows: Sequence[Row], config: Configuration, now: datetime, screen: Screen, *, style: str) -> None:
    heads = [
        Head(_("id")),
        Head(_("priority")),
        Head(_("clock")),
        Head(_("due"), optional=1),
        Head(_("open time left"), right=True),
        Head(_("owner"), optional=2),
        Head(_("team"), optional=3),
        Head(_("title"), flexible=True),
    ]
    print_table(screen, heads, [_cells(*row, config, now, style=style) for row in rows])


def _cells(
    verdict: Verdict, ticket: Columns, config: Configuration, now: datetime, *, style: str
) -> list[Cell]:
    return [
        Cell(ticket.id, "bold"),
        Cell(words.priority_name(config, ticket.priority)),
        Cell(words.clock_name(verdict.clock)),
        Cell(when(verdict.due_at, now, config.desk.zone) if verdict.due_at else "–"),
        Cell(_left(verdict), style or ("red" if verdict.state == "breached" else "")),
        Cell(words.person_name(config, ticket.owner)),
        Cell(words.team_name(config, ticket.team)),
        Cell(ticket.title or _("(no title)")),
    ]


def _left(verdict: Verdict) -> str:
    if verdict.fulfilled_at is not None:
        return _("done late")
    return left(verdict.remaining_s) if verdict.remaining_s is not None else "–"

"""How does a list of tickets look?"""

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


def print_tickets(rows: Sequence[Columns], config: Configuration, now: datetime, screen: Screen) -> None:
    """Id, status, priority, next due and what is left of it, owner, title, what is missing."""
    has_missing = any(_missing(row) for row in rows)
    heads = [
        Head(_("id")),
        Head(_("status")),
        Head(_("priority")),
        Head(_("due"), optional=2),
        Head(_("open time left"), right=True),
        Head(_("owner"), optional=3),
        Head(_("title"), flexible=True),
        *([Head(_("missing"), optional=1)] if has_missing else []),
    ]
    cells = [_cells(row, config, now, short=screen.is_bounded)[: len(heads)] for row in rows]
    print_table(screen, heads, cells)


def _cells(row: Columns, config: Configuration, now: datetime, *, short: bool) -> list[Cell]:
    ticket = row.ticket
    due, remaining = row.lookup("due"), row.lookup("remaining")
    style = "red" if row.lookup("sla") == "breached" else ""
    return [
        Cell(ticket.id, "bold"),
        Cell(words.status_name(config, ticket.status)),
        Cell(words.priority_name(config, ticket.priority)),
        Cell(when(due, now, config.desk.zone) if isinstance(due, datetime) else "–", style),
        Cell(left(remaining) if isinstance(remaining, int) else "–", style),
        Cell(words.person_name(config, ticket.owner)),
        Cell(ticket.title or _("(no title)")),
        Cell(_missing(row, short=short), "yellow"),
    ]


def _missing(row: Columns, *, short: bool = False) -> str:
    """The names of what is missing; `short`: the first, and how many more."""
    found = row.lookup("missing")
    names = [str(name) for name in found] if isinstance(found, (tuple, list)) else []
    return f"{names[0]} +{len(names) - 1}" if short and len(names) > 1 else ", ".join(names)

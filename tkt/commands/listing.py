"""`tkt list` and `tkt search`: which tickets are there?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from tkt.columns import Columns
from tkt.commands.common import Session
from tkt.commands.options import LimitOption, QueryArgument
from tkt.commands.signature import reads
from tkt.errors import NotFound, did_you_mean
from tkt.i18n import N_, msg, msgn
from tkt.render.jsons import json_text, plain
from tkt.render.tickets_table import print_tickets

TERMINAL_ROWS = 50
ANY = -1

JsonlOption = Annotated[bool, typer.Option("--jsonl", help=N_("Print one JSON object a line, as they come."))]


@reads
def list_tickets(
    session: Session, query: QueryArgument = None, limit: LimitOption = ANY, jsonl: JsonlOption = False
) -> int:
    """List tickets: the open ones, or with a query all that match; next due first."""
    words = list(query or ())
    asked = _asked(session, words) if words else "status:open"
    found, code = _matching(session, asked)
    found.sort(key=_next_due_first)
    _print(session, found, limit, jsonl)
    return code


@reads
def search(
    session: Session, query: QueryArgument = None, limit: LimitOption = ANY, jsonl: JsonlOption = False
) -> int:
    """Find tickets by words and fields, the latest received first."""
    found, code = _matching(session, _asked(session, list(query or ())))
    found.sort(key=lambda each: (each.ticket.received_at, each.ticket.id), reverse=True)
    _print(session, found, limit, jsonl)
    return code


def _asked(session: Session, words: Sequence[str]) -> str:
    """The words as one query; `@name` stands for a saved view."""
    return " ".join(_view(session, word[1:]) if word.startswith("@") else word for word in words)


def _view(session: Session, name: str) -> str:
    views = session.desk.config.views.views
    if name not in views:
        raise NotFound(msg("no view {name} in config/views.yaml", name=name), hint=did_you_mean(name, views))
    return f"({views[name]})" if views[name].strip() else ""


def _matching(session: Session, asked: str) -> tuple[list[Columns], int]:
    """Everything that matches, and the exit code that unreadable files call for."""
    desk, now = session.desk, session.now
    query = session.query(asked)
    reading = desk.read(desk.statuses_of(query))
    rows = (desk.columns(ticket, now) for ticket in reading.tickets)
    found = [row for row in rows if query.matches(row.lookup)]
    return found, session.report(reading.problems)


def _next_due_first(row: Columns) -> tuple[bool, float, str]:
    due = row.lookup("due")
    return (due is None, due.timestamp() if isinstance(due, datetime) else 0.0, row.ticket.id)


def _print(session: Session, found: Sequence[Columns], limit: int, jsonl: bool) -> None:
    wanted = limit if limit != ANY else (TERMINAL_ROWS if session.screen.is_terminal else 0)
    shown = found[:wanted] if wanted > 0 else found
    if jsonl:
        for row in shown:
            session.screen.print(json_text(plain(row.row()), sys.stdout))
    elif session.json:
        session.answer([row.row() for row in shown])
    elif not found:
        session.note(msg("nothing matches"))
    else:
        print_tickets(shown, session.desk.config, session.now, session.screen)
        if len(shown) < len(found):
            rest = msgn(
                "{count} more: --limit 0 shows all",
                "{count} more: --limit 0 shows all",
                len(found) - len(shown),
            )
            session.note(rest)
    if not jsonl:
        session.tell_synced()

"""`tkt board`: how does the desk stand, column by column, and what is moved where?"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from tkt.board.lanes import by_status
from tkt.board.plain import board_lines
from tkt.columns import Columns
from tkt.commands.board_work import CommandWork, looked, seen
from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.signature import reads
from tkt.errors import EXIT_BUG, UsageError
from tkt.i18n import N_, msg
from tkt.render import words

PlainOption = Annotated[
    bool,
    typer.Option("--plain", help=N_("Print it as text; so it is where standard output is no terminal.")),
]


@reads
def board(session: Session, query: QueryArgument = None, plain: PlainOption = False) -> int:
    """See what is not closed as columns of cards: live at a terminal, else as text."""
    text = " ".join(query or ())
    if session.json:
        return _answer(session, text)
    if plain or not _is_live():
        return _print(session, text)
    return _live(session, text)


def _is_live() -> bool:
    """Whether somebody sits at a terminal that can be drawn on."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _print(session: Session, text: str) -> int:
    found = looked(session, text)
    session.screen.print_each(board_lines(found, session.screen))
    session.tell_synced()
    return session.report(found.problems)


def _answer(session: Session, text: str) -> int:
    rows, problems = seen(session, text)
    config = session.desk.config
    columns = [_column(session, status, some) for status, some in by_status(config, rows).items()]
    session.answer({"query": text, "columns": columns})
    return session.report(problems)


def _column(session: Session, status: str, rows: Any) -> dict[str, Any]:
    tickets: list[Columns] = list(rows)
    config = session.desk.config
    return {
        "status": status,
        "name": words.status_name(config, status),
        "category": config.status_category(status),
        "count": len(tickets),
        "breached": sum(row.lookup("sla") == "breached" for row in tickets),
        "tickets": [row.row() for row in tickets],
    }


def _live(session: Session, text: str) -> int:
    """The live board; looked at once before it takes the terminal, so that a fault is told as ever."""
    needs_textual()
    from tkt.board.app import BoardApp
    from tkt.board.drafts import Drafts

    work = CommandWork(session.door, session.common)
    app = BoardApp(work, Drafts(session.desk.root), work.look(text))
    app.run()
    return EXIT_BUG if app.return_code else 0  # what went wrong was told when the terminal was given back


def needs_textual() -> None:
    """Errors: UsageError where it is not installed."""
    if not _has_textual():
        raise UsageError(
            msg("the live board needs the Python package {name}, which is not installed", name="textual"),
            hint=msg("pip install 'textual>=8.0', or: tkt board --plain"),
        )


def _has_textual() -> bool:
    from importlib.util import find_spec

    return find_spec("textual") is not None

"""`tkt list`: which tickets are there?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tkt.columns import Columns
from tkt.commands.asked import SIGNS, asked
from tkt.commands.common import Session
from tkt.commands.options import LimitOption, QueryArgument
from tkt.commands.plain import by_due, plain_list
from tkt.commands.signature import paged, reads
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.render.tickets_table import print_tickets

TERMINAL_ROWS = 50
ANY = -1

JsonlOption = Annotated[bool, typer.Option("--jsonl", help=N_("Print one JSON object a line, as they come."))]
ViewsOption = Annotated[
    bool, typer.Option("--views", help=N_("List the saved views, and how many tickets each finds."))
]
SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="FIELD,-FIELD",
        help=N_("In order of fields, with a leading - backwards; else next due first."),
        show_default=False,
    ),
]


@paged
@reads
def list_tickets(
    session: Session,
    query: QueryArgument = None,
    sort: SortOption = "",
    limit: LimitOption = ANY,
    jsonl: JsonlOption = False,
    views: ViewsOption = False,
) -> int:
    """List tickets: yours, or with a query all that match; next due first."""
    words = list(query or ())
    if views or (len(words) == 1 and words[0].strip() in SIGNS):
        from tkt.commands.saved import list_views

        return list_views(session)
    if words:
        found, code = _matching(session, words)
        found.sort(key=by_due)
        beside: Sequence[Message] = ()
    else:
        mine = plain_list(session)
        found, code, beside = list(mine.rows), session.report(mine.problems), mine.beside
    print_rows(session, in_wanted_order(session, found, sort), limit, jsonl=jsonl, beside=beside)
    return code


def _matching(session: Session, words: Sequence[str]) -> tuple[list[Columns], int]:
    """Everything that matches, and the exit code that unreadable files call for."""
    found = session.desk.matching(session.query(asked(session, words)), session.now)
    return list(found.rows), session.report(found.problems)


def in_wanted_order(session: Session, found: Sequence[Columns], sort: str) -> Sequence[Columns]:
    """In order of the fields that `--sort` names; as they are where it names none."""
    if not sort:
        return found
    from tkt.commands.sorting import in_order

    return in_order(session.desk, found, sort)


def print_rows(
    session: Session, found: Sequence[Columns], limit: int, *, jsonl: bool, beside: Sequence[Message] = ()
) -> None:
    """At most `limit` of them (ANY: what a terminal holds), for people or programs; `beside` is told behind them."""
    wanted = limit if limit != ANY else (TERMINAL_ROWS if session.screen.is_terminal else 0)
    shown = found[:wanted] if wanted > 0 else found
    if jsonl:
        from tkt.render.jsons import json_text, plain

        session.screen.print_each(json_text(plain(row.row()), sys.stdout) for row in shown)
        return
    if session.json:
        session.answer([row.row() for row in shown])
    else:
        _print_for_people(session, shown, len(found), beside)
    session.tell_synced()


def _print_for_people(
    session: Session, shown: Sequence[Columns], found: int, beside: Sequence[Message]
) -> None:
    if shown:
        parts = _parts(session, shown) if session.screen.has_colour else {}
        print_tickets(shown, session.told_config, session.now, session.screen, parts)
    else:
        session.note(msg("nothing waits for you") if beside else msg("nothing matches"))
    rest = found - len(shown)
    if rest:
        session.note(msgn("{count} more: --limit 0 shows all", "{count} more: --limit 0 shows all", rest))
    if session.screen.is_terminal and not session.common.quiet:
        for message in beside:
            session.screen.print(session.screen.styled(render(message), "dim"))
    else:
        session.note(*beside)


def _parts(session: Session, shown: Sequence[Columns]) -> dict[str, tuple[int, int]]:
    """What of each id is enough to type."""
    from tkt.ids import enough

    return enough([row.id for row in shown], session.desk.tree.ids())

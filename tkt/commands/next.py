"""`tkt next`: which ticket do I take up next, and why that one?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from tkt.actions.sensible import Outlook, sensible_commands
from tkt.columns import Columns
from tkt.columns.upnext import Pick, up_next
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.naming import remember
from tkt.commands.options import QueryArgument
from tkt.commands.plain import note_unknown
from tkt.commands.signature import writes
from tkt.commands.views import names_in, ticket_json
from tkt.errors import EXIT_NO
from tkt.i18n import N_, msg, msgn, render
from tkt.model import Ticket
from tkt.render.next_page import NextPage
from tkt.workflow import target

CANDIDATES = "(owner:me status:open,resolved) OR (team:mine owner:none status:open)"

TakeOption = Annotated[bool, typer.Option("--take", help=N_("Take it, as tkt take does."))]


@writes
def next_ticket(session: Session, query: QueryArgument = None, take: TakeOption = False) -> int:
    """Show what to take up next of yours, else of what nobody of your teams has taken; exit code 1: nothing."""
    note_unknown(session)
    found = session.desk.matching(session.query(_within(session, query or ())), session.now)
    code = session.report(found.problems)
    pick = up_next(found.rows, session.me, session.now)
    if pick is None:
        _note_notices(session)
        return code or _nothing(session)
    if take and _is_to_be_taken(session, pick.row):
        from tkt.commands.moves import take as taken

        return taken(session, [pick.row.id]) or code
    _show(session, pick)
    _note_notices(session)
    return code


def _note_notices(session: Session) -> None:
    """How many notices wait for whoever asks; a desk that sends none keeps them until they are read."""
    if session.json:
        return
    from tkt.commands.outbox import count_for

    count, may_be_more = count_for(session, session.me)
    if may_be_more:
        session.note(msg("{count} notices or more wait for you: tkt outbox list --to me", count=count))
    elif count:
        session.note(
            msgn(
                "{count} notice waits for you: tkt outbox list --to me",
                "{count} notices wait for you: tkt outbox list --to me",
                count,
            )
        )


def _within(session: Session, words: Sequence[str]) -> str:
    return f"({CANDIDATES}) ({asked(session, words)})" if words else CANDIDATES


def _nothing(session: Session) -> int:
    if session.json:
        session.answer(None)
    session.note(msg("nothing to take up: nothing of yours needs you, and nothing is free in your teams"))
    return EXIT_NO


def _is_to_be_taken(session: Session, row: Columns) -> bool:
    is_at_work = row.owner == session.me and row.status == target(row.config, "start")
    return not is_at_work and row.status not in row.config.finished


def _show(session: Session, pick: Pick) -> None:
    ticket = pick.row.ticket
    page = _page(session, pick, ticket)
    if session.json:
        session.answer(_as_json(session, page))
    else:
        for line in page.lines(session.screen):
            session.screen.print(line)
    remember(session, ticket.id)


def _page(session: Session, pick: Pick, ticket: Ticket) -> NextPage:
    row = pick.row
    outlook = Outlook(
        ticket=ticket,
        config=session.desk.config,
        me=session.me,
        needs=names_in(row, "needs"),
        missing=names_in(row, "missing"),
        now=session.now,
    )
    return NextPage(
        pick=pick,
        ticket=ticket,
        commands=sensible_commands(outlook),
        missing=outlook.missing,
        now=session.now,
        config=session.told_config,
    )


def _as_json(session: Session, page: NextPage) -> dict[str, Any]:
    return {
        "ticket": ticket_json(session.desk, page.ticket, session.now),
        "why": page.pick.why.name.lower(),
        "reason": render(page.reason),
        "at": page.pick.at,
        "commands": list(page.commands),
    }

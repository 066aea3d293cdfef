"""`tkt log` and `tkt undo`: what happened, and how is the last command taken back?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from heapq import nlargest
from itertools import groupby
from typing import Annotated

import typer

from tkt.commands.committing import sync_after
from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.commands.options import LimitOption
from tkt.commands.signature import paged, reads, writes
from tkt.desk import UNREADABLE
from tkt.i18n import N_, msg, render
from tkt.model import Event, Ticket
from tkt.render.jsons import event_json
from tkt.render.text import one_line
from tkt.render.ticket_page import history_lines
from tkt.undo import told, undo_last

RECENT = 30

OptionalTicket = Annotated[
    str,
    typer.Argument(
        metavar="[ID]",
        help=N_("A ticket; without one, what happened lately on the whole desk."),
        show_default=False,
    ),
]

YesOption = Annotated[bool, typer.Option("--yes", help=N_("Even if it was about many tickets."))]


@paged
@reads
def log(session: Session, ticket: OptionalTicket = "", limit: LimitOption = -1) -> int:
    """Show events: of a ticket in order, of the desk the latest last."""
    wanted = limit if limit >= 0 else (0 if ticket else RECENT)
    tickets, code = ([session.desk.ticket(named(session, ticket))], 0) if ticket else _lately(session, wanted)
    found = sorted(((t, e) for t in tickets for e in t.events), key=lambda pair: (pair[1].order, pair[0].id))
    shown = found[-wanted:] if wanted else found
    if session.json:
        session.answer([{"ticket": each.id, **event_json(event)} for each, event in shown])
    else:
        _print(session, shown, one_ticket=bool(ticket))
    return code


def _lately(session: Session, wanted: int) -> tuple[Sequence[Ticket], int]:
    """The tickets that the last `wanted` events of the desk are about (0: all), and the exit code they call for.

    Each ticket has its last event among them, so no more tickets than events have to be read.
    """
    desk = session.desk
    if not wanted:
        reading = desk.read()
        return reading.tickets, session.report(reading.problems)
    looked_at = desk.rows(None, session.now)
    latest = nlargest(wanted, looked_at.rows, key=lambda row: (row.summary.updated_at, row.id))
    tickets = []
    for row in latest:
        with suppress(*UNREADABLE):  # somebody has just removed it
            tickets.append(row.ticket)
    return tickets, session.report(looked_at.problems)


def _print(session: Session, shown: list[tuple[Ticket, Event]], *, one_ticket: bool) -> None:
    for _id, alike in groupby(shown, key=lambda pair: pair[0].id):
        pairs = list(alike)
        ticket = pairs[0][0]
        if not one_ticket:
            session.screen.print(f"{session.screen.styled(ticket.id, 'bold')}  {one_line(ticket.title)}")
        events = [event for _ticket, event in pairs]
        for line in history_lines(events, ticket, session.told_config, session.screen):
            session.screen.print(line)


@writes
def undo(session: Session, yes: YesOption = False) -> int:
    """Take the last command back."""
    done = undo_last(session.desk, session.actor, commits=session.commits, sure=yes)
    corrected = None if done.removed else done.commit
    if session.json:
        sync_after(session, corrected)
        notes = [render(note) for note in (*session.notes, *done.notes)]
        session.answer(
            {
                "commit": done.commit,
                "removed": done.removed,
                "tickets": list(done.tickets),
                "notes": notes,
            }
        )
        return 0
    session.note(*done.notes)
    if done.removed:
        session.say(
            msg("took back {subject}", subject=told(done.subject)),
            msg("to have it again: git cherry-pick {sha}", sha=(done.commit or "")[:10]),
        )
    else:
        session.say(
            msg("corrected {subject}, which others may have seen already", subject=told(done.subject))
        )
    sync_after(session, corrected)
    return 0

"""`tkt escalate`: who else is needed, another team or somebody above?"""

from __future__ import annotations

from typing import Annotated

import typer

from tkt import actions
from tkt.actions import Actor
from tkt.commands.common import Session
from tkt.commands.naming import note_about
from tkt.commands.options import TicketsArgument
from tkt.commands.signature import writes_each
from tkt.commands.writing import changed, words_given
from tkt.i18n import N_, msg
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.schema.configuration import COVERING_TEAM
from tkt.timerules.recipients import members_of

ToTeamOption = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="TEAM",
        help=N_("The team whose skill is needed; without it the next level above is called in."),
        show_default=False,
    ),
]
NewOwnerOption = Annotated[
    str,
    typer.Option(
        "--owner",
        metavar="PERSON",
        help=N_("With --to: whose it is there; else nobody's."),
        show_default=False,
    ),
]
NoteOption = Annotated[
    str,
    typer.Option(
        "--note",
        metavar="TEXT",
        help=N_("What was tried, as an internal note; - reads it from standard input."),
        show_default=False,
    ),
]


@writes_each
def escalate(
    session: Session,
    tickets: TicketsArgument = None,
    to: ToTeamOption = "",
    owner: NewOwnerOption = "",
    note: NoteOption = "",
) -> int:
    """Escalate tickets to another team, or to the next level above; --reason says why. No clock changes."""
    words = words_given(session, note) if note else None

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        after = actions.escalate(found, actor, config, to=to or None, owner=owner or None, note=words)
        if to and not owner:
            _note_cover(session, after, config)
        return after

    return changed(session, tickets, action, verb="escalate")


def _note_cover(session: Session, ticket: Ticket, config: Configuration) -> None:
    """Say who looks after it where nobody is in the team."""
    team = str(ticket.team)
    if members_of(team, config):
        return
    if members_of(COVERING_TEAM, config):
        told = msg("nobody is in {team}: {cover} looks after it", team=team, cover=COVERING_TEAM)
    else:
        told = msg("nobody is in {team}, nor in {cover}: nobody is told", team=team, cover=COVERING_TEAM)
    note_about(session, ticket, told)

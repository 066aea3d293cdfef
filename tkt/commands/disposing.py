"""`tkt spam`, `tkt duplicate`, `tkt not-spam`: what is no request, or is here twice?"""

from __future__ import annotations

from typing import Annotated

import typer

from tkt import actions
from tkt.actions import Actor
from tkt.commands.common import Session
from tkt.commands.naming import named, note_about
from tkt.commands.options import SentByOption, TicketsArgument
from tkt.commands.signature import writes_each
from tkt.commands.writing import changed
from tkt.errors import UsageError
from tkt.guards.talk import last_customer_message
from tkt.i18n import N_, msg
from tkt.model import Ticket
from tkt.schema import Configuration

KindOption = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="KIND",
        help=N_("As what: spam, test, or another code below uncounted in the workflow."),
    ),
]
SurvivorOption = Annotated[
    str, typer.Option("--of", metavar="ID", help=N_("The ticket that lives on."), show_default=False)
]
TellOption = Annotated[
    str,
    typer.Option(
        "--reply", metavar="TEXT", help=N_("Tell the customer so in the same step."), show_default=False
    ),
]


@writes_each
def spam(session: Session, tickets: TicketsArgument = None, kind: KindOption = "spam") -> int:
    """Put tickets away as spam; with --as test as tests. No clock and no figure knows them any more."""

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return actions.spam(found, actor, config, kind=kind)

    return changed(session, tickets, action, verb="spam")


@writes_each
def duplicate(
    session: Session,
    tickets: TicketsArgument = None,
    of: SurvivorOption = "",
    reply: TellOption = "",
    sent_by: SentByOption = "",
) -> int:
    """Put tickets away as duplicates of another one, which lives on and is not changed."""
    if not of:
        raise UsageError(msg("of which ticket is it a duplicate?"), hint=msg("tkt duplicate ID --of ID"))
    survivor = session.desk.ticket(named(session, of))

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        after = actions.duplicate(
            found, actor, config, of=survivor, reply=reply or None, sent_by=sent_by or None
        )
        if not reply and after is not found and last_customer_message(found) is not None:
            note_about(
                session,
                found,
                msg('the customer does not know yet: tkt reply {ticket} --text "…"', ticket=found.id),
            )
        return after

    return changed(session, tickets, action, verb="duplicate")


@writes_each
def not_spam(session: Session, tickets: TicketsArgument = None) -> int:
    """Bring tickets back that were put away as spam, a test or a duplicate: they are where they were."""
    return changed(session, tickets, actions.restore, verb="not-spam")

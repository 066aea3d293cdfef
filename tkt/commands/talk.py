"""`tkt reply`, `tkt heard`, `tkt note`: who said what?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tkt import actions
from tkt.actions import Actor, Given
from tkt.actions.moving import ReopenWindowPassed
from tkt.actions.vocabulary import unknown_mentions
from tkt.commands.common import Session
from tkt.commands.options import (
    CauseOption,
    CodeOption,
    ForceOption,
    ForOption,
    NextOption,
    SentByOption,
    SetOption,
    TextOption,
    TicketArgument,
    UntilOption,
)
from tkt.commands.signature import writes
from tkt.commands.writing import changed, dated, given_as, text_given
from tkt.i18n import N_, msg
from tkt.model import Ticket
from tkt.schema import Configuration


class Then(StrEnum):
    """What else a reply does, in one commit."""

    WAIT = "wait"
    RESOLVE = "resolve"
    START = "start"


class To(StrEnum):
    """To whom a message goes; only one to the customer answers them."""

    CUSTOMER = "customer"
    VENDOR = "vendor"
    COLLEAGUE = "colleague"


AndOption = Annotated[
    Then | None, typer.Option("--and", help=N_("What else, in the same commit."), show_default=False)
]
ToOption = Annotated[To, typer.Option("--to", help=N_("To whom."))]
ChannelOption = Annotated[
    str,
    typer.Option(
        "--channel",
        metavar="CHANNEL",
        help=N_("Where they said it; tkt config show channels lists them."),
        show_default=False,
    ),
]
FromOption = Annotated[
    str,
    typer.Option(
        "--from", metavar="NAME", help=N_("Who said it, if not the ticket's contact."), show_default=False
    ),
]
DecisionOption = Annotated[bool, typer.Option("--decision", help=N_("It is a decision."))]
ResolutionOption = Annotated[
    str,
    typer.Option(
        "--solution",
        metavar="TEXT",
        help=N_("With --and resolve: what was done; else the reply says it."),
        show_default=False,
    ),
]


@writes
def reply(
    session: Session,
    ticket: TicketArgument,
    text: TextOption = "",
    to: ToOption = To.CUSTOMER,
    sent_by: SentByOption = "",
    and_: AndOption = None,
    for_: ForOption = "",
    until: UntilOption = "",
    code: CodeOption = "",
    cause: CauseOption = "",
    solution: ResolutionOption = "",
    next_: NextOption = "",
    set_: SetOption = None,
    force: ForceOption = False,
) -> int:
    """Answer the customer; --and wait asks and waits, --and resolve says that it is solved."""
    said = text_given(session, text, msg("a reply needs its words"))
    given = given_as(
        set_,
        on="customer" if and_ is Then.WAIT else "",
        what_for=(for_ or _first_line(said)) if and_ is Then.WAIT else "",
        until=until,
        code=code,
        text=(solution or said.strip()) if and_ is Then.RESOLVE else "",
        cause=cause,
        next_what=next_,
        force=force,
    )

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return dated(
            session,
            found,
            given,
            lambda complete: actions.reply(
                found,
                actor,
                config,
                text=said,
                to=to.value,
                sent_by=sent_by or None,
                asks_customer=and_ is Then.WAIT,
                and_then=and_.value if and_ else None,
                given=complete,
            ),
        )

    return changed(session, ticket, action, verb="reply")


@writes
def heard(
    session: Session,
    ticket: TicketArgument,
    text: TextOption = "",
    channel: ChannelOption = "",
    from_: FromOption = "",
) -> int:
    """Record what the customer said elsewhere; a ticket that waited for them goes on."""
    said = text_given(session, text, msg("what did the customer say?"))

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return dated(
            session,
            found,
            Given(),
            lambda complete: actions.heard(
                found,
                actor,
                config,
                text=said,
                channel=channel or found.get("channel"),
                from_name=from_ or None,
                given=complete,
            ),
        )

    try:
        return changed(session, ticket, action, verb="heard")
    except ReopenWindowPassed as passed:
        from tkt.commands.following import follow

        heard_by = {"channel": channel} if channel else {}
        return follow(session, ticket, passed, words=said, raised_by="customer", changes=heard_by)


@writes
def note(
    session: Session, ticket: TicketArgument, text: TextOption = "", decision: DecisionOption = False
) -> int:
    """Write an internal note; @name mentions a person."""
    said = text_given(session, text, msg("a note needs its words"))

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        for word in unknown_mentions(said, config):
            session.note(
                msg("nobody is called @{name}: the note is kept, but mentions nobody by it", name=word)
            )
        return actions.note(found, actor, config, text=said, decision=decision)

    return changed(session, ticket, action, verb="note")


@writes
def noreply(session: Session, ticket: TicketArgument) -> int:
    """Say that the customer's last message needs no answer, and with --reason why."""
    return changed(session, ticket, actions.noreply, verb="noreply")


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:80]

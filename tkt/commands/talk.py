"""`tkt reply`, `tkt heard`, `tkt note`: who said what?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tkt import actions
from tkt.actions import Actor, Given
from tkt.actions.messages import awaited
from tkt.actions.moving import ReopenWindowPassed
from tkt.actions.thanks import suggests_noreply
from tkt.actions.vocabulary import unknown_mentions
from tkt.commands.beside import suggest_beside
from tkt.commands.choosing import one_of
from tkt.commands.common import Session
from tkt.commands.enclosing import enclosing
from tkt.commands.naming import note_about
from tkt.commands.options import (
    ArticlesOption,
    AttachOption,
    CauseOption,
    CodeOption,
    ForceOption,
    ForOption,
    NextOption,
    SentByOption,
    SetOption,
    TextOption,
    TicketsArgument,
    UntilOption,
)
from tkt.commands.signature import writes_each
from tkt.commands.spending import SpentOption, minutes_given
from tkt.commands.writing import changed, given_as, text_given
from tkt.dated import dated
from tkt.i18n import N_, Message, msg
from tkt.model import Ticket
from tkt.schema import Configuration

if TYPE_CHECKING:
    from tkt.searching.citing import Cited


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
DecisionOption = Annotated[
    bool, typer.Option("--decision", help=N_("It is a decision: pinned on top of tkt show."))
]
ResolutionOption = Annotated[
    str,
    typer.Option(
        "--solution",
        metavar="TEXT",
        help=N_("With --and resolve: what was done; else the reply says it."),
        show_default=False,
    ),
]


@writes_each
def reply(
    session: Session,
    tickets: TicketsArgument = None,
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
    spent: SpentOption = "",
    attach: AttachOption = None,
    kb: ArticlesOption = None,
) -> int:
    """Answer the customer; --and wait asks and waits, --and resolve says that it is solved."""
    minutes = minutes_given(spent)
    cited = _cited(session, kb or (), to.value)
    said = cited.in_words(text_given(session, text, msg("a reply needs its words")), to=to.value)
    given = given_as(
        set_,
        on="customer" if and_ is Then.WAIT else "",
        what_for=(for_ or awaited(said)) if and_ is Then.WAIT else "",
        until=until,
        code=code,
        text=(solution or said.strip()) if and_ is Then.RESOLVE else "",
        cause=cause,
        next_what=next_,
        force=force,
    )

    enclosed = enclosing(session, attach)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        after = dated(
            session.desk,
            session.now,
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
                articles=cited.slugs,
                and_then=and_.value if and_ else None,
                given=complete,
                spent=minutes,
            ),
        )
        return enclosed(found, after, actor, config)

    answered: list[str] = []
    left = changed(session, tickets, lambda *found: _remembered(action(*found), answered), verb="reply")
    if not kb and to is To.CUSTOMER and len(set(answered)) == 1:
        suggest_beside(session, session.desk.ticket(answered[-1]))
    return left


def _remembered(ticket: Ticket, answered: list[str]) -> Ticket:
    answered.append(ticket.id)
    return ticket


def _cited(session: Session, slugs: Sequence[str], to: str) -> Cited:
    """What a reply cites; an article is looked for only where one is named."""
    from tkt.searching.citing import CUSTOMER, NONE_CITED, cited_by

    if not slugs:
        return NONE_CITED
    cited = cited_by(session.desk, slugs)
    if to == CUSTOMER:
        session.note(*cited.notes)
    return cited


@writes_each
def heard(
    session: Session,
    tickets: TicketsArgument = None,
    text: TextOption = "",
    channel: ChannelOption = "",
    from_: FromOption = "",
    spent: SpentOption = "",
    attach: AttachOption = None,
) -> int:
    """Record what the customer said elsewhere; a ticket that waited for them goes on."""
    minutes = minutes_given(spent)
    said = text_given(session, text, msg("what did the customer say?"))

    enclosed = enclosing(session, attach)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        after = dated(
            session.desk,
            session.now,
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
                spent=minutes,
            ),
        )
        after = enclosed(found, after, actor, config)
        note_about(session, found, *_thanks_told(after, config))
        return after

    try:
        return changed(session, tickets, action, verb="heard")
    except ReopenWindowPassed as passed:
        one = one_of(session, tickets)
        if one is None:
            raise
        from tkt.commands.following import follow

        heard_by = {"channel": channel} if channel else {}
        return follow(
            session, one, passed, words=said, raised_by="customer", changes=heard_by, enclosed=enclosed
        )


def _thanks_told(ticket: Ticket, config: Configuration) -> Iterator[Message]:
    if suggests_noreply(ticket, config):
        yield msg(
            "it looks like a mere thank-you; no reply is owed after: tkt noreply {ticket}", ticket=ticket.id
        )


@writes_each
def note(
    session: Session,
    tickets: TicketsArgument = None,
    text: TextOption = "",
    decision: DecisionOption = False,
    spent: SpentOption = "",
    attach: AttachOption = None,
) -> int:
    """Write an internal note; @name mentions a person, --decision pins it on top of `tkt show`."""
    minutes = minutes_given(spent)
    said = text_given(session, text, msg("a note needs its words"))
    enclosed = enclosing(session, attach)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        for word in unknown_mentions(said, config):
            session.note(
                msg("nobody is called @{name}: the note is kept, but mentions nobody by it", name=word)
            )
        after = actions.note(found, actor, config, text=said, decision=decision, spent=minutes)
        return enclosed(found, after, actor, config)

    return changed(session, tickets, action, verb="note")


@writes_each
def noreply(session: Session, tickets: TicketsArgument = None) -> int:
    """Say that the customer's last message needs no answer, and with --reason why; a thank-you needs none."""
    return changed(session, tickets, actions.noreply, verb="noreply")

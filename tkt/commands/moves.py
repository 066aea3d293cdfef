"""`tkt take move start wait resolve close reopen`: how does a ticket go on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from tkt import actions
from tkt.actions import Actor, Given
from tkt.actions.meanwhile import lately_answered, lately_owned
from tkt.actions.moving import ReopenWindowPassed
from tkt.commands.choosing import one_of
from tkt.commands.common import Session
from tkt.commands.naming import note_about
from tkt.commands.options import (
    CauseOption,
    CodeOption,
    ForceOption,
    ForOption,
    NextOption,
    OwnerOption,
    SentByOption,
    SetOption,
    TicketsArgument,
    UntilOption,
)
from tkt.commands.signature import writes_each
from tkt.commands.spending import SpentOption, with_spent
from tkt.commands.writing import given_as, moved, pairs
from tkt.errors import UsageError
from tkt.i18n import N_, Message, msg
from tkt.model import Ticket
from tkt.render import words
from tkt.render.meanwhile import answered_told, owned_told
from tkt.schema import Configuration

MoveWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID… STATUS",
        help=N_("Which tickets, and last where to; tkt config explain workflow lists the statuses."),
        show_default=False,
    ),
]
OnOption = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="WHO",
        help=N_("Whom it waits for: customer, vendor or colleague."),
        show_default=False,
    ),
]
SolvedOption = Annotated[
    str,
    typer.Option(
        "--text",
        "-m",
        metavar="TEXT",
        help=N_("What was done, for whoever reads it later."),
        show_default=False,
    ),
]
ByWhenOption = Annotated[
    str,
    typer.Option("--by-when", metavar="WHEN", help=N_("By when the next action is due."), show_default=False),
]
ReplyOption = Annotated[
    str,
    typer.Option(
        "--reply", metavar="TEXT", help=N_("Tell the customer in the same step."), show_default=False
    ),
]
ConfirmedOption = Annotated[
    str,
    typer.Option(
        "--confirmed",
        metavar="HOW",
        help=N_("How the customer confirmed: mail, phone, wechat …"),
        show_default=False,
    ),
]
EvidenceOption = Annotated[
    str, typer.Option("--evidence", metavar="TEXT", help=N_("What shows that they did."), show_default=False)
]


@writes_each
def take(
    session: Session,
    tickets: TicketsArgument = None,
    set_: SetOption = None,
    next_: NextOption = "",
    by_when: ByWhenOption = "",
    force: ForceOption = False,
) -> int:
    """Make a ticket yours and start on it; next action and its date are filled in where you give none."""
    given = given_as(set_, next_what=next_, next_by=by_when, force=force)

    def taken(found: Ticket, actor: Actor, config: Configuration, given: Given) -> Ticket:
        note_about(session, found, *_others_at_work(session, found))
        return actions.take(found, actor, config, given)

    code = moved(session, tickets, taken, given, verb="take")
    session.tell_synced()
    return code


def _others_at_work(session: Session, ticket: Ticket) -> Iterator[Message]:
    """Who may be at work on it too: it was answered or given to somebody lately, or is somebody's."""
    config, me, now = session.desk.config, session.me, session.now
    answered, owned = lately_answered(ticket, me, now), lately_owned(ticket, me, now)
    if answered is not None:
        yield answered_told(answered, config, now)
    if owned is not None:
        yield owned_told(owned, config, now)
    elif ticket.owner not in (None, me):
        yield msg("it was the ticket of {person} until now", person=words.person_name(config, ticket.owner))


@writes_each
def move(
    session: Session,
    words_: MoveWords = None,
    set_: SetOption = None,
    owner: OwnerOption = "",
    on: OnOption = "",
    for_: ForOption = "",
    until: UntilOption = "",
    code: CodeOption = "",
    text: SolvedOption = "",
    cause: CauseOption = "",
    next_: NextOption = "",
    by_when: ByWhenOption = "",
    reply: ReplyOption = "",
    sent_by: SentByOption = "",
    confirmed: ConfirmedOption = "",
    evidence: EvidenceOption = "",
    force: ForceOption = False,
    spent: SpentOption = "",
) -> int:
    """Move tickets to any status that their moves lead to."""
    tickets, status = _where_to(words_ or ())
    mine = [f"owner={session.me if owner == 'me' else owner}"] if owner else []
    given = with_spent(
        given_as(
            [*(set_ or ()), *mine],
            on=on,
            what_for=for_,
            until=until,
            code=code,
            text=text,
            cause=cause,
            next_what=next_,
            next_by=by_when,
            reply=reply,
            sent_by=sent_by,
            confirmed=confirmed,
            evidence=evidence,
            force=force,
        ),
        spent,
    )

    def to_status(found: Ticket, actor: Actor, config: Configuration, given: Given) -> Ticket:
        return actions.move(found, actor, config, status, given)

    return moved(session, tickets, to_status, given, verb="move")


def _where_to(typed: Sequence[str]) -> tuple[Sequence[str], str]:
    """The ids and, behind them, the status. Errors: UsageError without a status."""
    if not typed:
        raise UsageError(msg("say where to: a status"), hint=msg("tkt move ID … STATUS"))
    return typed[:-1], typed[-1]


@writes_each
def start(
    session: Session,
    tickets: TicketsArgument = None,
    set_: SetOption = None,
    next_: NextOption = "",
    by_when: ByWhenOption = "",
    force: ForceOption = False,
) -> int:
    """Start work on a ticket."""
    given = given_as(set_, next_what=next_, next_by=by_when, force=force)
    return moved(session, tickets, actions.start, given, verb="start")


@writes_each
def wait(
    session: Session,
    tickets: TicketsArgument = None,
    on: OnOption = "",
    for_: ForOption = "",
    until: UntilOption = "",
    set_: SetOption = None,
    reply: ReplyOption = "",
    sent_by: SentByOption = "",
    force: ForceOption = False,
    spent: SpentOption = "",
) -> int:
    """Wait for somebody; the customer only after you asked them (--reply asks in the same step)."""
    given = with_spent(
        given_as(set_, on=on, what_for=for_, until=until, reply=reply, sent_by=sent_by, force=force), spent
    )
    return moved(session, tickets, actions.wait, given, verb="wait")


@writes_each
def resolve(
    session: Session,
    tickets: TicketsArgument = None,
    code: CodeOption = "",
    text: SolvedOption = "",
    cause: CauseOption = "",
    set_: SetOption = None,
    reply: ReplyOption = "",
    sent_by: SentByOption = "",
    force: ForceOption = False,
    spent: SpentOption = "",
) -> int:
    """Mark a ticket solved; --reply tells the customer in the same step."""
    given = with_spent(
        given_as(set_, code=code, text=text, cause=cause, reply=reply, sent_by=sent_by, force=force), spent
    )
    return moved(session, tickets, actions.resolve, given, verb="resolve")


@writes_each
def close(
    session: Session,
    tickets: TicketsArgument = None,
    confirmed: ConfirmedOption = "",
    evidence: EvidenceOption = "",
    code: CodeOption = "",
    text: SolvedOption = "",
    cause: CauseOption = "",
    set_: SetOption = None,
    reply: ReplyOption = "",
    sent_by: SentByOption = "",
    force: ForceOption = False,
    spent: SpentOption = "",
) -> int:
    """Close a ticket; with an uncounted code (duplicate, spam, test) from anywhere and without guards."""
    given = with_spent(
        given_as(
            set_,
            code=code,
            text=text,
            cause=cause,
            reply=reply,
            sent_by=sent_by,
            confirmed=confirmed,
            evidence=evidence,
            force=force,
        ),
        spent,
    )
    return moved(session, tickets, actions.close, given, verb="close")


@writes_each
def reopen(
    session: Session,
    tickets: TicketsArgument = None,
    set_: SetOption = None,
    next_: NextOption = "",
    by_when: ByWhenOption = "",
    force: ForceOption = False,
) -> int:
    """Reopen a ticket; once the reopen window has passed, a new one is made that follows it (docs/sla.md L8)."""
    given = given_as(set_, next_what=next_, next_by=by_when, force=force)
    try:
        return moved(session, tickets, actions.reopen, given, verb="reopen")
    except ReopenWindowPassed as passed:
        one = one_of(session, tickets)
        if one is None or next_ or by_when:
            raise  # a new ticket has no next action yet: not to be lost in silence
        from tkt.commands.following import follow

        return follow(session, one, passed, changes=pairs(set_))

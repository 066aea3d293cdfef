"""`tkt set`, `tkt tag`, `tkt assign`: what is it, and whose?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Annotated

import typer

from tkt import actions
from tkt.actions import Actor
from tkt.actions.values import absent_tags
from tkt.commands.common import Session
from tkt.commands.naming import LAST, note_about
from tkt.commands.options import TeamOption
from tkt.commands.signature import writes_each
from tkt.commands.writing import changed, pairs, requesters_of
from tkt.errors import NotFound, UsageError
from tkt.i18n import N_, msg
from tkt.late import late
from tkt.model import Ticket
from tkt.schema import Configuration

FieldWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID… FIELD=VALUE…",
        help=N_("Tickets, and behind them fields with their values; nothing behind = removes one."),
        show_default=False,
    ),
]
TagWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID TAG…",
        help=N_("A ticket, several with commas between them; tags to add, with a leading - to remove."),
        show_default=False,
    ),
]
AssignWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID… [PERSON]",
        help=N_("Tickets, and last a person of config/people.yaml, me, or none."),
        show_default=False,
    ),
]
ToPersonOption = Annotated[
    str,
    typer.Option(
        "--owner",
        metavar="PERSON",
        help=N_("To whom, if not named last: PERSON, me, none."),
        show_default=False,
    ),
]

NOBODY = ("none", "nobody", "无")
ME = ("me", "我")
_LIKE_A_TICKET = late(r"@|＠|(?:\d{6}-)?[0-9A-HJKMNP-TV-Z]{5}")


@writes_each
def set_fields(session: Session, words: FieldWords = None) -> int:
    """Set fields; type, team and priority follow the category and the axes."""
    typed = list(words or ())
    tickets = list(takewhile(lambda word: not re.search("[=＝]", word), typed))
    given = requesters_of(session).changes_for(pairs(typed[len(tickets) :] or typed[1:]))
    if not given:
        raise UsageError(
            msg("say what to set: FIELD=VALUE"), hint=msg("tkt set ID urgency=red order_no=A-1001")
        )

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return actions.set_values(found, actor, config, given)

    return changed(session, tickets, action, verb="set")


@writes_each
def tag(session: Session, words: TagWords = None) -> int:
    """Add and remove tags."""
    typed = [word.strip() for word in words or ()]
    tickets, tags = ([], typed) if session.common.query else (typed[:1], typed[1:])
    _refuse_tickets(session, tickets, tags)
    if not tags:
        raise UsageError(msg("say which tags"), hint=msg("tkt tag ID TAG … -TAG …"))
    add = [word.removeprefix("+") for word in tags if not word.startswith("-")]
    remove = [word[1:] for word in tags if word.startswith("-")]

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        note_about(
            session, found, *(msg("it had no tag {tag}", tag=word) for word in absent_tags(found, remove))
        )
        return actions.tag(found, actor, config, add=add, remove=remove)

    return changed(session, tickets, action, verb="tag")


def _refuse_tickets(session: Session, tickets: Sequence[str], tags: Sequence[str]) -> None:
    """A second ticket is no tag of the first one. Errors: UsageError."""
    for word in tags:
        if _is_ticket(session, word):
            raise UsageError(
                msg("{word} is a ticket, expected a tag", word=word),
                hint=msg("tkt tag {tickets} TAG …", tickets=",".join((*tickets, word))),
            )


def _is_ticket(session: Session, word: str) -> bool:
    return bool(_LIKE_A_TICKET.fullmatch(word)) and (word in LAST or bool(session.desk.tree.find(word)))


@writes_each
def assign(
    session: Session, words: AssignWords = None, owner: ToPersonOption = "", team: TeamOption = ""
) -> int:
    """Give tickets to a person, a team, or both; a new one, once triaged, is assigned by it."""
    tickets, person = _to_whom(session, list(words or ()), owner, team)
    nobody = person.casefold() in NOBODY
    to = None if nobody or not person else (session.me if person in ME else person)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return actions.assign(found, actor, config, owner=to, team=team or None, nobody=nobody)

    return changed(session, tickets, action, verb="assign")


def _to_whom(session: Session, words: list[str], owner: str, team: str) -> tuple[list[str], str]:
    """The tickets, and the person: `--owner`, else the last word, which beside `--team` must be one.

    Errors: UsageError where neither a person nor a team is named.
    """
    if owner:
        return words, owner
    has_person = len(words) > (0 if session.common.query else 1)
    if has_person and (not team or _is_person(session, words[-1])):
        _refuse_last_ticket(session, words)
        _refuse_team(session, words)
        return words[:-1], words[-1]
    if not team:
        ticket = words[0] if words else "ID"
        raise UsageError(
            msg("say to whom: a person or a team"), hint=msg("tkt assign {ticket} PERSON", ticket=ticket)
        )
    return words, ""


def _refuse_last_ticket(session: Session, words: Sequence[str]) -> None:
    """Where no person is named at all, the last ticket is not taken for one. Errors: UsageError."""
    if _is_ticket(session, words[-1]) and not _is_person(session, words[-1]):
        raise UsageError(
            msg("{word} is a ticket, expected a person", word=words[-1]),
            hint=msg("tkt assign {tickets} --owner PERSON", tickets=",".join(words)),
        )


def _refuse_team(session: Session, words: Sequence[str]) -> None:
    """A team is named by its option. Errors: UsageError."""
    *tickets, word = words
    if word in session.desk.config.people.teams and not _is_person(session, word):
        raise UsageError(
            msg("{word} is a team, expected a person", word=word),
            hint=msg("tkt assign {tickets} --team {word}", tickets=",".join(tickets), word=word),
        )


def _is_person(session: Session, word: str) -> bool:
    if word.casefold() in NOBODY or word in ME:
        return True
    try:
        session.desk.person_named(word)
    except NotFound:
        return False
    return True

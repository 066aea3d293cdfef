"""`tkt set`, `tkt tag`, `tkt assign`: what is it, and whose?"""

from __future__ import annotations

from typing import Annotated

import typer

from tkt import actions
from tkt.actions import Actor
from tkt.actions.values import absent_tags
from tkt.commands.common import Session
from tkt.commands.options import TeamOption, TicketArgument
from tkt.commands.signature import writes
from tkt.commands.writing import changed, pairs
from tkt.errors import UsageError
from tkt.i18n import N_, msg
from tkt.model import Ticket
from tkt.schema import Configuration

FieldsArgument = Annotated[
    list[str],
    typer.Argument(metavar="FIELD=VALUE", help=N_("A field and its value; nothing behind = removes it.")),
]
TagsArgument = Annotated[
    list[str], typer.Argument(metavar="TAG", help=N_("A tag to add; with a leading - one to remove."))
]
PersonArgument = Annotated[
    str,
    typer.Argument(
        metavar="[PERSON]", help=N_("A person of config/people.yaml, me, or none."), show_default=False
    ),
]


@writes
def set_fields(session: Session, ticket: TicketArgument, fields: FieldsArgument) -> int:
    """Set fields; type, team and priority follow the category and the axes."""
    given = pairs(fields)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return actions.set_values(found, actor, config, given)

    return changed(session, ticket, action, verb="set")


@writes
def tag(session: Session, ticket: TicketArgument, tags: TagsArgument) -> int:
    """Add and remove tags."""
    words = [word.strip() for word in tags]
    add = [word.removeprefix("+") for word in words if not word.startswith("-")]
    remove = [word[1:] for word in words if word.startswith("-")]

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        session.note(*(msg("it had no tag {tag}", tag=word) for word in absent_tags(found, remove)))
        return actions.tag(found, actor, config, add=add, remove=remove)

    return changed(session, ticket, action, verb="tag")


@writes
def assign(
    session: Session, ticket: TicketArgument, person: PersonArgument = "", team: TeamOption = ""
) -> int:
    """Give a ticket to a person, a team, or both; a new one, once triaged, is assigned by it."""
    if not person and not team:
        raise UsageError(
            msg("say to whom: a person or a team"), hint=msg("tkt assign {ticket} PERSON", ticket=ticket)
        )
    nobody = person.casefold() in ("none", "nobody", "无")
    owner = None if nobody or not person else (session.me if person in ("me", "我") else person)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return actions.assign(found, actor, config, owner=owner, team=team or None, nobody=nobody)

    return changed(session, ticket, action, verb="assign")

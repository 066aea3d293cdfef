"""Whose is a ticket?"""

from __future__ import annotations

from tkt.actions.actor import Actor, Pen, pen_for
from tkt.actions.fields import changed
from tkt.actions.moving import moved
from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.model import Ticket, Value
from tkt.schema import Configuration
from tkt.workflow import MoveRefused


def assign(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    owner: str | None = None,
    team: str | None = None,
    nobody: bool = False,
) -> Ticket:
    """Give a ticket to a person, a team, or both; `nobody` takes it from its owner.

    A new ticket that gets an owner goes on to the first active status, if nothing is missing for it.
    Errors: BadValue for people and teams that are not of this desk, UsageError without any of them.
    """
    if owner is None and team is None and not nobody:
        hint = msg("tkt assign {ticket} PERSON", ticket=ticket.id)
        raise UsageError(msg("say to whom: a person or a team"), hint=hint)
    changes: dict[str, Value] = {} if team is None else {"team": team}
    if owner is not None or nobody:
        changes["owner"] = owner
    pen = pen_for(ticket, actor)
    after = changed(ticket, pen, config, changes)
    return gone_on(after, pen, config) if owner is not None else after


def gone_on(ticket: Ticket, pen: Pen, config: Configuration) -> Ticket:
    """A new ticket in the first active status, where nothing is missing for it; else as it was."""
    if config.status_category(ticket.status) != "new":
        return ticket
    steps = config.workflow.moves.get(ticket.status, ())
    to = next((step for step in steps if config.status_category(step) == "active"), None)
    try:
        return ticket if to is None else moved(ticket, pen, config, to)
    except MoveRefused:
        return ticket

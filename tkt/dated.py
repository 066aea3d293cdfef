"""By when must the next action of a ticket be done, that a command moves? By when the ticket will then be due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tkt.actions.given import Given
from tkt.desk import Desk
from tkt.model import Ticket


def dated(desk: Desk, now: datetime, ticket: Ticket, given: Given, act: Callable[[Given], Ticket]) -> Ticket:
    """What `act` makes of the ticket, its next action dated by when the ticket will then be due.

    The first pass tells what the command makes of the ticket (its priority may change), the second
    one is the command.
    """
    after = act(_with_due(desk, now, ticket, given))
    return act(_with_due(desk, now, after, given))


def _with_due(desk: Desk, now: datetime, ticket: Ticket, given: Given) -> Given:
    """With what a move fills in by itself: the next due instant and the calendar of the ticket's promise."""
    running = [
        verdict.due_at
        for verdict in desk.verdicts(ticket, now=now)
        if verdict.state == "active" and verdict.due_at is not None and verdict.due_at > now
    ]
    return replace(given, next_due=min(running, default=None), calendar=desk.calendar_of(ticket, now))

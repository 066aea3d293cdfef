"""Which resolved tickets does the time leave open although their day has come, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from tkt.desk import UNREADABLE, Desk
from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.model import Ticket
from tkt.query import Query
from tkt.timerules.auto_close import left_open
from tkt.timerules.case import Case
from tkt.timerules.resolve import span


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """One of them; nothing is wrong with it."""

    ticket: str
    why: Message


def tickets_left_open(desk: Desk, query: Query, now: datetime) -> Iterator[LeftOpen]:
    """The readable ones that the query holds for; what cannot be read the run itself tells."""
    after = span(desk.config.workflow.closing.auto_after)
    if after is None:
        return
    statuses = desk.config.workflow.statuses
    resolved = [name for name, it in statuses.items() if it.category == "resolved"]
    for row in desk.rows(resolved, now).rows:
        with suppress(*UNREADABLE):
            since = row.lookup("resolved")
            is_due = isinstance(since, datetime) and since + after < now
            if is_due and (query.is_empty or query.matches(row.lookup)):
                yield from _judged(desk, row.ticket, now)


def _judged(desk: Desk, ticket: Ticket, now: datetime) -> Iterator[LeftOpen]:
    at = desk.settled(ticket, now)
    why = left_open(Case(ticket=ticket, config=desk.config, levels=desk.levels, now=at))
    if why is not None:
        yield LeftOpen(ticket=ticket.id, why=why)

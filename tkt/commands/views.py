"""What does a command hand to a program about a ticket?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.columns import Columns
from tkt.desk import Desk
from tkt.model import Ticket
from tkt.render.jsons import ticket_object

if TYPE_CHECKING:
    from tkt.commands.common import Session
    from tkt.render.ticket_page import TicketPage


def ticket_json(desk: Desk, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """The ticket as a program sees it (docs/json.md, ticket)."""
    return ticket_object(desk.columns(ticket, now))


def names_in(row: Columns, field: str) -> tuple[str, ...]:
    """The members of a column that holds names: `missing`, `needs` …"""
    found = row.lookup(field)
    return tuple(str(name) for name in found) if isinstance(found, (tuple, list)) else ()


def page_of(session: Session, ticket: Ticket) -> TicketPage:
    """The ticket, ready to be laid out: whole, in brief, or for one person."""
    from tkt.render.ticket_page import TicketPage

    desk, now = session.desk, session.now
    row = desk.columns(ticket, now)
    return TicketPage(
        ticket=ticket,
        config=session.told_config,
        verdicts=desk.verdicts(ticket, now=now),
        missing=names_in(row, "missing"),
        needs=names_in(row, "needs"),
        now=now,
    )

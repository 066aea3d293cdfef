"""What does a command hand to a program about a ticket?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tkt.columns import Columns
from tkt.desk import Desk
from tkt.model import Ticket
from tkt.render.jsons import ticket_object


def ticket_json(desk: Desk, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """The ticket as a program sees it (docs/json.md, ticket)."""
    return ticket_object(desk.columns(ticket, now))


def names_in(row: Columns, field: str) -> tuple[str, ...]:
    """The members of a column that holds names: `missing`, `needs` …"""
    found = row.lookup(field)
    return tuple(str(name) for name in found) if isinstance(found, (tuple, list)) else ()

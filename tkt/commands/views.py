"""What does a command hand to a program about a ticket?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tkt.columns import Columns
from tkt.desk import Desk
from tkt.model import Ticket
from tkt.render.jsons import event_json


def ticket_json(desk: Desk, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """The row of `list`, every stored key, and the events (docs/json.md, ticket)."""
    row = desk.columns(ticket, now).row()
    rest = {key: value for key, value in ticket.values.items() if key not in row}
    return {**row, **rest, "events": [event_json(event) for event in ticket.events]}


def names_in(row: Columns, field: str) -> tuple[str, ...]:
    """The members of a column that holds names: `missing`, `needs` …"""
    found = row.lookup(field)
    return tuple(str(name) for name in found) if isinstance(found, (tuple, list)) else ()

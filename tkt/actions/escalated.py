"""What stands of a ticket's escalations, for whoever has it now?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.model import Event, Ticket
from tkt.schema import Configuration


def standing_escalations(ticket: Ticket, config: Configuration) -> tuple[Event, ...]:
    """The latest escalation by hand to the team that has it, and to somebody above since; none of a finished ticket."""
    if ticket.status in config.finished:
        return ()
    mine = [event for event in of_this_team(ticket) if event.get("rung") is None]
    kinds = ([e for e in mine if e.get("to_team")], [e for e in mine if not e.get("to_team")])
    return tuple(found[-1] for found in kinds if found)


def last_asked(ticket: Ticket) -> Event | None:
    """The last question to the customer, else the last message to them by a person."""
    said = [event for event in ticket.effective if event.is_agent_message]
    asked = [event for event in said if event.get("asks_customer")]
    return next(iter((*asked[-1:], *said[-1:])), None)


def of_this_team(ticket: Ticket) -> Iterator[Event]:
    """The escalations since the ticket became its team's, that one included."""
    changes = [e for e in ticket.effective if e.did == "set" and e.get("field") == "team"]
    since = changes[-1].at if changes else ticket.received_at
    return (event for event in ticket.effective if event.did == "escalated" and event.at >= since)

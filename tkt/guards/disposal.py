"""Was a ticket put away as spam, a test or a duplicate, and was that taken back?"""

from __future__ import annotations

from tkt.model import Event, Ticket

_COMMAND = 4  # characters of an event's id that name its command (docs/file-format.md, Events)


def disposal(ticket: Ticket) -> Event | None:
    """The `disposed` event that stands; None where there is none, or a later `restored` took it back."""
    for event in reversed(ticket.effective):
        if event.did in ("disposed", "restored"):
            return event if event.did == "disposed" else None
    return None


def survivor_of(ticket: Ticket) -> str | None:
    """The id of the ticket that this one is a duplicate of."""
    found = disposal(ticket)
    of = found.get("of") if found is not None and found.get("as") == "duplicate" else None
    return str(of) if of else None


def of_one_command(one: Event, other: Event) -> bool:
    """Whether one command wrote both."""
    return one.at == other.at and one.id[:_COMMAND] == other.id[:_COMMAND]


def is_restoring(ticket: Ticket, move: Event) -> bool:
    """Whether a `moved` event brings a ticket back that was put away: no way of the workflow, and no reopening."""
    return any(event.did == "restored" and of_one_command(event, move) for event in ticket.effective)

"""How is one change of a field written down: the key, and the `set` event that says so?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tkt.actions.actor import BadTime, Pen
from tkt.clock import instant_text
from tkt.i18n import msg
from tkt.model import Ticket, Value


def record(ticket: Ticket, pen: Pen, field: str, to: Value, *, because: str | None = None) -> Ticket:
    """`field` becomes `to`; None removes it. The same ticket where it already is so.

    Sets are written as members that join or leave. Errors: BadTime where a later event already
    speaks of the field.
    """
    now = ticket.get(field)
    if isinstance(now, list) or isinstance(to, list):
        wanted = to or []
        return record_members(ticket, pen, field, wanted, [each for each in now or [] if each not in wanted])
    if now == to:
        return ticket
    must_be_latest(ticket, pen, field)
    change = {"field": field, "from": now, "to": to, "because": because}
    event = pen.event("set", explained=because is not None, **change)
    return ticket.with_values(**{field: to}).with_events(event)


def record_members(
    ticket: Ticket, pen: Pen, field: str, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> Ticket:
    """Members join or leave the set `field`; the same ticket where nothing changes.

    Errors: BadTime where a later event already speaks of the field.
    """
    members = list(ticket.get(field, ()))
    added = [each for each in dict.fromkeys(add) if each not in members]
    removed = [each for each in dict.fromkeys(remove) if each in members]
    if not added and not removed:
        return ticket
    must_be_latest(ticket, pen, field)
    event = pen.event("set", field=field, add=added or None, remove=removed or None)
    kept = [each for each in members if each not in removed]
    return ticket.with_values(**{field: [*kept, *added]}).with_events(event)


def must_be_latest(ticket: Ticket, pen: Pen, field: str) -> None:
    """A change put before a later one of the same field would leave key and events at odds. Errors: BadTime."""
    later = last_word(ticket, field)
    if later is not None and later > pen.at:
        raise BadTime(
            msg(
                "{field} was changed at {later}: nothing can be put before that",
                field=field,
                later=instant_text(later),
            )
        )


def last_word(ticket: Ticket, field: str) -> datetime | None:
    """When an event last spoke of `field`: set it, or moved the ticket with it."""
    speaking = (
        event.at
        for event in reversed(ticket.effective)
        if (event.did == "set" and event.get("field") == field) or (event.did == "moved" and event.get(field))
    )
    return next(speaking, None)

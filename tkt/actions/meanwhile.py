"""What did others do to a ticket meanwhile, and does a command overwrite it?

Between reading a ticket and writing it somebody else may write it: a colleague, an editor, git. What
they did stands beside what the command does, unless both speak of one field: no word is written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from tkt.frozen import dataclass
from tkt.model import Event, Ticket, Value

STATUS = "status"
MESSAGES = "messages"
LATELY = timedelta(minutes=15)
"""Whoever did something to a ticket since then may still be at work on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What somebody else did that a command would overwrite."""

    field: str  # a stored key; STATUS; MESSAGES where the customer wrote what the command has not seen
    value: Value  # what they made of it
    event: Event | None  # that says so; None where it was done by hand


def clash_of(base: Ticket, ours: Ticket, theirs: Ticket) -> Clash | None:
    """What a command that made `ours` of `base` would overwrite in `theirs`; None where both can stand.

    What followed by itself on both sides (the priority from the table) is reckoned anew, and is none.
    """
    by_itself = _followed(base, ours) & _followed(base, theirs)
    names = dict.fromkeys((*base.values, *ours.values))
    wanted = {
        name: ours.get(name) for name in names if ours.get(name) != base.get(name) and name not in by_itself
    }
    return (
        _both_moved(base, ours, theirs)
        or clash_over(base, theirs, wanted)
        or _message_unseen(base, ours, theirs)
    )


def clash_over(base: Ticket, theirs: Ticket, wanted: Mapping[str, Value]) -> Clash | None:
    """The first of the `wanted` fields that is neither as it was in `base` nor as it is wanted."""
    for name, value in wanted.items():
        found = theirs.get(name)
        if found not in (base.get(name), value):
            said = (event for event in new_events(base, theirs) if _speaks_of(event, name))
            return Clash(field=name, value=found, event=_last(said))
    return None


def new_events(base: Ticket, after: Ticket) -> tuple[Event, ...]:
    """The events that `after` has and `base` has not."""
    known = {event.id for event in base.events}
    return tuple(event for event in after.events if event.id not in known)


def lately_answered(ticket: Ticket, me: str, now: datetime) -> Event | None:
    """Somebody else's last answer to the customer, if it was given in the last 15 minutes."""
    return _last(event for event in _lately(ticket, me, now) if event.is_agent_message)


def lately_owned(ticket: Ticket, me: str, now: datetime) -> Event | None:
    """How somebody else gave the ticket its owner, if that was in the last 15 minutes and is not `me`."""
    return _last(
        event
        for event in _lately(ticket, me, now)
        if event.did == "set" and event.get("field") == "owner" and event.get("to") == ticket.owner != me
    )


def _lately(ticket: Ticket, me: str, now: datetime) -> Iterator[Event]:
    return (event for event in ticket.effective if event.by != me and now - event.at <= LATELY)


def _both_moved(base: Ticket, ours: Ticket, theirs: Ticket) -> Clash | None:
    if base.status in (ours.status, theirs.status):
        return None
    moves = (event for event in new_events(base, theirs) if event.did == "moved")
    return Clash(field=STATUS, value=theirs.status, event=_last(moves))


def _message_unseen(base: Ticket, ours: Ticket, theirs: Ticket) -> Clash | None:
    """To say that the last message needs no answer is said of the one that was read, not of a newer one."""
    if not any(event.did == "no-reply-needed" for event in new_events(base, ours)):
        return None
    written = _last(event for event in new_events(base, theirs) if event.is_customer_message)
    return None if written is None else Clash(field=MESSAGES, value=None, event=written)


def _followed(base: Ticket, after: Ticket) -> set[str]:
    """The fields that changed only by what follows by itself: a rule, the category, the table."""
    changes = [event for event in new_events(base, after) if event.did == "set"]
    given = {event.get("field") for event in changes if not event.get("because")}
    return {str(event.get("field")) for event in changes} - given


def _speaks_of(event: Event, field: str) -> bool:
    return (event.did == "set" and event.get("field") == field) or (
        event.did == "moved" and event.get(field) is not None
    )


def _last(events: Iterable[Event]) -> Event | None:
    return next(iter(reversed(tuple(events))), None)

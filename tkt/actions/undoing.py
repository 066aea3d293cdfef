"""How is what was recorded taken back?"""

from __future__ import annotations

from collections.abc import Collection

from tkt.actions.actor import Actor, pen_for
from tkt.errors import NotFound, Refused
from tkt.i18n import msg
from tkt.model import MOVED_KEYS, Event, Ticket, Value, changes_members, folded, status_of
from tkt.schema import Configuration


class CannotCorrect(Refused):
    """The event cannot be taken back."""

    code = "cannot-correct"


def correct(ticket: Ticket, actor: Actor, config: Configuration, event_ids: Collection[str]) -> Ticket:
    """Take back the effect of these events without removing them: keys and status as if they were not.

    The actor's reason goes with it. Errors: NotFound for an event that the ticket has not,
    CannotCorrect for its opening, BadTime.
    """
    undone = [_event(ticket, event_id) for event_id in event_ids]
    pen = pen_for(ticket, actor)
    corrections = [pen.event("corrected", event=event.id) for event in undone]
    after = ticket.with_events(*corrections)
    values = _values_without(ticket, after, undone, config)
    status = status_of(after.events) or ticket.status
    after = after.with_values(**values)
    return after if status == ticket.status else after.in_status(status)


def _event(ticket: Ticket, event_id: str) -> Event:
    event = ticket.event(event_id)
    if event is None:
        raise NotFound(msg("{ticket} has no event {event}", ticket=ticket.id, event=event_id))
    if event.did == "opened":
        raise CannotCorrect(msg("the opening of {ticket} cannot be taken back", ticket=ticket.id))
    return event


def _values_without(
    ticket: Ticket, after: Ticket, undone: list[Event], config: Configuration
) -> dict[str, Value]:
    """The keys that the undone events spoke of, as the rest of the events has them."""
    told = folded(after.events, finished=config.finished)
    found: dict[str, Value] = {}
    for event in reversed(undone):
        if event.did == "set":
            name = str(event.get("field"))
            found[name] = _without_set(event, found.get(name, ticket.get(name)))
        elif event.did == "moved":
            found |= {name: None for name in MOVED_KEYS if event.get(name) is not None}
    for name in {*found, *_moved_keys(undone, told), *_redone(ticket, undone)}:
        if name in told:
            found[name] = _as_told(told[name], found.get(name, ticket.get(name)))
    return found


def _without_set(event: Event, present: Value) -> Value:
    if not changes_members(event):
        return event.get("from")
    added = event.get("add", ())
    return [*(each for each in present or () if each not in added), *event.get("remove", ())]


def _as_told(told: Value, present: Value) -> Value:
    if not isinstance(told, tuple):
        return told
    required, absent = told
    kept = [each for each in present or () if each not in absent]
    return [*kept, *sorted(required - set(kept))]


def _moved_keys(undone: list[Event], told: Collection[str]) -> list[str]:
    """An undone move may have cleared what an earlier one gave."""
    return [name for name in MOVED_KEYS if name in told] if any(e.did == "moved" for e in undone) else []


def _redone(ticket: Ticket, undone: list[Event]) -> list[str]:
    """The fields that corrections spoke of which are themselves taken back, however deep."""
    targets = [last_target(ticket, event) for event in undone if event.did == "corrected"]
    fields = [str(event.get("field")) for event in targets if event is not None and event.did == "set"]
    return [*fields, *(MOVED_KEYS if any(e is not None and e.did == "moved" for e in targets) else ())]


def last_target(ticket: Ticket, event: Event) -> Event | None:
    """What a correction is about in the end: a correction of a correction speaks of the same event."""
    found: Event | None = event
    seen: set[str] = set()
    while found is not None and found.did == "corrected":
        if found.id in seen:
            return None  # written by hand: each takes back the other
        seen.add(found.id)
        found = ticket.event(str(found.get("event")))
    return found

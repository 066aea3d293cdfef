"""How is what was recorded taken back, and what was changed by hand recorded?"""

from __future__ import annotations

from collections.abc import Collection

from tkt.actions.actor import Actor, pen_for
from tkt.errors import NotFound, Refused
from tkt.i18n import msg
from tkt.model import IMMUTABLE, MOVED_KEYS, Event, Ticket, Value, changes_members, folded, status_of
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


def adopt(ticket: Ticket, actor: Actor, config: Configuration, *, before: Ticket | None = None) -> Ticket:
    """Write the `moved` and `set` events that a hand `git mv` or a hand edit left out.

    The ticket stays as it stands; its events now say the same. With `before`, the ticket as it was
    last in order, changes of keys that no event speaks of are written too. The same ticket where
    nothing was left out. Errors: BadTime, ClockShift.
    """
    pen = pen_for(ticket, actor)
    after = ticket
    told = status_of(ticket.events)
    if told is not None and told != ticket.status:
        kept = {name: ticket.get(name) for name in ("waiting", "resolution")}
        after = after.with_events(pen.event("moved", **{"from": told, "to": ticket.status, **kept}))
    spoken = folded(after.events, finished=config.finished)
    changes = {name: _missing_change(value, ticket.get(name)) for name, value in spoken.items()}
    for name in dict.fromkeys((*before.values, *ticket.values)) if before else ():
        if name not in (*spoken, *IMMUTABLE):
            changes[name] = _change(before.get(name) if before else None, ticket.get(name))
    left_out = [pen.event("set", field=name, **keys) for name, keys in changes.items() if keys]
    return after.with_events(*left_out) if left_out else after


def _missing_change(told: Value, stored: Value) -> dict[str, Value]:
    """What a `set` must say so that the fold gives the stored key; empty where it does already.

    `told` is a value of `model.folded`: for a set the members that must and must not be there.
    """
    if not isinstance(told, tuple):
        return _change(told, stored)
    present, absent = told
    members = stored or []
    return _members([each for each in members if each in absent], sorted(present - set(members)))


def _change(old: Value, new: Value) -> dict[str, Value]:
    if isinstance(old, list) or isinstance(new, list):
        added = [each for each in new or () if each not in (old or ())]
        return _members(added, [each for each in old or () if each not in (new or ())])
    return {} if old == new else {"from": old, "to": new}


def _members(added: list[str], removed: list[str]) -> dict[str, Value]:
    return {key: members for key, members in (("add", added), ("remove", removed)) if members}


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
    targets = [_last_target(ticket, event) for event in undone if event.did == "corrected"]
    fields = [str(event.get("field")) for event in targets if event is not None and event.did == "set"]
    return [*fields, *(MOVED_KEYS if any(e is not None and e.did == "moved" for e in targets) else ())]


def _last_target(ticket: Ticket, event: Event) -> Event | None:
    """What a correction is about in the end: a correction of a correction speaks of the same event."""
    found: Event | None = event
    while found is not None and found.did == "corrected":
        found = ticket.event(str(found.get("event")))
    return found

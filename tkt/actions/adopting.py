"""How is recorded what was changed by hand, as if a command had done it?

The ticket stays as it stands; only the events are written that a hand edit or a hand `git mv` left out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from tkt.actions.actor import STEP, Actor, Pen, pen_for, stamped
from tkt.actions.undoing import last_target
from tkt.ids import event_ids
from tkt.model import IMMUTABLE, MOVED_KEYS, Event, Ticket, Value, changes_members, folded, status_of
from tkt.schema import Configuration

DIRECTORY = "tickets/"
"""Stands beside the names of stored keys for the status that the directory says; no key is spelled so."""
BY_HAND = "edited by hand"
"""The reason of what is recorded afterwards, where nobody gives another."""


def adopt(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    before: Ticket | None = None,
    only: Container[str] | None = None,
) -> Ticket:
    """Write the `moved` and `set` events that a hand `git mv` or a hand edit left out.

    With `before`, the ticket as it was last in order, changes of keys that no event speaks of are
    written too; `only` limits it to some keys and DIRECTORY. The same ticket where nothing was left
    out. Errors: BadTime, ClockShift.
    """
    pen = pen_for(ticket, actor)
    after = ticket
    if is_misplaced(ticket) and (only is None or DIRECTORY in only):
        kept = {name: ticket.get(name) for name in ("waiting", "resolution")}
        move: dict[str, Value] = {"from": status_of(ticket.events), "to": ticket.status, **kept}
        after = after.with_events(pen.event("moved", **move))
    changes = _changes(after, config, before)
    sets = [
        pen.event("set", field=name, **keys) for name, keys in changes.items() if only is None or name in only
    ]
    return after.with_events(*sets) if sets else after


def left_out(ticket: Ticket, config: Configuration, *, before: Ticket | None = None) -> frozenset[str]:
    """The keys, and DIRECTORY, for which `adopt` would write an event."""
    names = _changes(ticket, config, before)
    return frozenset([*names, DIRECTORY] if is_misplaced(ticket) else names)


def is_misplaced(ticket: Ticket) -> bool:
    """Whether the events lead to another status than the directory says."""
    told = status_of(ticket.events)
    return told is not None and told != ticket.status


def belated(
    ticket: Ticket, actor: Actor, *, at: datetime | None = None, taken: Ticket | None = None
) -> Actor:
    """`actor` with a pen for what was done at `at` (None: now) and is written down only now (docs/sla.md S5).

    At the earliest a second after the last event of `ticket`, never in the future, and in no second in
    which `taken`, the ticket with all that was recorded since, has an event. Errors: ClockShift.
    """
    taken = taken or ticket
    when = stamped(ticket, actor)
    if at is not None and at < when:
        when = max(at, ticket.updated_at + STEP) if ticket.events else at
    instants = {event.at for event in taken.events}
    while when in instants:
        when += STEP
    ids = (actor.ids or event_ids)({event.id for event in taken.events})
    return replace(actor, pen=Pen(actor=actor, at=when, recorded_at=max(actor.now, when), ids=iter(ids)))


def _changes(ticket: Ticket, config: Configuration, before: Ticket | None) -> dict[str, Mapping[str, Value]]:
    """What a `set` must say of each key of which the events do not say what it is."""
    found = _contradicting(ticket, config)
    unsaid = _unsaid(ticket, config, before) if before is not None else {}
    for name, change in unsaid.items():
        if name not in found:
            found[name] = change
        elif "to" not in (change.keys() | found[name].keys()):
            found[name] = _members(*(_united(found[name], change, key) for key in ("add", "remove")))
    return found


def _united(one: Mapping[str, Value], other: Mapping[str, Value], key: str) -> list[str]:
    return list(dict.fromkeys([*one.get(key, ()), *other.get(key, ())]))


def _contradicting(ticket: Ticket, config: Configuration) -> dict[str, Mapping[str, Value]]:
    """What a `set` must say of each key that is not what its events say."""
    spoken = folded(ticket.events, finished=config.finished)
    found = {
        name: _missing_members(told, ticket.get(name))
        if isinstance(told, tuple)
        else _change(config, name, told, ticket.get(name))
        for name, told in spoken.items()
    }
    return {name: change for name, change in found.items() if change}


def _unsaid(ticket: Ticket, config: Configuration, before: Ticket) -> dict[str, Mapping[str, Value]]:
    """What a `set` must say of each key that has changed since `before` and no new event speaks of."""
    known = {event.id for event in before.events}
    new = [event for event in ticket.events if event.id not in known]
    told = set(_told_by(ticket, new))
    names = [name for name in dict.fromkeys((*before.values, *ticket.values)) if name not in told]
    found = {
        name: _change(config, name, _with_members(before, name, new), ticket.get(name)) for name in names
    }
    return {name: change for name, change in found.items() if change}


def _told_by(ticket: Ticket, events: list[Event]) -> Iterator[str]:
    """Keys of which these events say what they are, and keys that no event may change.

    A correction speaks of what it takes back.
    """
    yield from IMMUTABLE
    for event in events:
        spoken = last_target(ticket, event) if event.did == "corrected" else event
        if spoken is not None and spoken.did == "moved":
            yield from MOVED_KEYS
        elif spoken is not None and spoken.did == "set" and (spoken != event or not changes_members(event)):
            yield str(spoken.get("field"))


def _with_members(before: Ticket, name: str, events: list[Event]) -> Value:
    """The key as it was, with what these events add to a set and remove from it."""
    found = before.get(name)
    for event in events:
        if event.did == "set" and event.get("field") == name:
            added, removed = event.get("add", ()), event.get("remove", ())
            kept = [each for each in found or () if each not in removed]
            found = [*kept, *(each for each in added if each not in kept)]
    return found


def _missing_members(
    told: tuple[frozenset[str], frozenset[str]], stored: list[str] | None
) -> dict[str, Value]:
    """What a `set` must say so that the members are those that must be there, and none that must not."""
    present, absent = told
    members = stored or []
    return _members([each for each in members if each in absent], sorted(present - set(members)))


def _change(config: Configuration, name: str, old: Value, new: Value) -> dict[str, Value]:
    """What a `set` says of a key that became another; of a set of words, which joined and which left."""
    if config.field_kinds.get(name) == "words":
        added = [each for each in new or () if each not in (old or ())]
        return _members(added, [each for each in old or () if each not in (new or ())])
    return {} if old == new else {"from": old, "to": new}


def _members(added: list[str], removed: list[str]) -> dict[str, Value]:
    return {key: members for key, members in (("add", added), ("remove", removed)) if members}

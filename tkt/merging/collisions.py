"""What if two commands in two clones drew one id by chance? The later one gets another.

An id has four characters for its command, so that such a command collides with all its events: they
get a new one together, and what refers to them on their side follows.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from tkt.ids import event_ids
from tkt.merging.canonical import canonical_event
from tkt.merging.twins import counted
from tkt.model import Event, in_order

STEM = 4
"""Characters of an event's id that name its command (docs/file-format.md, Events)."""
_REFERENCES = ("event", "message", "cycle")
"""Own keys of events that hold the id of another event."""

Events = Sequence[Event]


class _Side(NamedTuple):
    """One side: what it has that nobody else has, by id."""

    events: Events
    own: Mapping[str, Event]

    def command(self, stem: str) -> list[Event]:
        """Its events of one command, in order."""
        return list(in_order(event for event in self.own.values() if event.id[:STEM] == stem))


def told_apart(base: Events, ours: Events, theirs: Events) -> tuple[Events, Events]:
    """The events of both sides, with another id where two different ones had the same by chance."""
    known = {event.id for event in base}
    sides = [_side(known, ours, theirs), _side(known, theirs, ours)]
    stems = sorted({event_id[:STEM] for event_id in sides[0].own if event_id in sides[1].own})
    taken = {f"{event.id[:STEM]}00" for event in (*base, *ours, *theirs)}
    for stem in stems:
        later = max((0, 1), key=lambda number: _rank(sides[number].command(stem)))
        sides[later] = _renamed(sides[later], _new_ids(sides[later].command(stem), taken))
    return sides[0].events, sides[1].events


def _side(known: Container[str], events: Events, others: Events) -> _Side:
    there = {event.id: event for event in others}
    own = {
        event.id: event
        for event in events
        if event.id not in known and (event.id not in there or counted(event, there[event.id]) is None)
    }
    return _Side(events, own)


def _rank(command: Events) -> tuple[datetime, list[str]]:
    return command[0].at, [canonical_event(event) for event in command]


def _new_ids(command: Events, taken: set[str]) -> dict[str, str]:
    first = next(event_ids(taken, source=("collision", *map(canonical_event, command))))
    taken.add(first)
    return {event.id: f"{first[:STEM]}{event.id[STEM:] or '00'}" for event in command}


def _renamed(side: _Side, names: Mapping[str, str]) -> _Side:
    changed = {old: _with_names(event, names) for old, event in side.own.items()}
    events = [changed.get(event.id, event) for event in side.events]
    return _Side(events, {event.id: event for event in changed.values()})


def _with_names(event: Event, names: Mapping[str, str]) -> Event:
    data = {
        key: names.get(value, value) if key in _REFERENCES and isinstance(value, str) else value
        for key, value in event.data.items()
    }
    return replace(event, id=names.get(event.id, event.id), data=MappingProxyType(data))

"""What do events say of the stored keys?"""

from __future__ import annotations

from collections.abc import Container, Sequence
from enum import Enum

from tkt.model import MOVED_KEYS, Event, Value, changes_members, folded


class Silence(Enum):
    """No event speaks of it; None would be: events say that it is absent."""

    UNSPOKEN = "unspoken"


UNSPOKEN = Silence.UNSPOKEN


def told_by(events: Sequence[Event], finished: Container[str]) -> dict[str, Value]:
    """As `folded`, and for keys whose every event was taken back what they had been before."""
    found = folded(events, finished=finished)
    if any(event.did == "corrected" for event in events):
        once = folded([event for event in events if event.did != "corrected"], finished=finished)
        for name in once.keys() - found.keys():
            is_set = isinstance(once[name], tuple)
            found[name] = (frozenset(), frozenset()) if is_set else first_from(events, name)
    return found


def first_from(events: Sequence[Event], name: str) -> Value:
    """What a key held before the first event about it: the `from` of a `set`, nothing before a move."""
    for event in events:
        if event.did == "moved" and event.get(name) is not None and name in MOVED_KEYS:
            return None
        if event.did == "set" and event.get("field") == name and not changes_members(event):
            return event.get("from")
    return None


def speakers(events: Sequence[Event]) -> dict[str, frozenset[str]]:
    """The ids of the events that speak of a key, by its name."""
    found: dict[str, set[str]] = {}
    for event in events:
        names = [str(event.get("field"))] if event.did == "set" else []
        names += [name for name in MOVED_KEYS if event.get(name) is not None] if event.did == "moved" else []
        for name in names:
            found.setdefault(name, set()).add(event.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def sets_of(events: Sequence[Event], name: str) -> list[Event]:
    """The `set` events of one key."""
    return [event for event in events if event.did == "set" and event.get("field") == name]


def member_told(told: Value, member: str) -> bool | Silence:
    """What a fold says of one member of a set."""
    present, absent = told if isinstance(told, tuple) else ((), ())
    if member in present:
        return True
    return False if member in absent else UNSPOKEN

"""What did both sides start from: where there is no common file, and where a side lost events of it?"""

from __future__ import annotations

from collections.abc import Container

from tkt.merging.canonical import alike, alike_events, canonical
from tkt.merging.deciding import says_same
from tkt.merging.sets import is_words
from tkt.merging.telling import UNSPOKEN, first_from, sets_of, told_by
from tkt.merging.version import Version
from tkt.model import Value, changes_members, in_order, status_of


def common(ours: Version, theirs: Version, finished: Container[str]) -> Version:
    """The base of two files that were added on both sides: their common events, and the keys as they were then."""
    there = {event.id: event for event in theirs.events}
    events = tuple(
        event for event in ours.events if event.id in there and alike_events(event, there[event.id])
    )
    told = told_by(events, finished)
    keys = {
        name: _then(name, told.get(name, UNSPOKEN), ours, theirs)
        for name in {*ours.keys, *theirs.keys, *told}
    }
    status = status_of(events) or (ours.status if ours.status == theirs.status else None)
    return Version(
        keys={name: value for name, value in keys.items() if value is not None}, events=events, status=status
    )


def completed(side: Version, base: Version, finished: Container[str]) -> Version:
    """`side` with the events of `base` that it lost, its keys and status as if it never had (append-only)."""
    there = {event.id for event in side.events}
    lost = [event for event in base.events if event.id not in there]
    if not lost:
        return side
    events = in_order((*side.events, *lost))
    before, after = told_by(side.events, finished), told_by(events, finished)
    changed = {name for name, told in after.items() if not says_same(before.get(name, UNSPOKEN), told)}
    keys = {**side.keys, **{name: as_told(after[name], side.keys.get(name)) for name in changed}}
    is_told = side.status == status_of(side.events)
    return Version(keys=keys, events=events, status=status_of(events) if is_told else side.status)


def as_told(told: Value, stored: Value) -> Value:
    """A stored value as a fold wants it; of a set what it does not speak of stays."""
    if not isinstance(told, tuple):
        return told
    present, absent = told
    members = [member for member in stored or () if member not in absent] if is_words(stored) else []
    return [*members, *sorted(present - {*members})] or None


def _then(name: str, told: Value, ours: Version, theirs: Version) -> Value:
    """What a key held when both had the common events alone."""
    one, other = ours.keys.get(name), theirs.keys.get(name)
    if told is not UNSPOKEN:
        both = [member for member in one or () if member in (other or ())] if is_words(one) else None
        return as_told(told, both)
    if is_words(one) and is_words(other):
        return [member for member in one or () if member in (other or ())] or None
    known = [
        first_from(side.events, name)
        for side in (ours, theirs)
        if any(not changes_members(event) for event in sets_of(side.events, name))
    ]
    if known:
        return min(known, key=canonical)
    return one if alike(one, other) else None

"""What do the stored keys of the merged file hold?

A key is what the events of both say. One that somebody edited by hand is decided between what the
sides store; where only an order can decide, the edits become events.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from tkt.frozen import dataclass
from tkt.merging.canonical import alike, canonical
from tkt.merging.deciding import View, decide
from tkt.merging.edits import edited
from tkt.merging.identity import former_ids
from tkt.merging.redactions import is_redacted
from tkt.merging.sets import is_words, merged_words
from tkt.merging.telling import UNSPOKEN, sets_of, speakers, told_by
from tkt.merging.values import BOTH, combined
from tkt.merging.version import Version
from tkt.model import IMMUTABLE, Event, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The values that are decided, and the hand edits of those that are not."""

    values: Mapping[str, Value]
    edits: Mapping[str, Sequence[Event]]


class _Versions(NamedTuple):
    base: Version
    ours: Version
    theirs: Version


class _Key(NamedTuple):
    """One key: what each version stores and tells of it, and what the events of both tell."""

    name: str
    base: View
    ours: View
    theirs: View
    told: Value

    @property
    def views(self) -> tuple[View, View, View]:
        return self.base, self.ours, self.theirs

    @property
    def is_silent(self) -> bool:
        return all(told is UNSPOKEN for told in (self.told, *(view.told for view in self.views)))

    @property
    def is_set(self) -> bool:
        tolds = (self.told, *(view.told for view in self.views))
        told_as_set = all(told is UNSPOKEN or isinstance(told, tuple) for told in tolds)
        return told_as_set and all(is_words(view.stored) for view in self.views)

    def as_one_value(self) -> _Key:
        """The same without what events say of members, for a key that holds no set."""
        base, ours, theirs = (view._replace(told=_of_value(view.told)) for view in self.views)
        return _Key(self.name, base, ours, theirs, _of_value(self.told))


def merged_keys(
    base: Version, ours: Version, theirs: Version, events: Sequence[Event], finished: Container[str]
) -> Keys:
    """Every key of the merged file; `events` are those of both. `id` and `received_at` never change."""
    versions = _Versions(base, ours, theirs)
    values: dict[str, Value] = {}
    edits: dict[str, Sequence[Event]] = {}
    for key in _keys(versions, events, finished):
        values[key.name], by_hand = _decided(key, versions, events)
        if by_hand:
            edits[key.name] = by_hand
    return Keys(values=values, edits=edits)


def _keys(versions: _Versions, events: Sequence[Event], finished: Container[str]) -> Iterator[_Key]:
    told = [told_by(each, finished) for each in (*(version.events for version in versions), events)]
    words = [speakers(version.events) for version in versions]
    names = {name for each in (*(version.keys for version in versions), told[-1]) for name in each}
    for name in (*versions.base.keys, *sorted(names - {*versions.base.keys})):
        *tolds, of_both = (each.get(name, UNSPOKEN) for each in told)
        views = [
            View(version.keys.get(name), it, ids.get(name, frozenset()))
            for version, it, ids in zip(versions, tolds, words, strict=True)
        ]
        yield _Key(name, views[0], views[1], views[2], of_both)


def present(values: Mapping[str, Value]) -> dict[str, Value]:
    """Without keys that hold nothing: such a key is the same as none."""
    return {name: value for name, value in values.items() if value is not None and value != []}


def _decided(key: _Key, versions: _Versions, events: Sequence[Event]) -> tuple[Value, Sequence[Event]]:
    if key.name in IMMUTABLE:
        return _unchanged(key, former_ids(events)), ()
    if key.is_set:
        added = [member for event in sets_of(events, key.name) for member in event.get("add", ())]
        return merged_words(*key.views, told=key.told, added=added), ()
    key = key.as_one_value()
    outcome = decide(*key.views, key.told)
    if not outcome.edited:
        return outcome.value, ()
    if key.is_silent:
        value = combined(*(view.stored for view in key.views))
        if value is not BOTH:
            return value, ()
    sides = ((key.ours, versions.ours), (key.theirs, versions.theirs))
    before = key.base.stored
    if any(map(is_redacted, events)):  # what it was may be what nobody is to read any more
        before = None if key.told is UNSPOKEN else key.told
    return None, [edited(key.name, before, view, side) for view, side in sides if view in outcome.edited]


def _of_value(told: Value) -> Value:
    return UNSPOKEN if isinstance(told, tuple) else told


def _unchanged(key: _Key, former: Container[str]) -> Value:
    """The base's, or the smaller of both; of ids one that the ticket did not give up."""
    there = [view.stored for view in key.views if view.stored is not None]
    valid = [value for value in there if str(value) not in former] or there
    if valid and alike(valid[0], key.base.stored):
        return valid[0]
    return min(valid, key=canonical, default=None)

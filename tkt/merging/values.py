"""What is the one value that two sides changed, where no event speaks of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from tkt.merging.canonical import alike, canonical
from tkt.merging.deciding import View
from tkt.merging.sets import is_words, merged_words
from tkt.model import Value

_NAMES = ("email", "phone", "name")
"""What tells one item of a list of mappings from the others (a customer's contacts): the first it has."""


class Contradiction(Enum):
    """Both sides say something else, and nothing of both can be kept."""

    BOTH = "both"


BOTH = Contradiction.BOTH


def combined(base: Value, ours: Value, theirs: Value) -> Value:
    """What keeps the changes of both sides; BOTH where they contradict each other. None is absent.

    A mapping is taken key by key, a set member by member, a list of mappings item by item.
    """
    three = (base, ours, theirs)
    if alike(ours, theirs) or alike(theirs, base):
        return ours
    if alike(ours, base):
        return theirs
    if all(map(_is_mapping, three)):
        return _mapping(*(value or {} for value in three))
    if all(map(is_words, three)):
        return merged_words(*(View(value) for value in three))
    items = [_items(value) for value in three]
    if None in items:
        return BOTH
    return _list([item or {} for item in items])


def _mapping(base: Value, ours: Value, theirs: Value) -> Value:
    names = [*base, *sorted({*ours, *theirs} - {*base})]
    found = {name: combined(base.get(name), ours.get(name), theirs.get(name)) for name in names}
    if BOTH in found.values():
        return BOTH
    return {name: value for name, value in found.items() if value is not None} or None


def _list(items: Sequence[dict[str, Value]]) -> Value:
    names = merged_words(*(View(list(item)) for item in items)) or []
    gone = {name for item in items for name in item} - {*names}
    found = {name: combined(*(item.get(name) for item in items)) for name in (*names, *sorted(gone))}
    if BOTH in found.values():
        return BOTH
    return [value for value in found.values() if value is not None] or None


def _is_mapping(value: Value) -> bool:
    return value is None or isinstance(value, Mapping)


def _items(value: Value) -> dict[str, Value] | None:
    """The items of a list of mappings by what names them; None where something else is in it."""
    if value is None:
        return {}
    if not isinstance(value, (list, tuple)):
        return None
    found = {_name(item): item for item in value}
    return found if None not in found and len(found) == len(value) else None  # type: ignore[return-value]


def _name(item: Value) -> str | None:
    if not isinstance(item, Mapping):
        return None
    return next((canonical([key, item[key]]) for key in _NAMES if item.get(key) is not None), None)

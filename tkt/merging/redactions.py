"""What is left of an event that both sides redacted, each something else? What both left of it.

Words that one side took out never come back: where both left another text, none of it stays
(docs/file-format.md, Redaction).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from tkt.merging.canonical import alike, canonical, smallest
from tkt.model import HIDDEN, Event, Value

_MARK = "redacted"


def is_redacted(event: Event) -> bool:
    """Whether its words were taken out (docs/file-format.md, Append-only)."""
    return bool(event.get(_MARK))


def doubly_redacted(base: Event | None, ours: Event, theirs: Event) -> Event:
    """The event without what either side took out of it."""
    marks = [event.get(_MARK) for event in (ours, theirs)]
    data = _left({} if base is None else base.data, ours.data, theirs.data) or {}
    return replace(
        smallest((ours, theirs)),
        by=_name(None if base is None else base.by, ours.by, theirs.by),
        reason=_left(None if base is None else base.reason, ours.reason, theirs.reason),
        data=MappingProxyType({**data, _MARK: min(marks, key=canonical)}),
    )


def _left(base: Value, ours: Value, theirs: Value) -> Value:
    """What both left; None is nothing."""
    if alike(ours, theirs) or alike(theirs, base):
        return ours
    if alike(ours, base):
        return theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        before = base if isinstance(base, Mapping) else {}
        kept = {key: _left(before.get(key), ours[key], theirs[key]) for key in ours if key in theirs}
        return {key: value for key, value in kept.items() if value is not None}
    if isinstance(ours, list) and isinstance(theirs, list):
        return [each for each in ours if any(alike(each, other) for other in theirs)]
    return HIDDEN if isinstance(ours, str) and isinstance(theirs, str) else None


def _name(base: str | None, ours: str, theirs: str) -> str:
    """Who wrote it; of two pseudonyms the smaller."""
    if theirs == base:
        return ours
    return theirs if ours == base else min(ours, theirs)

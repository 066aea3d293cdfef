"""When are two values or events the same, and which of two comes first? By one text for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime

from tkt.clock import instant_text
from tkt.model import Event, Value


def canonical(value: Value) -> str:
    """One text for each value: 1, 1.0, true and "1" differ, an instant and its text too."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=_plain)


def canonical_event(event: Event) -> str:
    """One text for each event."""
    return canonical([getattr(event, field.name) for field in fields(Event)])


def alike(one: Value, other: Value) -> bool:
    """Whether two values are equal and of one type."""
    return one is other or canonical(one) == canonical(other)


def alike_events(one: Event, other: Event) -> bool:
    """Whether two events say the same, word for word."""
    return one is other or canonical_event(one) == canonical_event(other)


def smallest(events: Iterable[Event]) -> Event:
    """The one whose text comes first."""
    return min(events, key=canonical_event)


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return f"\0{instant_text(value)}"
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no value of a file")

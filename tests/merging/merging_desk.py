"""Versions of one small ticket, written as a test reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from tkt.merging import DEFAULT_FINISHED, Merged, Version, merge
from tkt.model import Event

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ID = "261120-K7Q2M"


def event(event_id: str, did: str, minutes: float = 30, **more: Any) -> Event:
    """Something that li.wei did so many minutes after nine."""
    own = {
        "by": "li.wei",
        **{key: more.pop(key) for key in ("by", "role", "recorded_at", "auto") if key in more},
    }
    start = more.pop("from_", None)
    data = {**more, **({} if start is None else {"from": start})}
    at = NINE + timedelta(minutes=minutes)
    return Event(id=event_id, at=at, did=did, data=MappingProxyType(data), **own)


def to(event_id: str, field: str, value: Any, minutes: float = 30, start: Any = None) -> Event:
    """A `set` event."""
    return event(
        event_id, "set", minutes, field=field, **({} if value is None else {"to": value}), from_=start
    )


OPENED = event("aaaa00", "opened", 0, status="new")


def version(*events: Event, status: str | None = None, **keys: Any) -> Version:
    """A version with these events behind the opening, and these keys."""
    return Version(keys={"id": ID, **keys}, events=(OPENED, *events), status=status)


def merged(base: Version | None, ours: Version, theirs: Version) -> Merged:
    """What they become, whichever side is ours."""
    found = merge(base, ours, theirs, finished=DEFAULT_FINISHED)
    assert found == merge(base, theirs, ours, finished=DEFAULT_FINISHED)
    return found


def keys(base: Version | None, ours: Version, theirs: Version) -> dict[str, Any]:
    """The keys that they have together, `id` left out; without a clash."""
    found = merged(base, ours, theirs)
    assert found.clashes == ()
    return {name: value for name, value in found.version.keys.items() if name != "id"}


def ids(found: Merged) -> list[str]:
    """The events behind the opening."""
    return [each.id for each in found.version.events if each.id != OPENED.id]

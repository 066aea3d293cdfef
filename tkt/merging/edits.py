"""How is a hand edit put down, where only the order of events can decide?

As an event like any other, in the name of `rule:merge`, one second after the last one of its side:
in every clone the same, so that a merge that is done twice puts it down once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from tkt.ids import event_ids
from tkt.merging.canonical import canonical_event
from tkt.merging.deciding import View
from tkt.merging.twins import counted
from tkt.merging.version import Version
from tkt.model import Event, Value, in_order

BY = "rule:merge"
_LATER = timedelta(seconds=1)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a file without any instant was edited: nobody knows."""


def edited(name: str, before: Value, view: View, side: Version) -> Event:
    """That somebody gave a key another value by hand; `before` is what it was."""
    return _event(
        side, "set", {"field": name, "from": before, "to": view.stored, "because": "edited by hand"}
    )


def moved(view: View, side: Version, *, but: Container[str] = ()) -> Event:
    """That somebody moved the file to another status by hand; what it says of that status goes with it."""
    kept = {name: side.keys.get(name) for name in ("waiting", "resolution") if name not in but}
    start = None if not isinstance(view.told, str) else view.told
    return replace(_event(side, "moved", {"from": start, "to": view.stored, **kept}), reason="moved by hand")


def put_down(events: Iterable[Event], added: Iterable[Event]) -> tuple[Event, ...]:
    """`events` with `added`, each under an id that follows from it; one that is there already is not repeated."""
    found = {event.id: event for event in events}
    for event in sorted(added, key=canonical_event):
        named = _named(event, {})
        if named.id in found and counted(found[named.id], named) is None:
            named = _named(event, found)
        found.setdefault(named.id, named)
    return in_order(found.values())


def _event(side: Version, did: str, keys: dict[str, Value]) -> Event:
    data = {key: value for key, value in keys.items() if value is not None}
    return Event(
        id="", at=_after(side), by=BY, did=did, role="system", auto=True, data=MappingProxyType(data)
    )


def _after(side: Version) -> datetime:
    if side.events:
        return side.events[-1].at + _LATER
    received = side.keys.get("received_at")
    return received if isinstance(received, datetime) else _EVER


def _named(event: Event, taken: dict[str, Event]) -> Event:
    return replace(event, id=next(event_ids(taken, source=("merge", canonical_event(event)))))

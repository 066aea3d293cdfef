"""Which events does the merged file hold? Those of both, each id once, in their order."""

from __future__ import annotations

from typing import NamedTuple

from tkt.merging.collisions import Events, told_apart
from tkt.merging.twins import settled
from tkt.model import Event, in_order


class Union(NamedTuple):
    """The events of two sides, and the ids of those that both changed differently."""

    events: tuple[Event, ...]
    clashes: tuple[str, ...]


def united(base: Events, ours: Events, theirs: Events) -> Union:
    """The union by id (docs/file-format.md, Merging). What base has is in it, whoever lost it."""
    ours, theirs = told_apart(base, ours, theirs)
    before, mine, others = (
        {event.id: event for event in base},
        {event.id: event for event in ours},
        {event.id: event for event in theirs},
    )
    found, clashes = [], []
    for event_id in {**before, **mine, **others}:
        event, is_clash = settled(before.get(event_id), mine.get(event_id), others.get(event_id))
        found.append(event)
        if is_clash:
            clashes.append(f"events.{event_id}")
    return Union(in_order(found), tuple(sorted(clashes)))

"""Two events have one id: which of them counts, or are they two?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tkt.merging.canonical import alike_events, smallest
from tkt.merging.redactions import doubly_redacted, is_redacted
from tkt.model import Event

TIME = "tick"
"""Who writes what time rules do."""
_MACHINES = (TIME, "rule:", "import:")
_AT_ONCE = datetime.min.replace(tzinfo=UTC)


def counted(one: Event, other: Event) -> Event | None:
    """The one that counts of two events that both sides added under one id; None where they are two.

    A redacted event comes before its original. What machines derive comes out twice: the one that
    was written down first, or else the smaller text, counts.
    """
    if alike_events(one, other):
        return one
    if (one.did, one.at) == (other.did, other.at) and (is_redacted(one) or is_redacted(other)):
        return _redacted(None, [one, other])
    if alike_events(replace(one, recorded_at=None), replace(other, recorded_at=None)):
        return min((one, other), key=lambda event: event.recorded_at or _AT_ONCE)
    if one.did == other.did == "opened" or _are_derived(one, other):
        return smallest((one, other))
    return None


def was_noticed_twice(old: Event, new: Event) -> bool:
    """Whether `new` is what a merge leaves of `old` and of another clone's record of the same thing of the time's.

    A rung that two clones notice has one id, one instant and kind in both, and one of the two records stays.
    """
    is_one = (old.did, old.at) == (new.did, new.at) and old.by == new.by == TIME
    return is_one and counted(old, new) is new


def settled(base: Event | None, ours: Event | None, theirs: Event | None) -> tuple[Event, bool]:
    """The event of one id that the merged file has, and whether both sides changed it differently.

    An event that a side lacks is still there; a redacted one counts; else the side that changed it.
    """
    sides = [event for event in (ours, theirs) if event is not None]
    known = [*sides, *([] if base is None else [base])]
    if any(map(is_redacted, known)):
        return _redacted(base, sides), False
    if base is None:
        found = sides[0] if len(sides) == 1 else counted(*sides)
        return found or smallest(sides), False
    changed = [event for event in sides if not alike_events(event, base)]
    if not changed:
        return base, False
    is_clash = not all(alike_events(changed[0], event) for event in changed)
    return (base if is_clash else changed[0]), is_clash


def _redacted(base: Event | None, sides: Sequence[Event]) -> Event:
    redacted = [event for event in sides if is_redacted(event)]
    if len(redacted) == 2:
        return doubly_redacted(base, redacted[0], redacted[1])
    return redacted[0] if redacted or base is None else base


def _are_derived(one: Event, other: Event) -> bool:
    """Whether a machine wrote the same thing twice: what it derives has a derived id."""
    return one.by.startswith(_MACHINES) and (one.by, one.did) == (other.by, other.did)

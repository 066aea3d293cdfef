"""Are two files versions of one ticket?"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.merging.version import Version
from tkt.model import Event


def same_record(one: Version, other: Version) -> bool:
    """Whether nothing speaks against it: the same `id`, and the same event that opened it.

    A ticket that got another id (`renumbered`) is still itself.
    """
    opened, opened_there = _openings(one), _openings(other)
    ids = one.keys.get("id"), other.keys.get("id")
    if None not in ids and ids[0] != ids[1]:
        was = former_ids((*one.events, *other.events))
        return bool(was.intersection(ids) and opened & opened_there)
    return not opened or not opened_there or bool(opened & opened_there)


def former_ids(events: Iterable[Event]) -> frozenset[str]:
    """The ids that a ticket had before."""
    return frozenset(str(event.get("was")) for event in events if event.did == "renumbered")


def _openings(version: Version) -> set[str]:
    return {event.id for event in version.events if event.did == "opened"}

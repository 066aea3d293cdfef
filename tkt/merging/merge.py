"""What is the one version of a file, given two and what they came from?"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import combinations

from tkt.i18n import msg
from tkt.merging.deciding import View, decide
from tkt.merging.edits import moved, put_down
from tkt.merging.events import united
from tkt.merging.identity import same_record
from tkt.merging.keys import merged_keys, present
from tkt.merging.redactions import is_redacted
from tkt.merging.starting import as_told, common, completed
from tkt.merging.telling import UNSPOKEN, told_by
from tkt.merging.version import Merged, TwoTickets, Version
from tkt.model import Event, status_of


def merge(base: Version | None, ours: Version, theirs: Version, *, finished: Container[str]) -> Merged:
    """The version that holds what happened on both sides, the same whichever is ours.

    `base` is None where there is no common version; `finished` are the statuses of the categories
    resolved and closed. The status is the events' where versions have none. Errors: TwoTickets.
    """
    _must_be_one(base, ours, theirs)
    base = common(ours, theirs, finished) if base is None else base
    ours, theirs = completed(ours, base, finished), completed(theirs, base, finished)
    union = united(base.events, ours.events, theirs.events)
    events, status, moves = _status(base, ours, theirs, union.events)
    keys = merged_keys(base, ours, theirs, events, finished)
    events = put_down(events, (event for edits in keys.edits.values() for event in edits))
    told = told_by(events, finished)
    values = {**keys.values, **{name: as_told(told.get(name), None) for name in keys.edits}}
    return Merged(
        version=Version(keys=present(values), events=events, status=status),
        clashes=(*union.clashes, *moves, *sorted(keys.edits)),
    )


def _must_be_one(*versions: Version | None) -> None:
    there = [version for version in versions if version is not None]
    for one, other in combinations(there, 2):
        if not same_record(one, other):
            raise _two(one, other)


def _two(one: Version, other: Version) -> TwoTickets:
    ids = sorted(str(version.keys.get("id", "?")) for version in (one, other))
    if ids[0] != ids[1]:
        told = msg("{one} and {other} are two tickets, not two versions of one", one=ids[0], other=ids[1])
        return TwoTickets(told, hint=msg("tkt repair puts each where it belongs"))
    told = msg("two tickets have the id {id}: they were opened apart from each other", id=ids[0])
    return TwoTickets(told, hint=msg("tkt check --fix gives the younger one an id of its own"))


def _status(
    base: Version, ours: Version, theirs: Version, events: Sequence[Event]
) -> tuple[tuple[Event, ...], str | None, tuple[str, ...]]:
    """The events with the moves by hand that only their order decides between, and where it lies."""
    before, *views = (_directory(version) for version in (base, ours, theirs))
    told = status_of(events)
    outcome = decide(before, views[0], views[1], UNSPOKEN if told is None else told)
    if not outcome.edited:
        return tuple(events), outcome.value, ()
    sides = zip(views, (ours, theirs), strict=True)
    but = ("waiting", "resolution") if any(map(is_redacted, events)) else ()
    events = put_down(events, (moved(view, side, but=but) for view, side in sides if view in outcome.edited))
    return events, status_of(events), ("status",)


def _directory(version: Version) -> View:
    told = status_of(version.events)
    stored = told if version.status is None else version.status
    moves = frozenset(event.id for event in version.events if event.did == "moved")
    return View(stored, UNSPOKEN if told is None else told, moves)

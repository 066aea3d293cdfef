"""Which files are merged record by record, and how does one know a record again in another place?

A ticket is known by its id, wherever its file lies; a customer, a review, an article by its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from tkt.ids import is_ticket_id
from tkt.store.customers import CUSTOMERS
from tkt.store.gitrepo import Change
from tkt.store.tree import TICKETS

_SUFFIXES = {
    TICKETS: ".yaml",
    CUSTOMERS: ".yaml",
    "reviews": ".yaml",
    "improvements": ".yaml",
    "knowledge": ".md",
}
FOLDERS = tuple(_SUFFIXES)
"""Below these folders every record is one file, and tkt knows how two versions of it are put together."""


class Copy(NamedTuple):
    """One file of a record in one version of the desk."""

    path: str
    blob: str


@dataclass(slots=True)
class Versions:
    """A record in three versions of the desk: its files in each, none where it was not there."""

    key: str
    base: tuple[Copy, ...] = ()
    ours: tuple[Copy, ...] = ()
    theirs: tuple[Copy, ...] = ()

    @property
    def copies(self) -> tuple[Copy, ...]:
        """All its files."""
        return (*self.base, *self.ours, *self.theirs)


def record_of(path: str) -> str | None:
    """What the record in this file is known by; None for a file that is none."""
    place = PurePosixPath(path)
    if len(place.parts) < 2 or _SUFFIXES.get(place.parts[0]) != place.suffix or place.name.startswith("."):
        return None
    if place.parts[0] == TICKETS:
        return place.stem if is_ticket_id(place.stem) else None
    return path


def is_ticket(key: str) -> bool:
    """Whether the record of this key is a ticket."""
    return is_ticket_id(key)


def touched(ours: Iterable[Change], theirs: Iterable[Change]) -> dict[str, Versions]:
    """The records that either side has changed since the base, from what differs in files."""
    sides = (_by_key(ours), _by_key(theirs))
    found = {}
    for key in sorted({*sides[0], *sides[1]}):
        changed = [side.get(key, {}) for side in sides]
        base = {path: it.old for side in changed for path, it in side.items() if it.old is not None}
        found[key] = Versions(key, _copies(base), *(_copies(_after(base, side)) for side in changed))
    return found


def by_stage(stages: Iterable[tuple[str, int, str]]) -> dict[str, Versions]:
    """The records that git could not merge, from the three stages of its index."""
    found: dict[str, dict[int, dict[str, str | None]]] = {}
    for path, number, blob in stages:
        key = record_of(path)
        if key is not None:
            found.setdefault(key, {}).setdefault(number, {})[path] = blob
    return {
        key: Versions(key, *(_copies(sides.get(number, {})) for number in (1, 2, 3)))
        for key, sides in sorted(found.items())
    }


def _by_key(changes: Iterable[Change]) -> dict[str, dict[str, Change]]:
    found: dict[str, dict[str, Change]] = {}
    for change in changes:
        key = record_of(change.path)
        if key is not None:
            found.setdefault(key, {})[change.path] = change
    return found


def _after(base: Mapping[str, str | None], changed: Mapping[str, Change]) -> dict[str, str | None]:
    return {**base, **{path: it.new for path, it in changed.items()}}


def _copies(files: Mapping[str, str | None]) -> tuple[Copy, ...]:
    return tuple(Copy(path, blob) for path, blob in sorted(files.items()) if blob is not None)

"""Which tickets does a seed draw for a quality check? (docs/reports.md, Samples)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256


def drawn(ids: Iterable[str], number: int, seed: str) -> tuple[str, ...]:
    """At most `number` of the tickets, in order of their ids.

    What is drawn follows from the seed and the ids alone: whoever draws again from the same tickets gets the same
    ones, in whatever order they lie, and a ticket more among them changes at most one.
    """
    by_chance = sorted(set(ids), key=lambda ticket: sha256(f"{seed}\n{ticket}".encode()).digest())
    return tuple(sorted(by_chance[:number]))


def drawn_each(groups: Mapping[str, Iterable[str]], number: int, seed: str) -> dict[str, tuple[str, ...]]:
    """The same of every group, by its name in alphabetical order."""
    return {name: drawn(ids, number, seed) for name, ids in sorted(groups.items())}

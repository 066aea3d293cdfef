"""Which lines count, given three versions of some?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from tkt.merging.lines import pieces

T = TypeVar("T", bound=Hashable)


def changed(base: T, ours: T, theirs: T) -> tuple[T, ...]:
    """The one that counts, or both where both sides changed it differently."""
    if ours == theirs or theirs == base:
        return (ours,)
    return (theirs,) if ours == base else (ours, theirs)


def all_lines(base: str | None, ours: str, theirs: str) -> str:
    """Comments and blank lines of both sides; where both changed them, those of both, no line twice."""
    three = (None if base is None else lines(base), lines(ours), lines(theirs))
    found: list[str] = []
    for piece in pieces(*three):
        found += _both(piece.ours, piece.theirs) if piece.is_conflict else piece.lines
    return "".join(found)


def _both(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    first, second = sorted((list(ours), list(theirs)))
    return [*first, *(line for line in second if line not in first)]


def lines(text: str) -> list[str]:
    """The lines of a text, each with its LF."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []

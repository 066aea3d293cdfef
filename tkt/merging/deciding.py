"""Which of two values counts, given what events say of it?

A value is stored in the file, and events tell what it should be. Who changed one without the other
edited by hand; a directory that was changed by `git mv` is such an edit too.
"""

from __future__ import annotations

from typing import NamedTuple

from tkt.frozen import dataclass
from tkt.merging.canonical import alike
from tkt.merging.telling import UNSPOKEN
from tkt.model import Value


class View(NamedTuple):
    """What one version stores, what its events tell of it (UNSPOKEN: nothing), and which events those are."""

    stored: Value
    told: Value = UNSPOKEN
    words: frozenset[str] = frozenset()

    def is_like(self, other: View) -> bool:
        return alike(self.stored, other.stored) and says_same(self.told, other.told)

    def is_untouched(self, base: View) -> bool:
        """Whether nobody changed the stored value and no event was added about it."""
        return self.is_like(base) and self.words == base.words

    def is_edited(self, base: View) -> bool:
        """Whether somebody changed the stored value alone, and not before `base` already."""
        if self.told is UNSPOKEN:
            return not alike(self.stored, base.stored)
        return not alike(self.stored, self.told) and not self.is_like(base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The value that counts, or the hand edits that only an order can decide between."""

    value: Value = None
    edited: tuple[View, ...] = ()


def says_same(one: Value, other: Value) -> bool:
    """Whether events tell the same; silence is like silence alone."""
    return one is other if UNSPOKEN in (one, other) else alike(one, other)


def decide(base: View, ours: View, theirs: View, told: Value) -> Outcome:
    """What counts; `told` is what the events of both together tell (docs/file-format.md, Merging)."""
    if ours.is_like(theirs) and says_same(told, ours.told):
        return Outcome(value=ours.stored)
    for side, other in ((ours, theirs), (theirs, ours)):
        if other.is_untouched(base) and says_same(told, side.told):
            return Outcome(value=side.stored)
    edited = tuple(view for view in (ours, theirs) if view.is_edited(base))
    if not edited:
        return Outcome(value=base.stored if told is UNSPOKEN else told)
    value = edited[0].stored
    is_one = all(alike(value, view.stored) for view in edited)
    if is_one and (len(edited) == 2 or says_same(told, value)):
        return Outcome(value=value)
    return Outcome(edited=edited)

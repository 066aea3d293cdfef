"""What is the one text that two sides changed, line by line?

The way of diff3: what neither changed is stable, and of each piece between, the side that changed
it counts. Where both changed it differently, the piece is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from tkt.frozen import dataclass

Lines = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Lines as the three versions have them, between two places at which all three agree."""

    base: Lines
    ours: Lines
    theirs: Lines

    @property
    def is_conflict(self) -> bool:
        return len({tuple(self.base), tuple(self.ours), tuple(self.theirs)}) == 3

    @property
    def lines(self) -> Lines:
        """What counts; of a conflict, ours."""
        return self.theirs if self.ours == self.base else self.ours


def pieces(base: Lines | None, ours: Lines, theirs: Lines) -> Iterator[Piece]:
    """The text in pieces, in order. Without a base the lines that both have are one."""
    base = _shared(ours, theirs) if base is None else base
    anchors = [(-1, -1, -1), *_stable(base, ours, theirs), (len(base), len(ours), len(theirs))]
    for before, after in pairwise(anchors):
        between = [slice(start + 1, end) for start, end in zip(before, after, strict=True)]
        piece = Piece(base=base[between[0]], ours=ours[between[1]], theirs=theirs[between[2]])
        if piece.base or piece.ours or piece.theirs:
            yield piece
        if after[0] < len(base):
            line = base[after[0] : after[0] + 1]
            yield Piece(base=line, ours=line, theirs=line)


def _stable(base: Lines, ours: Lines, theirs: Lines) -> list[tuple[int, int, int]]:
    """The places of the lines that all three have."""
    one, other = _matches(base, ours), _matches(base, theirs)
    return [(place, one[place], other[place]) for place in sorted(one.keys() & other)]


def _matches(base: Lines, side: Lines) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {start + step: there + step for start, there, size in blocks for step in range(size)}


def _shared(ours: Lines, theirs: Lines) -> list[str]:
    one, other = sorted((list(ours), list(theirs)))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [line for start, _, size in blocks for line in one[start : start + size]]

"""What was computed of the ticket files before, and does it still hold?

A disposable cache: whatever is true stands in the files. A file is read again when its stat or, in doubt,
its content is another one; everything is, when the configuration, the time zones or tkt are. A cache that
is missing, damaged, foreign or cannot be written costs time only. Nothing in it depends on `now`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from weakref import finalize

from tkt.store.index.entries import Part, Parts
from tkt.store.index.keeping import Keeper
from tkt.store.index.looking import Look
from tkt.store.index.working import Compute
from tkt.store.tree import Found

__all__ = ["Compute", "Index", "Look", "Part", "Parts"]


class Index:
    """The cache of one desk's ticket files, in `file`; None: nothing is kept."""

    def __init__(
        self,
        root: Path,
        file: Path | None,
        made_for: bytes,
        compute: Compute,
        is_enough: Callable[[bytes], bool] | None = None,
    ) -> None:
        self._root = root
        self._file = file
        self._made_for = made_for
        self._compute = compute
        self._is_enough = is_enough

    def which(self, is_enough: Callable[[bytes], bool], compute: Compute) -> Index:
        """The same cache for who needs more of an entry: one whose brief is not enough is computed anew, so."""
        return Index(self._root, self._file, self._made_for, compute, is_enough)

    def look(
        self,
        part: Part,
        files: Sequence[Found],
        *,
        are_all: bool = True,
        proved: Mapping[str, bytes] | None = None,
    ) -> Look:
        """What is known of these files; contents as they are asked for. `are_all`, `proved`: as of `Look`."""
        keeper = Keeper(self._file, self._made_for)
        look = Look(
            self._root, part, files, self._compute, keeper, self._is_enough, are_all=are_all, proved=proved
        )
        finalize(look, keeper.close)
        return look

    def parts(self, part: Part, files: Sequence[Found]) -> Iterator[tuple[Found, bytes | None]]:
        """One part of what is known of each of these files, in any order; None: it cannot be read or kept.

        `files` must be all that their folders hold.
        """
        return self.look(part, files).contents()

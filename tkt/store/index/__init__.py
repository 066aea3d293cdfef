"""What was computed of the ticket files before, and does it still hold?

A disposable cache: whatever is true stands in the files. A file is read again when its stat or, in doubt,
its content is another one; everything is, when the configuration, the time zones or tkt are. A cache that
is missing, damaged, foreign or cannot be written costs time only. Nothing in it depends on `now`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tkt.store.index import database
from tkt.store.index.database import LOST, is_busy
from tkt.store.index.entries import Part, Parts
from tkt.store.index.looking import Look
from tkt.store.index.working import Compute
from tkt.store.tree import Found

__all__ = ["Compute", "Index", "Part", "Parts"]


class Index:
    """The cache of one desk's ticket files, in `file`; None: nothing is kept."""

    def __init__(self, root: Path, file: Path | None, made_for: bytes, compute: Compute) -> None:
        self._root = root
        self._file = file
        self._made_for = made_for
        self._compute = compute

    def parts(self, part: Part, files: Sequence[Found]) -> Iterator[tuple[Found, bytes | None]]:
        """One part of what is known of each of these files, in their order; None: it cannot be read or kept.

        `files` must be all that their folders hold.
        """
        found = self._looked_up(part, files)
        return ((file, found.get(file.path)) for file in files)

    def _looked_up(self, part: Part, files: Sequence[Found]) -> dict[str, bytes]:
        for _ in range(2):  # a damaged database is made anew once
            kept = None if self._file is None else database.opened(self._file, self._made_for)
            if kept is None:
                break
            try:
                return Look(self._root, part, self._compute, kept).contents(files)
            except LOST as error:
                if is_busy(error):
                    break
                kept.close()
                self._discard()
            finally:
                kept.close()
        return Look(self._root, part, self._compute, None).contents(files)

    def _discard(self) -> None:
        if self._file is not None:
            database.discard(self._file)

"""Which rows are asked for? Those are looked at, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, overload

from tkt.columns import Columns

if TYPE_CHECKING:
    from tkt.indexed import Indexed
    from tkt.store.index.fulltext import Doc
    from tkt.store.tree import Found

SOME_ROWS = 300
"""Rows that are looked at one by one; who asks for more will ask for most."""


class Hits(Sequence[Columns]):
    """The rows of texts in which words were found, looked at when they are asked for: most are only counted."""

    def __init__(self, indexed: Indexed, docs: Sequence[Doc], now: datetime) -> None:
        self._indexed = indexed
        self._docs = docs
        self._now = now

    def __len__(self) -> int:
        return len(self._docs)

    @overload
    def __getitem__(self, place: int) -> Columns: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Columns]: ...
    def __getitem__(self, place: int | slice) -> Columns | Sequence[Columns]:
        if isinstance(place, int):
            rows = tuple(self._rows([self._docs[place]]))
            if not rows:
                raise IndexError(place)
            return rows[0]
        return tuple(self._rows(self._docs[place]))

    def __iter__(self) -> Iterator[Columns]:
        return self._rows(self._docs)

    def _rows(self, docs: Sequence[Doc]) -> Iterator[Columns]:
        """Of a file that went just now there is none."""
        return self._indexed.proved(docs, self._now).rows(None)


class RowOf(Mapping[str, Columns]):
    """Id → its row, looked at when it is asked for: who tells of some tickets does not look at all of them."""

    def __init__(self, indexed: Indexed, files: dict[str, Found], now: datetime) -> None:
        self._indexed = indexed
        self._files = files
        self._now = now
        self._known: dict[str, Columns | None] = {}
        self._singly = 0

    def look_at(self, names: Iterable[str]) -> None:
        """Have the rows of these ready: one look at many takes less time than one at each."""
        files = [self._files[name] for name in names if name in self._files and name not in self._known]
        rows = self._indexed.glimpsed(files, self._now).rows(None)
        self._known |= dict.fromkeys(it.id for it in files) | {row.id: row for row in rows}

    def __getitem__(self, name: str) -> Columns:
        if name not in self._known:
            self._singly += 1
            self.look_at([self._files[name].id] if self._singly <= SOME_ROWS else self._files)
        row = self._known[name]
        if row is None:
            raise KeyError(name)
        return row

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._files if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

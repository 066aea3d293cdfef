"""The index of one look, which may be lost at any time: what then? It is made anew once, and then done without."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tkt.store.index import database
from tkt.store.index.database import LOST, Database, is_busy
from tkt.store.index.entries import Entry, Part, Same, folder_and_name


class Keeper:
    """The database in `file`; None: nothing is kept. No method has errors."""

    def __init__(self, file: Path | None, made_for: bytes) -> None:
        self._file = file
        self._made_for = made_for
        self._was_lost = False
        self._database = None if file is None else database.opened(file, made_for)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
        self._database = None

    def heads(self, folder: str) -> dict[str, bytes]:
        """Name → head, of the files of a folder."""
        return self._asked(lambda known: known.heads(folder))

    def heads_of(self, folder: str, names: Sequence[str]) -> dict[str, bytes]:
        """The same, of some of them."""
        return self._asked(lambda known: known.heads_of(folder, names))

    def contents(
        self, part: Part, folder: str, held: Mapping[str, bytes], only: str | None = None
    ) -> dict[str, bytes]:
        """Path → that part, of all files of a folder or of the path `only`, if it is of the content that is `held`."""
        name = None if only is None else folder_and_name(only)[1]
        return self._asked(lambda known: known.contents(part, folder, held, name))

    def keep(self, entries: Sequence[Entry], same: Sequence[Same], gone: Sequence[str]) -> None:
        """Write what was found out; where another process writes, or nothing can be written, do without."""
        if self._database is None or not (entries or same or gone):
            return
        try:
            with self._database.writing():
                self._database.keep(entries)
                self._database.restamp(same)
                self._database.drop(gone)
        except sqlite3.OperationalError:
            pass  # it costs time at the next look
        except LOST as error:
            self._lose(error)

    def _asked(self, question: Callable[[Database], dict[str, bytes]]) -> dict[str, bytes]:
        while self._database is not None:
            try:
                return question(self._database)
            except LOST as error:
                self._lose(error)
        return {}

    def _lose(self, error: Exception) -> None:
        self.close()
        if self._file is None or is_busy(error):
            return
        database.discard(self._file)
        if not self._was_lost:
            self._was_lost = True
            self._database = database.opened(self._file, self._made_for)

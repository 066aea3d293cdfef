"""Which entries hold still, and what becomes of the others? One look at files, with a database or without."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from tkt.store.index.database import Database, Known
from tkt.store.index.entries import PARTS, Entry, Part, Same, check_sum, folder_and_name
from tkt.store.index.working import Compute, Job, worked
from tkt.store.tree import Found

_AT_ONCE = 2000
"""Entries that are written together, so that a build that is killed was not for nothing."""


class Look:
    """What is known is taken over; what is not is computed, and kept where there is a database."""

    def __init__(self, root: Path, part: Part, compute: Compute, database: Database | None) -> None:
        self._root = root
        self._part: Part = part
        self._compute = compute
        self._database = database
        self._contents: dict[str, bytes] = {}
        self._entries: list[Entry] = []  # to be kept
        self._same: list[Same] = []  # to be kept with their new stamps
        self._gone: list[str] = []  # to be forgotten

    def contents(self, files: Sequence[Found]) -> dict[str, bytes]:
        """Path → the part, of each file that can be read. Errors: those of database.LOST."""
        folders = _by_folder(files)
        self._work(list(chain.from_iterable(self._stale(*each) for each in folders.items())))
        self._keep()
        return self._contents

    def _stale(self, folder: str, files: Sequence[Found]) -> Iterator[Job]:
        """The files whose parts are not surely known; what is known is taken over."""
        known = {row[0]: row for row in self._database.known(folder, self._part)} if self._database else {}
        start = len(folder) + 1
        for file in files:
            path = file.path
            row = known.pop(path[start:], None)
            content = row[7] if row else None
            if row is None or content is None or check_sum(row[6], content) != row[8]:
                yield Job(file)
            elif _holds(file, row):
                self._contents[path] = content
            else:
                yield Job(file, row[6], content)
        self._gone += (f"{folder}/{name}" for name in known)

    def _work(self, jobs: Sequence[Job]) -> None:
        place = PARTS.index(self._part)
        kept = {job.file.path: job.content for job in jobs if job.content is not None}
        for some in worked(self._root, jobs, self._compute) if jobs else ():
            for done in some:
                if isinstance(done, Same):
                    self._contents[done.path] = kept[done.path]
                    self._same.append(done)
                else:
                    self._contents[done.path] = done.parts[place]
                    self._entries.append(done)
            if len(self._entries) >= _AT_ONCE:
                self._keep()

    def _keep(self) -> None:
        """Write what was found out; where another process writes, or nothing can be written, do without."""
        if self._database is not None and (self._entries or self._same or self._gone):
            try:
                with self._database.writing():
                    self._database.keep(self._entries)
                    self._database.restamp(self._same)
                    self._database.drop(self._gone)
            except sqlite3.OperationalError:
                pass  # it costs time at the next look
        self._entries, self._same, self._gone = [], [], []


def _holds(file: Found, known: Known) -> bool:
    """Whether the file surely is what it was. Runs once a file: kept short."""
    try:
        found = os.lstat(file.abspath)
    except OSError:
        return False
    return (
        found.st_mtime_ns == known[2]
        and found.st_size == known[1]
        and found.st_ctime_ns == known[3]
        and found.st_ino == known[4]
        and not known[5]
    )


def _by_folder(files: Sequence[Found]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for file in files:
        found.setdefault(folder_and_name(file.path)[0], []).append(file)
    return found

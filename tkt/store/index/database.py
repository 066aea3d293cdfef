"""Where are entries kept? In SQLite, beside git's own index; a file that may vanish at any time.

Whatever goes wrong with it costs time and nothing else: one that is damaged is made anew, one that cannot
be written is only read, one that cannot be read is done without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from tkt.store.index.entries import PARTS, Entry, Part, Same, blob_in, check_sum, folder_and_name, head

FORMAT = "7"
PATIENCE = 0.5
"""Seconds to wait for another process that writes; then what was found out is not kept."""
LOST = (sqlite3.Error, OverflowError, TypeError, ValueError)
"""What a damaged database may make of reading it."""
_BESIDE = ("", "-wal", "-shm", "-journal")
_TABLES = ("file", *PARTS)
_SCHEMA = "CREATE TABLE about (made_for BLOB);\n" + "".join(
    f"CREATE TABLE {table} (folder TEXT, name TEXT, content BLOB, sum INTEGER,"
    " PRIMARY KEY (folder, name)) WITHOUT ROWID;\n"
    for table in _TABLES
)
_PAGE = 16384
"""A row of up to a quarter of it lies in one page with others; of more, in pages of its own."""
_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"


class Database:
    """An open index: what another process writes is not seen until `writing`. Errors of every method: those of LOST."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def heads(self, folder: str) -> dict[str, bytes]:
        """Name → head, of the files of a folder."""
        return {name: head for name, head, found in self._kept("file", folder) if crc32(head) == found}

    def heads_of(self, folder: str, names: Iterable[str]) -> dict[str, bytes]:
        """The same, of some of them."""
        found = (it for name in names for it in self._kept("file", folder, name))
        return {name: head for name, head, known in found if crc32(head) == known}

    def contents(
        self, part: Part, folder: str, held: Mapping[str, bytes], name: str | None = None
    ) -> dict[str, bytes]:
        """Path → that part, of all files of a folder or of one, as far as it is of the content that is `held`."""
        found: dict[str, bytes] = {}
        for its_name, content, kept in self._kept(part, folder, name):
            path = f"{folder}/{its_name}"
            known = held.get(path)
            if known is not None and check_sum(blob_in(known), content) == kept:
                found[path] = content
        return found

    def _kept(self, table: str, folder: str, name: str | None = None) -> list[tuple[str, bytes, int]]:
        asked = f"SELECT name, content, sum FROM {table} WHERE folder = ?"
        if name is None:
            return self._connection.execute(asked, (folder,)).fetchall()
        return self._connection.execute(f"{asked} AND name = ?", (folder, name)).fetchall()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written inside stands together. Errors: sqlite3.OperationalError while another one writes."""
        self._connection.execute("COMMIT")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            raise
        finally:
            with suppress(sqlite3.Error):
                self._connection.execute("BEGIN")

    def keep(self, entries: Sequence[Entry]) -> None:
        """Write entries, over those of the same paths."""
        self.restamp(entries)
        for part in PARTS:
            self._put(part, ((it.path, blob_in(it.held), it.parts.of(part)) for it in entries))

    def restamp(self, files: Iterable[Entry | Same]) -> None:
        """These files hold what they held, and have another stamp or were looked at again."""
        self._put("file", ((it.path, b"", head(it)) for it in files))

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files that are not there."""
        keys = [folder_and_name(path) for path in paths]
        for table in _TABLES:
            self._connection.executemany(f"DELETE FROM {table} WHERE folder = ? AND name = ?", keys)

    def _put(self, table: str, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Path, the content that it is of, and what is put there."""
        self._connection.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)",
            ((*folder_and_name(path), content, check_sum(blob, content)) for path, blob, content in rows),
        )


def opened(file: Path, made_for: bytes) -> Database | None:
    """The index in `file`, made anew where it is none, or damaged, or made for something else.

    None where there is none and none can be made.
    """
    for attempt in (_known, _new, _known):  # the last: another process has just made it
        with suppress(*LOST, OSError):
            found = attempt(file, made_for)
            if found is not None:
                return found
    return None


def is_busy(error: BaseException) -> bool:
    """Whether another process has it to itself: then it is not damaged."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def discard(file: Path) -> None:
    """Take a damaged index away."""
    for ending in _BESIDE:
        with suppress(OSError):
            file.with_name(file.name + ending).unlink(missing_ok=True)


def _known(file: Path, made_for: bytes) -> Database | None:
    """The index that is there, if it was made for this."""
    if not file.is_file():
        return None
    connection = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;")
        if connection.execute("SELECT made_for FROM about").fetchall() == [(made_for,)]:
            return Database(connection)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _new(file: Path, made_for: bytes) -> Database | None:
    """An empty index in place of what is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    discard(file)
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    try:
        connection.executescript(f"PRAGMA page_size = {_PAGE}; {_SETTINGS}")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA}")
        connection.execute("INSERT INTO about VALUES (?)", (made_for,))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return Database(connection)

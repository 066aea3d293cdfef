"""Where are entries kept? In SQLite, beside git's own index; a file that may vanish at any time.

Whatever goes wrong with it costs time and nothing else: one that is damaged is made anew, one that cannot
be written is only read, one that cannot be read is done without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tkt.store.index.entries import PARTS, Entry, Part, Same, check_sum, folder_and_name

FORMAT = "1"
PATIENCE = 0.5
"""Seconds to wait for another process that writes; then what was found out is not kept."""
LOST = (sqlite3.Error, OverflowError, TypeError, ValueError)
"""What a damaged database may make of reading it."""
_BESIDE = ("", "-wal", "-shm", "-journal")
_KEY = "folder TEXT, name TEXT"
_SCHEMA = f"""
CREATE TABLE about (made_for BLOB);
CREATE TABLE file ({_KEY}, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, in_doubt INTEGER,
    blob BLOB, PRIMARY KEY (folder, name)) WITHOUT ROWID;
""" + "".join(
    f"CREATE TABLE {part} ({_KEY}, content BLOB, sum INTEGER, PRIMARY KEY (folder, name)) WITHOUT ROWID;\n"
    for part in PARTS
)
_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"


Known = tuple[str, int, int, int, int, bool, bytes, bytes | None, int]
"""Name of a file, its stamp, whether it is in doubt, git's name of its content; one part, and its sum."""


class Database:
    """An open index. Errors of every method: those of LOST."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def known(self, folder: str, part: Part) -> Iterator[Known]:
        """What is known of the files of a folder."""
        return self._connection.execute(
            "SELECT file.name, size, mtime, ctime, inode, in_doubt, blob, content, sum"
            f" FROM file LEFT JOIN {part} USING (folder, name) WHERE file.folder = ?",
            (folder,),
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written inside stands together. Errors: sqlite3.OperationalError while another one writes."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def keep(self, entries: Sequence[Entry]) -> None:
        """Write entries, over those of the same paths."""
        keys = [folder_and_name(entry.path) for entry in entries]
        self._put(
            "file",
            8,
            ((*key, *it.stamp, it.is_in_doubt, it.blob) for key, it in zip(keys, entries, strict=True)),
        )
        for place, part in enumerate(PARTS):
            self._put(
                part,
                4,
                (
                    (*key, it.parts[place], check_sum(it.blob, it.parts[place]))
                    for key, it in zip(keys, entries, strict=True)
                ),
            )

    def restamp(self, files: Iterable[Same]) -> None:
        """These files hold what they held, and have another stamp or were looked at again."""
        rows = ((*folder_and_name(it.path), *it.stamp, it.is_in_doubt, it.blob) for it in files)
        self._put("file", 8, rows)

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files that are not there."""
        keys = [folder_and_name(path) for path in paths]
        for table in ("file", *PARTS):
            self._connection.executemany(f"DELETE FROM {table} WHERE folder = ? AND name = ?", keys)

    def _put(self, table: str, columns: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * columns)
        self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)


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
        connection.executescript(f"PRAGMA page_size = 8192; {_SETTINGS}")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA}")
        connection.execute("INSERT INTO about VALUES (?)", (made_for,))
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return Database(connection)

"""In which texts does a word stand, and in which does it matter most? FTS5 beside the index, in a file of its own.

It is as disposable as the index, and knows no text that the index has not looked at: before it is asked it is
compared with what a look found, a folder at a time, and what differs is put in. A bit that rots in it would be
a hit that is missed, and SQLite would not notice; so the check sum of the whole file is kept beside it, and
looked at wherever its stamp is another one. Whatever is wrong, it is made anew, or done without.

A text that changed or went leaves its postings behind, which nobody asks for; when they are many, all is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from tkt.store.index.cutting import Wanted, wanted
from tkt.store.index.database import LOST, PATIENCE, is_busy
from tkt.store.index.pieces import Pieces
from tkt.store.stamps import SIZE, stamp_of

FILE = "words.sqlite"
TITLE = 6.0
"""What a word in the title counts, against one in the text."""
SOME = 50
"""Rows of the vocabulary, one a change, before they become one."""
_BESIDE = ("", "-journal", "-wal", "-shm", ".sum")
_PIECE = 1 << 20
_NEVER_IN_DOUBT = 1 << 62
_SETTINGS = "PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;"
_SCHEMA = """
CREATE TABLE about (made_for BLOB);
CREATE TABLE folder (folder TEXT PRIMARY KEY, state BLOB) WITHOUT ROWID;
CREATE TABLE doc (id INTEGER PRIMARY KEY, folder TEXT, name TEXT, content BLOB, at INTEGER, title TEXT);
CREATE INDEX in_folder ON doc (folder);
CREATE TABLE word (words TEXT);
CREATE TABLE glance (state BLOB);
CREATE VIRTUAL TABLE cut USING fts5 (title, body, content = '', tokenize = 'ascii');
"""


class Doc(NamedTuple):
    """A text that the full text knows. `at`: when its ticket came, in microseconds since 1970."""

    number: int
    folder: str
    name: str
    content: bytes
    at: int
    title: str  # normalised

    @property
    def path(self) -> str:
        """Of its file, relative to the desk."""
        return f"{self.folder}/{self.name}"


class FullText:
    """An open full text. Errors of every method: those of LOST."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self._connection = connection
        self._words: str | None = None

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def states(self) -> dict[str, bytes]:
        """Folder → of which state of it the texts are known."""
        return dict(self._connection.execute("SELECT folder, state FROM folder"))

    def glanced(self) -> bytes:
        """Of which state of all files all texts are known; empty for none."""
        found: tuple[bytes] | None = self._connection.execute("SELECT state FROM glance").fetchone()
        return b"" if found is None else found[0]

    def stands_for_all(self, state: bytes) -> None:
        """From now on all texts are those of this state of all files."""
        self._connection.execute("DELETE FROM glance")
        self._connection.execute("INSERT INTO glance VALUES (?)", (state,))

    def docs(self, folder: str) -> dict[str, tuple[int, bytes]]:
        """Name → number and content, of the texts of a folder."""
        asked = "SELECT name, id, content FROM doc WHERE folder = ?"
        return {
            name: (number, content) for name, number, content in self._connection.execute(asked, (folder,))
        }

    def wanted(self, word: str) -> Wanted | None:
        """How a normalised word is asked for; None where it cannot be."""
        return wanted(word, self._containing)

    def hits(self, expression: str) -> set[int]:
        """The numbers of the texts for which an expression holds."""
        found = self._connection.execute("SELECT rowid FROM cut WHERE cut MATCH ?", (expression,))
        return {number for (number,) in found}

    def ranked(self, expression: str, at_most: int = -1) -> list[Doc]:
        """The texts for which an expression holds: the best first, and of those about as good the latest."""
        found = self._connection.execute(
            "SELECT doc.id, folder, name, content, at, doc.title FROM doc JOIN"
            f" (SELECT rowid AS number, round(bm25(cut, {TITLE}, 1.0)) AS worth FROM cut WHERE cut MATCH ?)"
            " ON doc.id = number ORDER BY worth, at DESC, name DESC LIMIT ?",
            (expression, at_most),
        )
        return [Doc(*row) for row in found]

    def all_docs(self) -> list[Doc]:
        """All texts, the latest first."""
        asked = "SELECT id, folder, name, content, at, title FROM doc ORDER BY at DESC, name DESC"
        return [Doc(*row) for row in self._connection.execute(asked)]

    def frequency(self, piece: str) -> int:
        """In how many texts a piece stands, or stood."""
        found = self._connection.execute("SELECT count(*) FROM cut WHERE cut MATCH ?", (f'"{piece}"',))
        return int(found.fetchone()[0])

    def is_worn(self) -> bool:
        """Whether so much of it is of texts that are there no more that it is better made anew."""
        count, last = self._connection.execute("SELECT count(*), max(id) FROM doc").fetchone()
        return bool((last or 0) > 1.3 * count + 1000)

    def hold(self) -> None:
        """From now on the same state is read, whatever others write, who must wait."""
        self._connection.execute("BEGIN")

    def let_go(self) -> None:
        """Others may write."""
        self._connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written inside stands together. Errors: sqlite3.OperationalError while another one uses it."""
        self._connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def forget(self, numbers: Iterable[int]) -> None:
        """Texts that are there no more, or not as they were."""
        self._connection.executemany("DELETE FROM doc WHERE id = ?", ((number,) for number in numbers))

    def put(self, pieces: Sequence[Pieces]) -> None:
        """Texts, which are not known yet."""
        connection, words = self._connection, set[str]()
        number = self._last_number()
        for number, it in enumerate(pieces, start=number + 1):  # noqa: B020
            row = (number, it.folder, it.name, it.content, it.at, it.title)
            connection.execute("INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?)", row)
            connection.execute(
                "INSERT INTO cut (rowid, title, body) VALUES (?, ?, ?)", (number, it.cut_title, it.cut_body)
            )
            words.update(it.words)
        self._learn(words)

    def _last_number(self) -> int:
        """No number is given twice: the postings of a text that went stand for ever."""
        asked = "SELECT max(coalesce((SELECT max(id) FROM doc), 0), coalesce((SELECT max(id) FROM cut_docsize), 0))"
        return int(self._connection.execute(asked).fetchone()[0])

    def stands_for(self, states: Iterable[tuple[str, bytes | None]]) -> None:
        """From now on the texts of these folders are those of this state; None: there is no such folder."""
        for folder, state in states:
            if state is None:
                self._connection.execute("DELETE FROM folder WHERE folder = ?", (folder,))
            else:
                self._connection.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (folder, state))

    def _learn(self, words: set[str]) -> None:
        """The vocabulary grows; what it holds twice does no harm, and goes when its rows are put together."""
        connection, self._words = self._connection, None
        rows = connection.execute("SELECT count(*) FROM word").fetchone()[0]
        if rows >= SOME:
            words = words.union(self._vocabulary().split())
            connection.execute("DELETE FROM word")
        connection.execute("INSERT INTO word VALUES (?)", ("\n".join(sorted(words)),))

    def _containing(self, part: str) -> set[str]:
        """The words of the vocabulary that a part is in."""
        text, found, place = self._vocabulary(), set[str](), 0
        while (place := text.find(part, place)) >= 0:
            end = text.index("\n", place)
            found.add(text[text.rindex("\n", 0, place) + 1 : end])
            place = end
        return found

    def _vocabulary(self) -> str:
        if self._words is None:
            rows = self._connection.execute("SELECT words FROM word").fetchall()
            self._words = "\n".join(["", *(words for (words,) in rows), ""])
        return self._words


def opened(file: Path, made_for: bytes) -> FullText | None:
    """The full text in `file`, if there is one that was made for this and is as it was written.

    Errors: sqlite3.OperationalError while another process has it to itself.
    """
    try:
        return _known(file, made_for)
    except (*LOST, OSError) as error:
        if is_busy(error):
            raise
        return None


def _known(file: Path, made_for: bytes) -> FullText | None:
    if not file.is_file():
        return None
    connection = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.executescript(_SETTINGS)
        if is_whole(file) and connection.execute("SELECT made_for FROM about").fetchall() == [(made_for,)]:
            return FullText(file, connection)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def created(file: Path, made_for: bytes) -> FullText | None:
    """An empty full text in place of what is there; None where none can be made."""
    with suppress(*LOST, OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        discard(file)
        connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
        try:
            connection.executescript(f"PRAGMA page_size = 8192; {_SETTINGS} BEGIN EXCLUSIVE; {_SCHEMA}")
            connection.execute("INSERT INTO about VALUES (?)", (made_for,))
            connection.execute("COMMIT")
            seal(file)
        except BaseException:
            connection.close()
            raise
        return FullText(file, connection)
    return None


def discard(file: Path) -> None:
    """Take one away that is damaged or worn."""
    for ending in _BESIDE:
        with suppress(OSError):
            file.with_name(file.name + ending).unlink(missing_ok=True)


def seal(file: Path) -> None:
    """Keep what the file is, now that it was written. Errors: OSError."""
    stamp = stamp_of(str(file), _NEVER_IN_DOUBT)
    _seal_of(file).write_bytes(stamp + _sum(file))


def is_whole(file: Path) -> bool:
    """Whether the file is as it was written: by its stamp, or where that differs by all that it holds."""
    try:
        known = _seal_of(file).read_bytes()
        if known[:SIZE] == stamp_of(str(file), _NEVER_IN_DOUBT):
            return True
        if known[SIZE:] != _sum(file):
            return False
        seal(file)
    except OSError:
        return False
    return True


def _seal_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sum")


def _sum(file: Path) -> bytes:
    found = 0
    with file.open("rb") as opened:
        while data := opened.read(_PIECE):
            found = crc32(data, found)
    return found.to_bytes(4, "big")

"""The cache of the ticket files: right whatever happens to it, and quick where nothing happened."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.errors import DataError, Problem
from tkt.i18n import msg
from tkt.store.index import Index, Look, Parts, database, looking, working
from tkt.store.index.entries import ORIGIN
from tkt.store.stamps import TICK_NS
from tkt.store.tree import Found

FOLDERS = ("tickets/new", "tickets/closed/2026-10")


class Shelf:
    """Files below a folder, an index of them, and a count of what was computed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.computed: list[str] = []
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True)

    @property
    def file(self) -> Path:
        return self.root / "state" / "index.sqlite"

    def write(self, name: str, data: bytes) -> Path:
        file = self.root / name
        file.write_bytes(data)
        return file

    def age(self, seconds: int = 60) -> None:
        """As if everything had been written so long ago."""
        for file in self.files():
            found = Path(file.abspath).stat()
            os.utime(file.abspath, ns=(found.st_atime_ns, found.st_mtime_ns - seconds * 10**9))

    def files(self) -> list[Found]:
        return sorted(
            Found(path.stem, "new", f"{folder}/{path.name}", str(path))
            for folder in FOLDERS
            for path in (self.root / folder).iterdir()
        )

    def look(self, *, made_for: bytes = b"this", file: Path | None = None) -> dict[str, bytes | None]:
        self.computed = []
        index = Index(self.root, file or self.file, made_for, self._compute)
        return {found.path: part for found, part in index.parts("summary", self.files())}

    def begun(self) -> Look:
        """A look that has seen the files, and no content yet."""
        self.computed = []
        return Index(self.root, self.file, b"this", self._compute).look("summary", self.files())

    def kept(self) -> list[Path]:
        """The files of the index, but the one that all who have it open share as memory."""
        return [it for it in sorted(self.file.parent.glob("index.sqlite*")) if not it.name.endswith("-shm")]

    def briefs(self) -> dict[str, bytes | None]:
        return {found.path: brief for found, brief in self.begun().briefs()}

    def truth(self) -> dict[str, bytes | None]:
        return {it.path: _summary(Path(it.abspath).read_bytes()) for it in self.files()}

    def _compute(self, found: Found, data: bytes) -> Parts:
        self.computed.append(found.path)
        summary = _summary(data)
        if summary is None:
            raise DataError([Problem(code="x", message=msg("bad"))])
        return Parts(
            bytes(ORIGIN),
            b"b" + data[-1:],
            summary,
            b"life of " + data,
            b"text of " + data,
            b"all of " + data,
        )


def _summary(data: bytes) -> bytes | None:
    return None if data.startswith(b"bad") else data.upper()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    found = Shelf(tmp_path)
    for number in range(6):
        found.write(f"{FOLDERS[number % 2]}/t{number}.yaml", b"ticket %d" % number)
    return found


@pytest.fixture
def settled(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf whose files nobody can have changed since they were looked at."""
    from tkt.store.index import working

    later = max(Path(it.abspath).stat().st_ctime_ns for it in shelf.files()) + 2 * TICK_NS
    monkeypatch.setattr(working, "clock_ns", lambda: later)
    return shelf


def test_what_was_computed_is_not_computed_again(settled: Shelf) -> None:
    assert settled.look() == settled.truth()
    assert len(settled.computed) == 6
    assert settled.look() == settled.truth()
    assert settled.computed == []


def test_a_file_that_changed_a_new_one_and_one_that_is_gone_are_seen(settled: Shelf) -> None:
    settled.look()
    settled.write("tickets/new/t0.yaml", b"another")
    settled.write("tickets/new/t9.yaml", b"new")
    (settled.root / "tickets/new/t2.yaml").unlink()
    assert settled.look() == settled.truth()
    assert sorted(settled.computed) == ["tickets/new/t0.yaml", "tickets/new/t9.yaml"]
    settled.look()
    with sqlite3.connect(settled.file) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM text")}
    assert names == {Path(path).name for path in settled.truth()}


def test_an_entry_that_is_not_enough_for_who_looks_is_computed_for_them_and_kept(settled: Shelf) -> None:
    settled.look()
    index = Index(settled.root, settled.file, b"this", settled._compute)

    def fuller(found: Found, data: bytes) -> Parts:
        return settled._compute(found, data)._replace(brief=b"full")

    for computed in (6, 0):
        settled.computed = []
        look = index.which(lambda brief: brief == b"full", fuller).look("summary", settled.files())
        assert dict(look.briefs()) == dict.fromkeys(settled.files(), b"full")
        assert len(settled.computed) == computed
    assert set(settled.briefs().values()) == {b"full"}
    assert settled.computed == []


def test_a_file_that_was_only_touched_is_read_and_not_computed(settled: Shelf) -> None:
    settled.look()
    settled.age()
    assert settled.look() == settled.truth()
    assert settled.computed == []


def test_edits_of_the_same_size_at_the_same_instant_are_seen(shelf: Shelf) -> None:
    file = shelf.root / "tickets/new/t0.yaml"
    for number in range(60):
        shelf.write("tickets/new/t0.yaml", b"edit %03d" % number)
        os.utime(file, ns=(10**18, 10**18))  # an editor that keeps the time of change
        assert shelf.look()["tickets/new/t0.yaml"] == b"EDIT %03d" % number


def test_a_file_changed_about_when_it_was_looked_at_stays_in_doubt_until_later(shelf: Shelf) -> None:
    shelf.look()
    assert shelf.look() == shelf.truth()
    assert shelf.computed == []  # read again, and found to be the same


def test_a_file_that_cannot_be_read_is_left_to_the_caller_each_time(settled: Shelf) -> None:
    settled.write("tickets/new/t0.yaml", b"bad")
    for _ in range(2):
        assert settled.look()["tickets/new/t0.yaml"] is None
        assert settled.computed == ["tickets/new/t0.yaml"] or len(settled.computed) == 6


def test_many_files_are_computed_in_other_processes(settled: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "ENOUGH", 2)
    monkeypatch.setattr(working, "_CHUNK", 2)
    monkeypatch.setattr(looking, "_AT_ONCE", 3)
    monkeypatch.setattr(working, "cores", lambda: 2)
    assert settled.look() == settled.truth()
    assert settled.computed == []  # not here
    assert settled.look() == settled.truth()


def test_where_the_other_processes_are_killed_this_one_does_it(
    settled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, compute = os.getpid(), settled._compute

    def dying(found: Found, data: bytes) -> Parts:
        if os.getpid() != here and found.id == "t3":
            os.kill(os.getpid(), signal.SIGKILL)
        return compute(found, data)

    monkeypatch.setattr(working, "ENOUGH", 2)
    monkeypatch.setattr(working, "_CHUNK", 2)
    monkeypatch.setattr(working, "cores", lambda: 2)
    monkeypatch.setattr(settled, "_compute", dying)
    assert settled.look() == settled.truth()
    assert settled.computed  # here, what they left
    assert settled.look() == settled.truth()


@pytest.mark.parametrize("part", ["summary", "life", "text"])
def test_each_part_is_kept_beside_the_others(settled: Shelf, part: str) -> None:
    settled.look()
    index = Index(settled.root, settled.file, b"this", settled._compute)
    found = dict(index.parts(part, settled.files()))  # type: ignore[arg-type]
    wanted = {"summary": b"TICKET 0", "life": b"life of ticket 0", "text": b"text of ticket 0"}
    assert next(content for it, content in found.items() if it.id == "t0") == wanted[part]


def test_another_configuration_or_tkt_makes_everything_anew(settled: Shelf) -> None:
    settled.look()
    assert settled.look(made_for=b"that") == settled.truth()
    assert len(settled.computed) == 6


def test_what_cannot_be_made_is_done_without(settled: Shelf) -> None:
    (settled.root / "file").write_text("in the way")
    assert settled.look(file=settled.root / "file" / "index.sqlite") == settled.truth()


def test_a_folder_in_its_place_is_done_without(settled: Shelf) -> None:
    settled.file.mkdir(parents=True)
    assert settled.look() == settled.truth()


def test_while_another_process_writes_the_answer_is_right_and_nothing_is_kept(
    settled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    settled.look()
    other = sqlite3.connect(settled.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    settled.write("tickets/new/t0.yaml", b"another")
    assert settled.look() == settled.truth()
    other.execute("ROLLBACK")
    other.close()
    assert settled.look() == settled.truth()
    assert settled.computed == ["tickets/new/t0.yaml"]


def test_a_database_that_cannot_be_written_is_read_all_the_same(
    settled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled.look()

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(database.Database, "keep", refuse)
    settled.write("tickets/new/t0.yaml", b"another")
    assert settled.look() == settled.truth()
    assert settled.computed == ["tickets/new/t0.yaml"]


def test_a_content_that_was_changed_by_a_hair_is_not_believed(settled: Shelf) -> None:
    settled.look()
    with sqlite3.connect(settled.file) as connection:
        connection.execute("UPDATE summary SET content = ? WHERE name = 't0.yaml'", (b"TICKET 1",))
    assert settled.look() == settled.truth()
    assert settled.computed == ["tickets/new/t0.yaml"]


def test_a_head_that_was_changed_by_a_hair_is_not_believed(settled: Shelf) -> None:
    settled.look()
    with sqlite3.connect(settled.file) as connection:
        connection.execute("UPDATE file SET content = CAST(content || 'x' AS BLOB) WHERE name = 't0.yaml'")
    assert settled.briefs() == {it.path: b"b" + Path(it.abspath).read_bytes()[-1:] for it in settled.files()}
    assert settled.computed == ["tickets/new/t0.yaml"]


# --- contents that are fetched when they are asked for, long after the look


@pytest.mark.parametrize("singly", [0, 100])
def test_a_content_is_fetched_when_it_is_asked_for(
    settled: Shelf, monkeypatch: pytest.MonkeyPatch, singly: int
) -> None:
    monkeypatch.setattr(looking, "SINGLY", singly)
    settled.look()
    found = settled.begun()
    assert {it.path: found.content(it.path) for it in settled.files()} == settled.truth()
    assert found.content("tickets/new/none.yaml") is None
    assert settled.computed == []


@pytest.mark.parametrize("singly", [0, 100])
def test_what_is_damaged_between_look_and_use_is_computed_and_kept(
    settled: Shelf, monkeypatch: pytest.MonkeyPatch, singly: int
) -> None:
    monkeypatch.setattr(looking, "SINGLY", singly)
    settled.look()
    with sqlite3.connect(settled.file) as connection:
        connection.execute("UPDATE summary SET content = x'00' WHERE name = 't0.yaml'")
        connection.execute("DELETE FROM summary WHERE name = 't1.yaml'")
    found = settled.begun()
    assert {it.path: found.content(it.path) for it in settled.files()} == settled.truth()
    assert sorted(settled.computed) == ["tickets/closed/2026-10/t1.yaml", "tickets/new/t0.yaml"]
    assert settled.look() == settled.truth()
    assert settled.computed == []


@pytest.mark.parametrize("how", ["delete", "truncate", "noise", "empty"])
def test_an_index_that_is_spoilt_between_look_and_use_is_done_without(settled: Shelf, how: str) -> None:
    settled.look()
    found = settled.begun()
    damage(settled.kept(), how, 1)
    assert {it.path: found.content(it.path) for it in settled.files()} == settled.truth()
    assert settled.look() == settled.truth()


def test_what_another_process_does_between_look_and_use_changes_nothing(settled: Shelf) -> None:
    settled.look()
    before = settled.truth()
    found, files = settled.begun(), settled.files()
    assert found.content(files[0].path) == before[files[0].path]
    for it in files:
        Path(it.abspath).unlink()
    settled.write("tickets/new/t9.yaml", b"new")
    settled.write("tickets/closed/2026-10/t9.yaml", b"new")
    settled.look()  # forgets the others
    assert {it.path: found.content(it.path) for it in files} == before


def test_a_file_that_is_gone_with_what_was_kept_of_it_has_no_content(settled: Shelf) -> None:
    settled.look()
    found = settled.begun()
    damage(settled.kept(), "empty", 1)
    (settled.root / "tickets/new/t0.yaml").unlink()
    assert found.content("tickets/new/t0.yaml") is None
    assert found.content("tickets/new/t2.yaml") == b"TICKET 2"


def damages() -> st.SearchStrategy[tuple[str, int]]:
    return st.tuples(
        st.sampled_from(["delete", "truncate", "noise", "speck", "empty", "leave"]), st.integers(0, 2**32)
    )


def damage(files: Iterable[Path], how: str, seed: int) -> None:
    chance = random.Random(seed)
    for file in files:
        size = file.stat().st_size
        if how == "delete":
            file.unlink()
        elif how == "empty":
            file.write_bytes(b"")
        elif how == "truncate" and size:
            os.truncate(file, chance.randrange(size))
        elif how == "noise":
            file.write_bytes(chance.randbytes(chance.randrange(1, 20_000)))
        elif how == "speck" and size:
            with file.open("r+b") as opened:
                for _ in range(20):
                    opened.seek(chance.randrange(size))
                    opened.write(chance.randbytes(chance.randrange(1, 40)))


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), damages()), min_size=1, max_size=6))
def test_whatever_happens_to_the_index_the_answers_are_those_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, tuple[str, int]]]
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    for number in range(6):
        shelf.write(f"{FOLDERS[number % 2]}/t{number}.yaml", b"ticket %d" % number)
    for place, content, (how, seed) in steps:
        shelf.write(f"{FOLDERS[place % 2]}/t{place}.yaml", b"ticket %d" % content)
        assert shelf.look() == shelf.truth()
        beside = sorted((shelf.root / "state").glob("index.sqlite*"))
        damage(beside if seed % 2 else beside[:1], how, seed)
        assert shelf.look() == shelf.truth()

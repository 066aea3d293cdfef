"""How is a file read and written so that nothing is lost?"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tkt.errors import Conflict
from tkt.store import files
from tkt.store.files import FileError, create_file, inside, move_file, read_file, replace_file


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


# replacing


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace_file(file, b"new", expected=b"old")
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize("now", [b"other", b"", b"old and more", b"ol"])
def test_a_file_that_changed_since_it_was_read_is_not_overwritten(tmp_path: Path, now: bytes) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(now)
    with pytest.raises(Conflict) as refused:
        replace_file(file, b"new", expected=b"old", root=tmp_path)
    assert refused.value.path == "a.yaml"
    assert file.read_bytes() == now
    assert names(tmp_path) == ["a.yaml"]


def test_a_change_while_the_new_text_is_written_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given another hand that writes while our text is on its way to the disk
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda _: file.write_bytes(b"theirs"))
    with pytest.raises(Conflict):
        replace_file(file, b"new", expected=b"old")
    assert file.read_bytes() == b"theirs"


def test_a_file_that_is_gone_is_not_written_anew(tmp_path: Path) -> None:
    with pytest.raises(Conflict):
        replace_file(tmp_path / "a.yaml", b"new", expected=b"old")
    assert names(tmp_path) == []


def test_a_full_disk_leaves_the_old_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(FileError) as refused:
        replace_file(file, b"new", expected=b"old", root=tmp_path)
    assert refused.value.problem.where() == "a.yaml: "
    assert str(refused.value) == "no space is left on the disk, expected some to write to"
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.yaml"]


def test_a_link_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "a.yaml"
    link.symlink_to(tmp_path / "real")
    for expected in (b"old", None):
        with pytest.raises(FileError):
            replace_file(link, b"new", expected=expected)
    with pytest.raises(FileError, match="symbolic link"):
        read_file(link)
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"old"


def test_whatever_is_there_is_replaced_where_nothing_is_expected(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"anything")
    replace_file(file, b"new", expected=None)
    assert file.read_bytes() == b"new"


# creating


def test_a_new_file_comes_with_its_directories(tmp_path: Path) -> None:
    file = tmp_path / "closed/2026-11/a.yaml"
    create_file(file, "标题".encode())
    assert file.read_bytes() == "标题".encode()
    assert names(file.parent) == ["a.yaml"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        create_file(tmp_path / "a.yaml", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"theirs")
    with pytest.raises(Conflict):
        create_file(file, b"ours")
    assert file.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.yaml"]


def test_a_new_file_does_not_follow_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "outside")
    with pytest.raises(Conflict):
        create_file(tmp_path / "a.yaml", b"ours")
    assert not (tmp_path / "outside").exists()


def test_a_file_in_the_place_of_a_directory_is_no_conflict(tmp_path: Path) -> None:
    (tmp_path / "closed").write_bytes(b"in the way")
    with pytest.raises(FileError, match="not a directory"):
        create_file(tmp_path / "closed/a.yaml", b"ours")
    with pytest.raises(FileError, match="not a directory"):
        move_file(tmp_path / "closed", tmp_path / "closed/a.yaml")


def test_a_crash_before_the_rename_leaves_no_half_written_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(FileError, match="Input/output error"):
        create_file(tmp_path / "a.yaml", b"ours")
    assert names(tmp_path) == []


@pytest.mark.parametrize("has_renameat2", [True, False])
def test_of_processes_that_create_one_file_exactly_one_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_renameat2: bool
) -> None:
    # given processes that all wait for one moment
    code = f"""
import sys, time
from pathlib import Path
from tkt.errors import Conflict
from tkt.store import files
if not {has_renameat2}:
    files._renamed_exclusively = lambda source, target: False
folder = Path(sys.argv[1])
while not (folder / "go").exists():
    time.sleep(0.001)
try:
    files.create_file(folder / "a.yaml", sys.argv[2].encode() * 1000)
except Conflict:
    sys.exit(7)
"""
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)]) for n in range(4)]
    (tmp_path / "go").touch()
    statuses = [process.wait() for process in started]
    # then one has written its whole text and the others know that they have not
    assert sorted(statuses) == [0, 7, 7, 7]
    assert (tmp_path / "a.yaml").read_bytes() == str(statuses.index(0)).encode() * 1000
    assert names(tmp_path) == ["a.yaml", "go"]


# moving


@pytest.mark.parametrize("has_renameat2", [True, False])
def test_a_file_moves_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_renameat2: bool
) -> None:
    if not has_renameat2:
        monkeypatch.setattr(files, "_renamed_exclusively", lambda *_: False)
    source, target = tmp_path / "new/a.yaml", tmp_path / "closed/2026-11/a.yaml"
    create_file(source, b"ours")
    move_file(source, target)
    assert target.read_bytes() == b"ours"
    assert not source.exists()
    # and when the old name is taken meanwhile, both stay
    create_file(source, b"theirs")
    with pytest.raises(Conflict):
        move_file(target, source)
    assert (source.read_bytes(), target.read_bytes()) == (b"theirs", b"ours")


def test_a_file_that_is_gone_cannot_be_moved(tmp_path: Path) -> None:
    with pytest.raises(Conflict) as refused:
        move_file(tmp_path / "a.yaml", tmp_path / "b/a.yaml", root=tmp_path)
    assert refused.value.path == "a.yaml"
    assert names(tmp_path) == []


# reading and its limits


def test_reading_stops_at_a_limit(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"12345")
    assert read_file(file, limit=5) == b"12345"
    with pytest.raises(FileError, match="larger than 4 bytes"):
        read_file(file, limit=4)


def test_what_is_too_large_to_be_read_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 4)
    with pytest.raises(FileError):
        create_file(tmp_path / "a.yaml", b"12345")
    assert names(tmp_path) == []


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(FileError, match="not a regular file"):
            read_file(tmp_path / name)
    with pytest.raises(FileError, match="no such file"):
        read_file(tmp_path / "none")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "the file system is read-only, expected one that can be written"),
        (errno.EACCES, "permission denied, expected to be allowed to read and write here"),
        (errno.EXDEV, "cannot be read or written: Invalid cross-device link"),
    ],
)
def test_what_the_system_refuses_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    monkeypatch.setattr(os, "open", failing(number))
    with pytest.raises(FileError) as refused:
        create_file(tmp_path / "a.yaml", b"ours", root=tmp_path)
    assert (str(refused.value), refused.value.path) == (words, "a.yaml")


# staying inside


@pytest.mark.parametrize("path", ["", ".", "..", "../a", "a/../../b", "/etc/passwd", "tickets/.."])
def test_a_path_that_leaves_the_desk_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(FileError):
        inside(tmp_path, path)


def test_a_link_among_the_directories_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desk/tickets").mkdir(parents=True)
    (tmp_path / "desk/tickets/new").symlink_to(tmp_path)
    with pytest.raises(FileError, match="tickets/new is a symbolic link"):
        inside(tmp_path / "desk", "tickets/new/a.yaml")
    assert inside(tmp_path / "desk", "tickets/a.yaml") == tmp_path / "desk/tickets/a.yaml"


def test_a_desk_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "desk").symlink_to(tmp_path / "real")
    assert inside(tmp_path / "desk", "a.yaml") == tmp_path / "desk/a.yaml"

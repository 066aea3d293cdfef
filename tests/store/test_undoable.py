"""Do several changes to files stand together, or not at all?"""
# ruff: noqa: PT012 - the block that raises is the transaction under test

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from gitdesk import IDENTITY, git, hook, staged, write

from tkt.errors import Conflict, DataError, GitError, Problem
from tkt.i18n import msg, render
from tkt.store.files import FileError
from tkt.store.gitrepo import GitRepo
from tkt.store.undoable import Undoable, rescue_text

NOW = datetime(2026, 11, 21, 1, 15, tzinfo=UTC)
OLD, NEW = "tickets/new/261121-K7Q2M.yaml", "tickets/assigned/261121-K7Q2M.yaml"


def undoable(root: Path) -> Undoable:
    return Undoable(root, rescue=root / ".rescue", now=NOW)


def contents(root: Path) -> dict[str, str]:
    hidden = (".git", ".rescue")
    files = (path for path in root.rglob("*") if path.is_file())
    seen = (path for path in files if path.relative_to(root).parts[0] not in hidden)
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in seen}


def rescued(root: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (root / ".rescue").iterdir()}


def test_changes_stand_when_nothing_goes_wrong(tmp_path: Path) -> None:
    write(tmp_path, OLD, "old")
    with undoable(tmp_path) as work:
        work.replace(OLD, b"new", expected=b"old")
        work.move(OLD, NEW)
        work.create("tickets/new/261121-AAAAA.yaml", b"another")
    assert contents(tmp_path) == {NEW: "new", "tickets/new/261121-AAAAA.yaml": "another"}
    assert work.paths == (OLD, NEW, "tickets/new/261121-AAAAA.yaml")
    assert not (tmp_path / ".rescue").exists()


@pytest.mark.parametrize("failure", [GitError(msg("no")), KeyboardInterrupt(), ZeroDivisionError()])
def test_whatever_goes_wrong_the_files_are_as_they_were_and_the_text_is_kept(
    tmp_path: Path, failure: BaseException
) -> None:
    write(tmp_path, OLD, "old")
    before = contents(tmp_path)
    with pytest.raises(type(failure)), undoable(tmp_path) as work:
        work.replace(OLD, "回复".encode(), expected=b"old")
        work.replace(OLD, "回复 two".encode(), expected="回复".encode())
        work.move(OLD, NEW)
        work.create("tickets/new/261121-AAAAA.yaml", b"another")
        raise failure
    assert contents(tmp_path) == before
    assert rescued(tmp_path) == {
        "20261121T011500Z-261121-K7Q2M.yaml": "回复 two",
        "20261121T011500Z-261121-AAAAA.yaml": "another",
    }


def test_the_error_names_the_rescued_file_beside_its_own_hint(tmp_path: Path) -> None:
    with pytest.raises(GitError) as refused, undoable(tmp_path) as work:
        work.create(OLD, b"text")
        raise GitError(msg("no"), hint=msg("git switch main"))
    hint = "git switch main; what was to be written is kept in .rescue/20261121T011500Z-261121-K7Q2M.yaml"
    assert render(refused.value.hint or "") == hint
    assert refused.value.problems[0].hint == refused.value.hint


def test_the_faults_of_a_data_error_stay_together(tmp_path: Path) -> None:
    faults = [Problem(code="data", message=msg("one")), Problem(code="data", message=msg("two"))]
    with pytest.raises(DataError) as refused, undoable(tmp_path) as work:
        work.create(OLD, b"text")
        raise DataError(faults)
    assert [str(problem) for problem in refused.value.problems] == ["one", "two"]


def test_what_cannot_be_written_is_rescued_too(tmp_path: Path) -> None:
    # given a file that somebody changed while a reply was typed
    write(tmp_path, OLD, "theirs")
    with pytest.raises(Conflict) as refused, undoable(tmp_path) as work:
        work.replace(OLD, b"typed for ten minutes", expected=b"old")
    assert contents(tmp_path) == {OLD: "theirs"}
    assert list(rescued(tmp_path).values()) == ["typed for ten minutes"]
    assert "is kept in" in str(refused.value.hint)


def test_what_somebody_changed_meanwhile_is_left_and_told(tmp_path: Path) -> None:
    write(tmp_path, OLD, "old")
    with pytest.raises(GitError) as refused, undoable(tmp_path) as work:
        work.replace(OLD, b"new", expected=b"old")
        work.create(NEW, b"another")
        write(tmp_path, OLD, "theirs")
        write(tmp_path, NEW, "theirs too")
        raise GitError(msg("no"))
    assert contents(tmp_path) == {OLD: "theirs", NEW: "theirs too"}
    assert f"could not be put back as they were: {NEW}, {OLD}" in render(refused.value.hint or "")


def test_a_full_disk_for_the_rescue_does_not_hide_the_failure(tmp_path: Path) -> None:
    write(tmp_path, ".rescue", "in the way")
    write(tmp_path, OLD, "old")
    with pytest.raises(GitError, match="no commit"), undoable(tmp_path) as work:
        work.replace(OLD, b"new", expected=b"old")
        raise GitError(msg("no commit"))
    assert contents(tmp_path) == {OLD: "old"}


def test_nothing_is_rescued_where_nobody_typed_anything(tmp_path: Path) -> None:
    with pytest.raises(GitError) as refused, Undoable(tmp_path, rescue=None, now=NOW) as work:
        work.create(OLD, b"imported")
        raise GitError(msg("no"))
    assert contents(tmp_path) == {}
    assert refused.value.hint is None


def test_a_rescue_never_replaces_an_earlier_one(tmp_path: Path) -> None:
    files = [rescue_text(tmp_path, "a.yaml", text, NOW) for text in (b"one", b"two", b"three")]
    assert [file.read_bytes() for file in files] == [b"one", b"two", b"three"]
    assert [file.name for file in files] == [
        "20261121T011500Z-a.yaml",
        "20261121T011500Z-2-a.yaml",
        "20261121T011500Z-3-a.yaml",
    ]


@pytest.mark.parametrize("path", ["../outside.yaml", "/tmp/outside.yaml", "link/outside.yaml"])
def test_no_change_leaves_the_desk(tmp_path: Path, path: str) -> None:
    desk, outside = tmp_path / "desk", tmp_path / "outside"
    desk.mkdir()
    outside.mkdir()
    (desk / "link").symlink_to(outside)
    write(desk, OLD, "old")
    with pytest.raises(FileError), undoable(desk) as work:
        work.create(path, b"x")
    with pytest.raises(FileError), undoable(desk) as work:
        work.move(OLD, path)
    assert contents(desk) == {OLD: "old"}
    assert list(outside.iterdir()) == []


def test_a_commit_that_a_hook_refuses_leaves_index_and_tree_and_keeps_the_text(tmp_path: Path) -> None:
    # given a ticket, a staged file of somebody else, and a hook that says no
    repo = GitRepo.init(tmp_path, identity=IDENTITY)
    write(tmp_path, OLD, "old\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    write(tmp_path, "other.txt", "x")
    git(tmp_path, "add", "other.txt")
    hook(tmp_path, "pre-commit", "echo 'no, says the hook'; exit 1")
    before = (staged(tmp_path), git(tmp_path, "status", "--porcelain"), contents(tmp_path))
    # when a reply and a move are refused
    work = Undoable(tmp_path, rescue=repo.rescue_folder, now=NOW)
    with pytest.raises(GitError) as refused, work:
        work.replace(OLD, b"old\ntyped\n", expected=b"old\n")
        work.move(OLD, NEW)
        repo.commit(work.paths, "one\n")
    # then everything is as it was, and the error names git's words and the text
    assert (staged(tmp_path), git(tmp_path, "status", "--porcelain"), contents(tmp_path)) == before
    kept = tmp_path / ".git/tkt/rescue/20261121T011500Z-261121-K7Q2M.yaml"
    assert kept.read_text() == "old\ntyped\n"
    assert "no, says the hook" in str(refused.value)
    assert ".git/tkt/rescue/20261121T011500Z-261121-K7Q2M.yaml" in render(refused.value.hint or "")

"""What a sparse checkout keeps off the disk is known, and stays off it."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitdesk import git, staged, write

from tkt.store.gitrepo import GitRepo
from tkt.store.sparse import how_to_get, left_out

PATH = "tickets/closed/x.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk below the top of its repository, without its closed tickets."""
    root = tmp_path / "product/support desk"
    write(root, PATH, "closed\n")
    write(root, "tickets/new/y.yaml", "new\n")
    top = root.parent
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "all")
    git(top, "sparse-checkout", "set", "--no-cone", "/*", "!/support desk/tickets/closed")
    assert not (root / PATH).exists()
    return root


def test_a_clone_that_was_never_sparse_leaves_nothing_out(tmp_path: Path) -> None:
    write(tmp_path, PATH, "closed\n")
    assert left_out(tmp_path, "tickets") == ()
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    assert left_out(tmp_path, "tickets") == ()


def test_paths_are_relative_to_the_desk(desk: Path) -> None:
    assert left_out(desk, "tickets") == (PATH,)
    assert left_out(desk, ".") == (PATH,)
    assert left_out(desk, "config") == ()


def test_a_file_that_is_there_all_the_same_is_not_left_out(desk: Path) -> None:
    git(desk, "config", "sparse.expectFilesOutsideOfPatterns", "true")
    write(desk, PATH, "closed\n")
    assert left_out(desk, "tickets") == ()


def test_the_command_that_gets_it_is_for_the_top_of_the_repository(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    command = str(how_to_get(desk, ["tickets/closed"]))
    assert command == f"git -C {desk.parent} sparse-checkout add 'support desk/tickets/closed'"
    monkeypatch.chdir(desk.parent)
    assert str(how_to_get(desk, ["a"])) == "git sparse-checkout add 'support desk/a'"


def test_the_index_is_written_and_the_disk_is_not(desk: Path) -> None:
    repo = GitRepo.of(desk)
    assert repo is not None
    before = staged(desk.parent)
    entries = repo.entries([PATH])
    assert entries[PATH].is_left_out
    repo.put_in_index({PATH: b"other\n"})
    assert repo.blobs([repo.entries([PATH])[PATH].blob]) == {repo.entries([PATH])[PATH].blob: b"other\n"}
    assert repo.dirty() == (PATH,)
    assert git(desk.parent, "diff-files") == ""  # nothing counts as deleted
    # taken out, and put back as it was
    repo.put_in_index({PATH: None})
    assert repo.entries([PATH]) == {}
    repo.put_in_index(entries)
    assert staged(desk.parent) == before
    assert repo.is_clean()


def test_a_difference_to_the_disk_names_what_git_has_of_it(desk: Path) -> None:
    repo = GitRepo.of(desk)
    assert repo is not None
    git(
        desk.parent,
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "more",
    )
    empty = git(desk.parent, "hash-object", "-t", "tree", "-w", "/dev/null").strip()
    found = {it.path: it.new for it in repo.work_changes(empty)}
    assert found == {PATH: repo.entries([PATH])[PATH].blob, "tickets/new/y.yaml": "work"}

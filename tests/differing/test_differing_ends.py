"""Which two states are compared, and what a branch brought when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import DeskAtWork, configure_git

from tkt.cli import main
from tkt.differing.ends import names_of
from tkt.store.gitrepo import GitRepo


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("", ("HEAD", "")),
        ("main", ("main", "")),
        ("main..work", ("main", "work")),
        ("main...work", ("main", "work")),
        ("main..", ("main", "HEAD")),
        ("..work", ("HEAD", "work")),
        ("v1.2..v1.3", ("v1.2", "v1.3")),
    ],
)
def test_the_ends_are_called_as_they_were_typed(wish: str, names: tuple[str, str]) -> None:
    assert names_of(wish) == names


def committed(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch, path: str, at: str) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", at)
    desk.write(path, at)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")


@pytest.mark.parametrize("folder", ["", "help/desk"])
def test_the_first_commit_of_a_file_says_when_it_was_written(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a desk that is a repository, or a folder in one
    configure_git(Path.home())
    root = tmp_path / "repo" / folder
    root.mkdir(parents=True)
    if folder:
        DeskAtWork(tmp_path / "repo", capsys).git("init", "-q")
    assert main(["init", str(root)]) == 0
    desk = DeskAtWork(root, capsys)
    committed(desk, monkeypatch, "a b.txt", "2026-11-16T01:00:00Z")
    start = desk.git("rev-parse", "HEAD").strip()
    committed(desk, monkeypatch, "a b.txt", "2026-11-16T02:00:00Z")
    committed(desk, monkeypatch, "a b.txt", "2026-11-16T03:00:00Z")
    committed(desk, monkeypatch, "other.txt", "2026-11-16T01:30:00Z")
    repo = GitRepo.of(root)
    assert repo is not None
    found = repo.first_written(f"{start}..HEAD", ["a b.txt", "other.txt", "nothing.txt"])
    assert found == {
        "a b.txt": datetime(2026, 11, 16, 2, tzinfo=UTC),
        "other.txt": datetime(2026, 11, 16, 1, 30, tzinfo=UTC),
    }
    assert repo.first_written(f"{start}..HEAD", []) == {}

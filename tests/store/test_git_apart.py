"""Are thousands of paths committed as few are: alone, with hooks, and with the index as it was where that fails?"""

from __future__ import annotations

from pathlib import Path

import pytest
from gitdesk import IDENTITY, git, hook, staged, write

from tkt.errors import GitError
from tkt.store.gitrepo import GitRepo, apart

OLD, GONE, NEW, OTHER = (f"tickets/new/261121-{tail}.yaml" for tail in ("AAAAA", "BBBBB", "CCCCC", "DDDDD"))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """A changed, a new and a removed file to commit; another one is changed and staged."""
    monkeypatch.setattr(apart, "MANY", 1)
    found = GitRepo.init(tmp_path, identity=IDENTITY)
    for path in (OLD, GONE, OTHER):
        write(tmp_path, path, "one\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "begin")
    write(tmp_path, OTHER, "staged\n")
    git(tmp_path, "add", OTHER)
    write(tmp_path, OLD, "two\n")
    write(tmp_path, NEW, "two\n")
    (tmp_path / GONE).unlink()
    return found


def test_these_paths_are_committed_and_what_is_staged_stays_staged(repo: GitRepo) -> None:
    sha = repo.commit([OLD, NEW, GONE], "two\n")
    assert sha == repo.head()
    changed = git(repo.root, "show", "--format=", "--name-status", "--no-renames", "HEAD").split()
    assert changed == ["M", OLD, "D", GONE, "A", NEW]
    assert git(repo.root, "status", "--porcelain") == f"M  {OTHER}\n"
    assert _own_indexes(repo) == []


def test_hooks_see_only_what_is_committed(repo: GitRepo) -> None:
    hook(repo.root, "pre-commit", "git diff --cached --name-only --no-renames > .git/hook.out")
    repo.commit([OLD, NEW, GONE], "two\n")
    assert (repo.root / ".git/hook.out").read_text().split() == [OLD, GONE, NEW]


def test_a_commit_that_fails_leaves_the_index_as_it_was(repo: GitRepo) -> None:
    hook(repo.root, "pre-commit", "exit 1")
    write(repo.root, OLD, "half\n")
    git(repo.root, "add", OLD)
    write(repo.root, OLD, "two\n")
    before = staged(repo.root)
    with pytest.raises(GitError):
        repo.commit([OLD, NEW, GONE], "two\n")
    assert staged(repo.root) == before
    assert _own_indexes(repo) == []


def test_what_a_git_that_was_killed_has_left_stands_in_nobodys_way(repo: GitRepo) -> None:
    for left in ("tkt-index-desk", "tkt-index-desk.lock"):
        (repo.root / ".git" / left).write_bytes(b"half")
    assert repo.commit([OLD, NEW, GONE], "two\n") == repo.head()
    assert _own_indexes(repo) == []


def test_two_desks_of_one_repository_have_an_index_each(repo: GitRepo) -> None:
    (repo.root / ".git/tkt-index-desk").write_bytes(b"of the desk at the top, which commits as well")
    below = repo.root / "support"
    write(below, NEW, "two\n")
    desk = GitRepo.of(below)
    assert desk is not None
    assert desk.commit([NEW], "two\n") == repo.head()
    assert _own_indexes(repo) == ["tkt-index-desk"]


def test_a_commit_that_git_made_before_it_failed_stands(repo: GitRepo) -> None:
    hook(repo.root, "post-commit", 'kill -KILL "$PPID"')
    before = repo.head()
    assert repo.commit([OLD, NEW, GONE], "two\n") == repo.head() != before
    assert git(repo.root, "status", "--porcelain") == f"M  {OTHER}\n"


def _own_indexes(repo: GitRepo) -> list[str]:
    return sorted(path.name for path in (repo.root / ".git").glob("tkt-index*"))

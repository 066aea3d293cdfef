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
    assert not (repo.root / ".git/tkt-index").exists()


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
    assert not (repo.root / ".git/tkt-index").exists()


def test_a_commit_that_git_made_before_it_failed_stands(repo: GitRepo) -> None:
    hook(repo.root, "post-commit", 'kill -KILL "$PPID"')
    before = repo.head()
    assert repo.commit([OLD, NEW, GONE], "two\n") == repo.head() != before
    assert git(repo.root, "status", "--porcelain") == f"M  {OTHER}\n"

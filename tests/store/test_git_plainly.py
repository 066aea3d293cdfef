"""Where nothing else is staged a commit asks little of git, and keeps every promise of one that asks for more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gitdesk import IDENTITY, git, hook, staged, write

from tkt.errors import GitError
from tkt.store.gitrepo import GitRepo, committing, plainly
from tkt.store.gitrepo.running import Runner

OLD = "tickets/new/261121-AAAAA.yaml"
NEW = "tickets/assigned/261121-AAAAA.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A ticket and another file, committed."""
    GitRepo.init(tmp_path, identity=IDENTITY)
    write(tmp_path, OLD, "title: a\n")
    write(tmp_path, "other.txt", "one\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    repo = GitRepo.of(tmp_path)
    assert repo is not None
    return repo


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The git commands that are run, by their names."""
    seen: list[str] = []
    real = Runner.__call__

    def spied(self: Runner, command: str, *args: str, **given: Any) -> Any:
        seen.append(command)
        return real(self, command, *args, **given)

    monkeypatch.setattr(Runner, "__call__", spied)
    return seen


def moved(repo: GitRepo) -> tuple[str, str]:
    write(repo.root, NEW, "title: a\nowner: me\n")
    (repo.root / OLD).unlink()
    return OLD, NEW


def held(repo: GitRepo) -> str:
    return git(repo.root, "show", "--format=", "--name-status", "--no-renames", "HEAD")


def test_a_move_is_one_commit_of_both_places_and_few_commands(repo: GitRepo, asked: list[str]) -> None:
    sha = repo.commit(moved(repo), "moved\n")
    assert asked == ["rev-parse", "diff-index", "check-ignore", "update-index", "commit", "diff-tree"]
    assert sha == repo.head()
    assert held(repo) == f"A\t{NEW}\nD\t{OLD}\n"
    assert git(repo.root, "status", "--porcelain") == ""


def test_a_path_that_was_never_there_is_no_fault(repo: GitRepo) -> None:
    repo.commit((*moved(repo), "tickets/new/261121-BBBBB.yaml"), "moved\n")
    assert git(repo.root, "status", "--porcelain") == ""


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"])
def test_where_a_hook_looks_on_it_sees_what_it_always_saw(repo: GitRepo, name: str, asked: list[str]) -> None:
    hook(repo.root, name, "true")
    repo.commit(moved(repo), "moved\n")
    assert "update-index" not in asked
    assert git(repo.root, "status", "--porcelain") == ""


def test_what_else_is_staged_stays_staged(repo: GitRepo, asked: list[str]) -> None:
    write(repo.root, "other.txt", "two\n")
    git(repo.root, "add", "other.txt")
    repo.commit(moved(repo), "moved\n")
    assert "update-index" not in asked
    assert held(repo) == f"A\t{NEW}\nD\t{OLD}\n"
    assert git(repo.root, "status", "--porcelain") == "M  other.txt\n"


@pytest.fixture
def meddler(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody who stages a file of theirs while ours are being committed."""
    real = committing._commit

    def meddled(run: Runner, paths: Any, *rest: Any) -> None:
        if paths is None:
            write(repo.root, "other.txt", "theirs\n")
            git(repo.root, "add", "other.txt")
        real(run, paths, *rest)

    monkeypatch.setattr(committing, "_commit", meddled)
    return


@pytest.mark.usefixtures("meddler")
def test_what_somebody_stages_at_the_same_time_is_not_in_the_commit(repo: GitRepo) -> None:
    sha = repo.commit(moved(repo), "moved\n")
    assert held(repo) == f"A\t{NEW}\nD\t{OLD}\n"
    assert git(repo.root, "log", "--format=%s") == "moved\nfirst\n"
    assert git(repo.root, "status", "--porcelain") == "M  other.txt\n"
    assert sha == repo.head()


def test_a_commit_that_cannot_be_signed_leaves_the_index_as_it_was(repo: GitRepo) -> None:
    git(repo.root, "config", "commit.gpgsign", "true")
    git(repo.root, "config", "gpg.program", "false")
    before, at = staged(repo.root), repo.head()
    with pytest.raises(GitError, match="git made no commit"):
        repo.commit(moved(repo), "moved\n")
    assert (staged(repo.root), repo.head()) == (before, at)


def test_an_interruption_leaves_nothing_staged(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: Any) -> None:
        raise KeyboardInterrupt

    before = staged(repo.root)
    monkeypatch.setattr(committing, "_commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        repo.commit(moved(repo), "moved\n")
    assert staged(repo.root) == before


def test_in_a_hook_of_this_repository_its_index_is_left_to_git(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repo.place.git_dir))
    assert plainly.plain_head(repo._run, (OLD,)) is None


def test_of_a_ticket_every_copy_that_differs_is_named(repo: GitRepo) -> None:
    moved(repo)
    write(repo.root, "tickets/odd/er/261121-AAAAA.yaml", "title: c\n")
    write(repo.root, "tickets/odd/er/261121-BBBBB.yaml", "title: d\n")
    write(repo.root, ".git/info/exclude", "ignored/\n")
    write(repo.root, "tickets/ignored/261121-AAAAA.yaml", "title: e\n")
    assert sorted(repo.dirty_copies(["261121-AAAAA"])) == [NEW, OLD, "tickets/odd/er/261121-AAAAA.yaml"]


@pytest.mark.parametrize("option", ["skip-worktree", "assume-unchanged"])
@pytest.mark.parametrize("is_something_staged", [False, True])
@pytest.mark.parametrize("has_another", [False, True])
def test_what_git_was_told_to_overlook_is_refused_and_never_committed_as_gone(
    repo: GitRepo, option: str, is_something_staged: bool, has_another: bool
) -> None:
    git(repo.root, "update-index", f"--{option}", OLD)
    if is_something_staged:
        write(repo.root, "staged.txt", "s\n")
        git(repo.root, "add", "staged.txt")
    write(repo.root, OLD, "title: b\n")
    paths = [OLD]
    if has_another:
        write(repo.root, NEW, "title: n\n")
        paths.append(NEW)
    head, index = repo.head(), staged(repo.root)
    with pytest.raises(GitError, match=option) as caught:
        repo.commit(paths, "changed\n")
    assert (repo.head(), staged(repo.root)) == (head, index)
    assert str(caught.value.hint) == f"git update-index --no-{option} {OLD}"
    git(repo.root, *str(caught.value.hint).split()[1:])
    repo.commit(paths, "changed\n")
    assert git(repo.root, "show", f"HEAD:{OLD}") == "title: b\n"

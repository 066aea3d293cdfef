"""Is the repository in a state in which tkt may commit? One named refusal for each that is not."""

from __future__ import annotations

import time
from pathlib import Path

from tkt.errors import GitError
from tkt.i18n import Message, msg
from tkt.store.gitquick import Place, may_commit
from tkt.store.gitrepo.running import Runner

LOCK_PATIENCE = 1.0
"""Seconds that we wait for another git command (an editor's, a prompt's) to let go of the index."""

_UNFINISHED: tuple[tuple[str, Message, Message], ...] = (
    (
        "rebase-merge",
        msg("a rebase is not finished, expected none"),
        msg("finish it: git rebase --continue; or give it up: git rebase --abort"),
    ),
    (
        "rebase-apply",
        msg("a rebase or `git am` is not finished, expected none"),
        msg("finish it: git rebase --continue or git am --continue; or give it up with --abort"),
    ),
    (
        "MERGE_HEAD",
        msg("a merge of branches is not finished, expected none"),
        msg("finish it: git merge --continue; or give it up: git merge --abort"),
    ),
    (
        "CHERRY_PICK_HEAD",
        msg("a cherry-pick is not finished, expected none"),
        msg("finish it: git cherry-pick --continue; or give it up: git cherry-pick --abort"),
    ),
    (
        "REVERT_HEAD",
        msg("a revert is not finished, expected none"),
        msg("finish it: git revert --continue; or give it up: git revert --abort"),
    ),
)


def refuse_unless_writable(run: Runner) -> None:
    """Refuse where history cannot be changed now.

    Errors: GitError for a bare repository, an unfinished merge (or rebase …), a detached HEAD, a
    locked index. An unborn branch is fine.
    """
    _refuse_bare(run.place)
    _refuse_unfinished(run.place)
    _refuse_detached(run)
    _refuse_locked(run.place)


def refuse_without_identity(root: Path) -> None:
    """Refuse where git was not told who commits. Errors: GitError."""
    if not may_commit(root):
        raise GitError(
            msg("git does not know who you are, expected a name and a mail address"),
            hint=msg('git config user.name "Your Name" && git config user.email you@example.com'),
        )


def _refuse_bare(place: Place) -> None:
    if place.top is None:
        raise GitError(
            msg("{folder} is a bare repository, expected one with a working tree", folder=place.git_dir),
            hint=msg("git clone {folder}", folder=place.git_dir),
        )


def _refuse_unfinished(place: Place) -> None:
    for name, message, hint in _UNFINISHED:
        if (place.git_dir / name).exists():
            raise GitError(message, hint=hint)


def _refuse_detached(run: Runner) -> None:
    if run("symbolic-ref", "--quiet", "HEAD", check=False).status != 0:
        raise GitError(
            msg("HEAD is detached, a commit would belong to no branch; expected a branch"),
            hint=msg("git switch -c NAME, or add --no-commit"),
        )


def _refuse_locked(place: Place) -> None:
    lock = place.git_dir / "index.lock"
    for _ in range(10):
        if not lock.exists():
            return
        time.sleep(LOCK_PATIENCE / 10)
    raise GitError(
        msg("{file} exists: another git command is at work, or one has died; expected none", file=lock),
        hint=msg("if no git command is running: rm {file}", file=lock),
    )

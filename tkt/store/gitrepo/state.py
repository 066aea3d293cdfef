"""Is the repository in a state in which tkt may commit? One named refusal for each that is not."""

from __future__ import annotations

import time
from contextlib import suppress
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
        msg("put it together: tkt repair; or: git rebase --continue; or give it up: git rebase --abort"),
    ),
    (
        "rebase-apply",
        msg("a rebase or `git am` is not finished, expected none"),
        msg(
            "put it together: tkt repair; or: git rebase --continue, git am --continue; or give it up with --abort"
        ),
    ),
    (
        "MERGE_HEAD",
        msg("a merge of branches is not finished, expected none"),
        msg("put it together: tkt repair; or: git merge --continue; or give it up: git merge --abort"),
    ),
    (
        "CHERRY_PICK_HEAD",
        msg("a cherry-pick is not finished, expected none"),
        msg(
            "put it together: tkt repair; or: git cherry-pick --continue; "
            "or give it up: git cherry-pick --abort"
        ),
    ),
    (
        "REVERT_HEAD",
        msg("a revert is not finished, expected none"),
        msg("put it together: tkt repair; or: git revert --continue; or give it up: git revert --abort"),
    ),
)


def is_shallow(place: Place) -> bool:
    """Whether the clone lacks older commits."""
    return (place.common_dir / "shallow").exists()


def shallow_ends(place: Place) -> tuple[str, ...]:
    """The oldest commits of a shallow clone, whose parents it lacks; none in a whole one."""
    with suppress(FileNotFoundError):
        return tuple((place.common_dir / "shallow").read_text("ascii").split())
    return ()


def refuse_unless_writable(run: Runner) -> None:
    """Refuse where history cannot be changed now.

    Errors: GitError for a bare repository, an unfinished merge (or rebase …), a detached HEAD, a
    locked index. An unborn branch is fine.
    """
    _refuse(bare(run.place))
    _refuse(unfinished(run.place))
    _refuse_detached(run)
    _refuse_locked(run.place)


def refuse_without_identity(root: Path) -> None:
    """Refuse where git was not told who commits. Errors: GitError."""
    _refuse(unknown_committer(root))


def unknown_committer(root: Path) -> GitError | None:
    """git was not told who commits; None where it was."""
    if may_commit(root):
        return None
    return GitError(
        msg("git does not know who you are, expected a name and a mail address"),
        hint=msg('git config user.name "Your Name" && git config user.email you@example.com'),
    )


def bare(place: Place) -> GitError | None:
    """A repository without a working tree; None where there is one."""
    if place.top is not None:
        return None
    return GitError(
        msg("{folder} is a bare repository, expected one with a working tree", folder=place.git_dir),
        hint=msg("git clone {folder}", folder=place.git_dir),
    )


def unfinished(place: Place) -> GitError | None:
    """The merge, rebase … that was begun here and not finished, with what ends it; None where there is none."""
    found = (each for each in _UNFINISHED if (place.git_dir / each[0]).exists())
    return next((GitError(message, hint=hint) for _name, message, hint in found), None)


def detached() -> GitError:
    """No branch is checked out."""
    return GitError(
        msg("HEAD is detached, a commit would belong to no branch; expected a branch"),
        hint=msg("git switch -c NAME, or add --no-commit"),
    )


def locked_index(place: Place) -> GitError | None:
    """The lock of another git command on the index, or of one that has died; None where there is none."""
    lock = place.git_dir / "index.lock"
    if not lock.exists():
        return None
    return GitError(
        msg("{file} exists: another git command is at work, or one has died; expected none", file=lock),
        hint=msg("if no git command is running: rm {file}", file=lock),
    )


def _refuse(found: GitError | None) -> None:
    if found is not None:
        raise found


def _refuse_detached(run: Runner) -> None:
    if _names_branch(run.place):
        return
    if run("symbolic-ref", "--quiet", "HEAD", check=False).status != 0:
        raise detached()


def _names_branch(place: Place) -> bool:
    """Whether the file HEAD names a branch (gitrepository-layout); where references lie elsewhere, git is asked."""
    with suppress(OSError):
        head = (place.git_dir / "HEAD").read_bytes()
        return head.startswith(b"ref: refs/heads/") and b".invalid" not in head
    return False


def _refuse_locked(place: Place) -> None:
    for _ in range(10):
        if locked_index(place) is None:
            return
        time.sleep(LOCK_PATIENCE / 10)
    _refuse(locked_index(place))

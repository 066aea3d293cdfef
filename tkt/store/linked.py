"""Where is the desk's own branch checked out, when another one is checked out here?

A desk inside of a product's repository names its branch (`git.branch` in tkt.yaml). Who works on
another branch changes the desk in a linked worktree of it, and the product's branch stays as it is.
Asked of git without GitPython, since commands that only read ask it too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from tkt.errors import GitError, NotFound
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.gitclone import branch_of
from tkt.store.gitquick import Place, find_place, git_answer, git_must
from tkt.store.lock import desk_lock

_HEADS = "refs/heads/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The desk in a worktree of its own branch."""

    root: Path
    shown: str  # the worktree as people know it: `.git/tkt/worktree-tickets`
    here: str  # the branch that is checked out where we were asked


def linked_desk(root: Path, branch: str) -> Linked | None:
    """The desk at `root` as it is on `branch`, in a worktree that is made where there is none yet.

    None where that branch is checked out at `root` itself, and where no branch is: a commit that is
    checked out to be judged is meant as it is. Errors: GitError, NotFound, Locked, FileError.
    """
    here = branch_of(root)
    if here is None or here == branch:
        return None
    place = find_place(root)
    if place is None or place.top is None:
        return None
    folder = _checked_out(root, branch) or _made(root, place, branch, here)
    there = folder / place.prefix
    if not (there / "tkt.yaml").is_file():  # looked for there alone: what lies above it is this branch
        raise NotFound(
            msg(
                "there is no {path} on branch {branch}, which tkt.yaml names as the desk's own",
                path=f"{place.prefix}tkt.yaml",
                branch=branch,
            ),
            hint=msg("--here works on {branch}", branch=here),
        )
    return Linked(root=there, shown=_shown(folder, place.top), here=here)


def _checked_out(root: Path, branch: str) -> Path | None:
    """The worktree that has `branch` checked out. One whose folder is gone is forgotten by git too."""
    for folder, ref in _worktrees(root):
        if ref == _HEADS + branch:
            if folder.is_dir():
                return folder
            git_must(root, "worktree", "remove", "--", str(folder))
    return None


def _worktrees(root: Path) -> Iterator[tuple[Path, str]]:
    """Folder and ref of every worktree that has a branch checked out."""
    answer = git_answer(root, "worktree", "list", "--porcelain")
    folder = Path()
    for line in answer.stdout.splitlines() if answer is not None else ():
        word, _, rest = line.partition(" ")
        if word == "worktree":
            folder = Path(rest)
        elif word == "branch":
            yield folder, rest


def _made(root: Path, place: Place, branch: str, here: str) -> Path:
    """A new worktree of `branch`, which is made from a remote's where it is only there."""
    words = re.sub(r"[^\w.-]+", "-", branch)
    folder = place.common_dir / "tkt" / f"worktree-{words}"
    with desk_lock(root):
        made_meanwhile = _checked_out(root, branch)
        if made_meanwhile is not None:
            return made_meanwhile
        if folder.exists():
            raise GitError(
                msg("{folder} is not on the desk's branch {branch} any more", folder=folder, branch=branch),
                hint=msg("git -C {folder} switch {branch}", folder=quote(str(folder)), branch=quote(branch)),
            )
        if _is_branch(root, branch):
            git_must(root, "worktree", "add", "--quiet", str(folder), branch)
        else:
            start = _remote_branch(root, branch, here)
            git_must(root, "worktree", "add", "--quiet", "--track", "-b", branch, str(folder), start)
    return folder


def _is_branch(root: Path, branch: str) -> bool:
    if branch.startswith("-"):  # git would take it for an option, and makes no such branch
        return False
    answer = git_answer(root, "show-ref", "--verify", "--quiet", _HEADS + branch)
    return answer is not None and answer.returncode == 0


def _remote_branch(root: Path, branch: str, here: str) -> str:
    """The remote's branch of that name: origin's, or that of the only remote that has it. Errors: GitError."""
    asked = git_answer(root, "for-each-ref", "--format=%(refname:lstrip=2)", f"refs/remotes/*/{branch}")
    found = asked.stdout.split() if asked is not None and not branch.startswith("-") else []
    if f"origin/{branch}" in found or len(found) == 1:
        return f"origin/{branch}" if f"origin/{branch}" in found else found[0]
    if found:
        raise GitError(
            msg(
                "several remotes have the desk's branch {branch}: {names}", branch=branch, names=tuple(found)
            ),
            hint=msg("git branch --track {branch} {name}", branch=branch, name=found[0]),
        )
    raise GitError(
        msg("there is no branch {branch}, which tkt.yaml names as the desk's own", branch=branch),
        hint=msg("git branch {branch} makes it; --here works on {here}", branch=quote(branch), here=here),
    )


def _shown(folder: Path, top: Path) -> str:
    return os.path.relpath(folder, top) if folder.is_relative_to(top) else str(folder)

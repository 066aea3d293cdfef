"""Which two states are compared, and what are they called?"""

from __future__ import annotations

from dataclasses import replace

from tkt.comparison import Range
from tkt.desk import Desk
from tkt.differences import End
from tkt.errors import GitError
from tkt.late import late
from tkt.store.gitrepo import EMPTY_TREE, GitRepo

_DOTS = late(r"\.{2,3}")
_STEPS = late(r"[~^:]|@\{")
"""In the name of a commit that is no branch but a way from one."""


def names_of(wish: str) -> tuple[str, str]:
    """How the two ends were called; the working tree has no name."""
    parts = _DOTS.split(wish, maxsplit=1)
    if len(parts) == 1:
        return parts[0] or "HEAD", ""
    return parts[0] or "HEAD", parts[1] or "HEAD"


def since_they_parted(repo: GitRepo, asked: Range) -> tuple[Range, int]:
    """From where the new end left the old one, and how many commits the old one has made since.

    Two ends without a common past, or an old one that holds the new one, are compared as they are.
    """
    if asked.new is None or asked.old == EMPTY_TREE or repo.is_ancestor(asked.old, asked.new):
        return asked, 0
    base = repo.merge_base(asked.old, asked.new)
    if base is None or base == asked.new:
        return asked, 0
    return replace(asked, old=base), len(repo.commits(f"{base}..{asked.old}"))


def end(repo: GitRepo, name: str, commit: str | None) -> End:
    """One end, with when it was committed."""
    if commit is None or commit == EMPTY_TREE:
        return End(name=name)
    return End(name=name, commit=commit, at=repo.commits("-n1", commit)[0].committed_at)


def is_proposed(desk: Desk, repo: GitRepo, old_name: str, asked: Range) -> bool:
    """Whether the new end still has to be merged: into the desk's own branch, else into the branch it is compared with."""
    if asked.new is None:
        return False
    home = desk.config.desk.git.branch
    names = [f"refs/heads/{home}", f"refs/remotes/origin/{home}"] if home else []
    if not _STEPS.search(old_name):
        names += [f"refs/heads/{old_name}", f"refs/remotes/{old_name}"]
    goal = next((sha for name in names if (sha := _resolved(repo, name))), None)
    return goal is not None and not repo.is_ancestor(asked.new, goal)


def _resolved(repo: GitRepo, name: str) -> str | None:
    try:
        return repo.resolved(name)
    except GitError:
        return None

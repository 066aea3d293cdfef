"""Which commit is a gate compared with, and what brings it into a clone that lacks it?

Only its files are needed, not what lies between: one commit more is enough, however old it is.
"""

from __future__ import annotations

from tkt.errors import GitError
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.store.gitrepo import GitRepo

_BACK = late(r"(?:HEAD|@)((?:~\d*|\^1?)+)")
"""So many steps back from HEAD along the first parents: `HEAD~3`, `@^`, `HEAD^~2`."""
_STEP = late(r"~(\d*)|\^1?")
_SHA = late(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SURE = 7
"""Characters of a sha that name no other commit by chance."""
_BRANCH = late(r"[\w./-]+")


def base_of(repo: GitRepo, rev: str) -> str:
    """The sha of the commit that `rev` names.

    Errors: GitError; where a shallow clone lacks it, with the command and the depth that bring it.
    """
    try:
        return repo.resolved(rev)
    except GitError as error:
        if not repo.is_shallow:
            raise
        told = msg("this clone is shallow and lacks {rev}, expected its files here", rev=rev)
        raise GitError(told, hint=_fetched(repo, rev)) from error


def _fetched(repo: GitRepo, rev: str) -> Message:
    """What to run here, and what to set in CI so that it is there from the beginning."""
    missing = _missing(repo, rev)
    if missing is not None:
        depth = _depth(repo) + missing
        return _hint(msg("git fetch --deepen={count}", count=missing), depth)
    remote, slash, branch = rev.removeprefix("refs/remotes/").partition("/")
    if slash and _BRANCH.fullmatch(branch) and remote in repo.remotes:
        named = {"remote": remote, "branch": branch}
        fetch = msg(
            "git fetch --depth=1 {remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}", **named
        )
        return _hint(fetch, 0)
    if _SHA.fullmatch(rev):
        return _hint(msg("git fetch --depth=1 origin {sha}", sha=rev), 0)
    return _hint(msg("git fetch --unshallow --tags"), 0)


def _hint(command: Message, depth: int) -> Message:
    return msg(
        "{command}; in CI set fetch-depth: {depth} in the checkout step, in GitLab GIT_DEPTH: {depth}",
        command=command,
        depth=depth,
    )


def _missing(repo: GitRepo, rev: str) -> int | None:
    """How many commits more the clone must reach back to hold `rev`; None where it cannot know."""
    back = _BACK.fullmatch(rev)
    if back is not None:
        steps = sum(int(step or 1) for step in _STEP.findall(back[1]))
        return max(steps + 1 - _depth(repo), 1)
    is_next = len(rev) >= _SURE and any(parent.startswith(rev) for parent in _parents_beyond(repo))
    return 1 if is_next else None


def _depth(repo: GitRepo) -> int:
    """How many commits this clone has, from HEAD back along the first parents."""
    return repo.count("--first-parent", "HEAD")


def _parents_beyond(repo: GitRepo) -> tuple[str, ...]:
    """The first commits that this clone lacks."""
    return tuple(parent for end in repo.shallow_ends for parent in repo.raw_parents(end))

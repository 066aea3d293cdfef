"""Where did two branches part, and does a clone that is shallow know that?"""

from __future__ import annotations

from tkt.errors import GitError
from tkt.i18n import Message, msg
from tkt.store.gitrepo.looking import resolved
from tkt.store.gitrepo.running import Runner
from tkt.store.gitrepo.state import is_shallow


def merge_base(run: Runner, one: str, other: str) -> str | None:
    """The commit from which both come; of several always the same one. None where there is none.

    Errors: GitError where a shallow clone cannot know.
    """
    found = min(run("merge-base", "--all", one, other, check=False).text.split(), default=None)
    if found is None and is_shallow(run.place):
        raise GitError(_apart(one, other), hint=msg("git fetch --unshallow"))
    return found


def common_commit(run: Runner, one: str, other: str) -> str:
    """The same. Errors: GitError where there is none."""
    found = merge_base(run, one, other)
    if found is None:
        raise GitError(_apart(one, other))
    return found


def left_at(run: Runner, rev: str) -> str:
    """The commit where HEAD left `rev`; `rev` itself, where they have nothing in common.

    Errors: GitError for an unknown `rev`, and where a shallow clone cannot know.
    """
    sha = resolved(run, rev)
    return merge_base(run, sha, "HEAD") or sha


def _apart(one: str, other: str) -> Message:
    return msg("{one} and {two} have no commit in common", one=one[:10], two=other[:10])


def is_ancestor(run: Runner, old: str, new: str) -> bool:
    """Whether `new` holds all that `old` does."""
    return run("merge-base", "--is-ancestor", old, new, check=False).status == 0

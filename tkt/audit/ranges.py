"""Which two states does an audit compare, and does this clone hold all that lies between?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tkt.comparison import Range, parse_range
from tkt.desk import Desk
from tkt.errors import GitError
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.store.gitrepo import EMPTY_TREE, CommitInfo, GitRepo

_REMOTES = "refs/remotes/"
_DEFAULT = "refs/remotes/origin/HEAD"
_UPSTREAM = "@{upstream}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The two states, and how people call the range."""

    span: Range
    words: str


def asked_range(desk: Desk, repo: GitRepo, text: str) -> Asked:
    """The range that `text` names; without a text what HEAD has over its base.

    The base is where HEAD left the desk's own branch (`git.branch`, else the remote's default one); on
    that branch itself, where it left its upstream. Errors: GitError, with what fetches a missing end.
    """
    if not text:
        return _default(desk, repo)
    try:
        return Asked(span=parse_range(repo, text), words=text)
    except GitError as error:
        if not repo.is_shallow:
            raise
        raise GitError(error.message, hint=_fetched(text)) from error


def commits_between(repo: GitRepo, span: Range) -> tuple[CommitInfo, ...]:
    """The commits that the newer end has and the older has not, oldest first.

    Errors: GitError where a shallow clone lacks one of them.
    """
    end = span.new or repo.head()
    if end is None:
        return ()
    found = repo.commits(*([end] if span.old == EMPTY_TREE else [f"{span.old}..{end}"]))
    for commit in found if repo.is_shallow else ():
        if not commit.parents and repo.raw_parents(commit.sha):
            raise GitError(
                msg(
                    "this clone is shallow: it lacks what came before commit {sha}, expected all of the range",
                    sha=commit.sha[:10],
                ),
                hint=msg("git fetch --unshallow, or git fetch --deepen=100 as often as it takes"),
            )
    return found


def _default(desk: Desk, repo: GitRepo) -> Asked:
    head = repo.head()
    if head is None:
        raise GitError(
            msg("there is no commit yet, so there is nothing to audit"), hint=msg("git add -A && git commit")
        )
    for name in _bases(desk, repo):
        with suppress(GitError):
            tip = repo.resolved(name)
            base = repo.merge_base(tip, head)
            if base is not None:
                return Asked(span=Range(old=base, new=head), words=f"{repo.short_name(name)}...HEAD")
    raise GitError(
        msg("no base to compare with: this branch has no upstream, and the remote no default branch"),
        hint=_fetched("") if repo.is_shallow else msg("name one: tkt audit main..HEAD"),
    )


def _bases(desk: Desk, repo: GitRepo) -> Iterator[str]:
    """The names that may be the base, the best first."""
    home = desk.config.desk.git.branch or _default_branch(repo)
    if home is None or home == repo.branch():
        yield _UPSTREAM
    if home is not None:
        yield f"{_REMOTES}origin/{home}"
        if home != repo.branch():
            yield f"refs/heads/{home}"
    yield _UPSTREAM


def _default_branch(repo: GitRepo) -> str | None:
    """The branch that the remote has for its own; None where this clone was not told."""
    name = repo.short_name(_DEFAULT)
    return None if name == _DEFAULT else name.removeprefix("origin/")


def _fetched(text: str) -> Message:
    """How a shallow clone gets what it lacks."""
    old = text.split("..", 1)[0]
    remote, slash, branch = old.removeprefix(_REMOTES).partition("/")
    if remote == "origin" and slash:
        return msg("git fetch --unshallow {remote} {branch}", remote=remote, branch=branch)
    return msg("git fetch --unshallow")

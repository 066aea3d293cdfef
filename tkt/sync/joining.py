"""How do two branches become one, each record put together by its events?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from shlex import quote
from typing import NamedTuple

from tkt.desk import Desk
from tkt.errors import DataError, Problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.repair import Plan, Step, carry_out, desk_to_repair, merge_problems, plan, weaver_for
from tkt.repair.committed import CommittedPlanner
from tkt.repair.records import is_ticket
from tkt.repair.together import status_in
from tkt.repair.verifying import Merge, Verifier
from tkt.store.gitrepo import GitRepo, commit_message


class CannotMerge(DataError):
    """Both sides changed what only a person can put together; everything is as it was before."""

    code = "cannot-merge"

    def __init__(self, problems: Sequence[Problem], command: str) -> None:
        """`command` is what leads a person there by hand; until then no file is in conflict."""
        *others, last = (replace(problem, hint=None) for problem in problems)
        hint = msg(
            "everything is as it was; to put it together by hand: {command}, then: tkt repair",
            command=command,
        )
        super().__init__((*others, replace(last, hint=hint)))


class Turn(NamedTuple):
    """A ticket's status on our branch, and the one that both branches make together."""

    ticket: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What putting two branches together did."""

    merged: tuple[str, ...] = ()  # records that both had changed
    moved: tuple[Turn, ...] = ()  # of these, the tickets that do not lie where our branch had them
    repaired: tuple[Step, ...] = ()


def merge(desk: Desk, repo: GitRepo, theirs: str, *, name: str, now: datetime) -> Joined:
    """Merge `theirs` with a commit of its own; `name` is what people call it.

    Errors: CannotMerge, GitError; the branch and the files are then as they were.
    """
    both = _both_changed(desk, repo, repo.resolved("HEAD"), theirs)
    command = f"git merge {quote(name)}"
    try:
        repo.remote.start_merge(theirs)
        steps = _put_right(repo, now, command)
        faults = merge_problems(weaver_for(desk, repo))
        if faults:
            raise CannotMerge(faults, command)
        tickets = [key for key in both.merged if is_ticket(key)]
        repo.remote.commit_merge(commit_message(_subject(name), action="sync", tickets=tickets))
    except BaseException:
        repo.remote.give_up_merge()
        raise
    return replace(both, repaired=steps)


def rebase(desk: Desk, repo: GitRepo, onto: str, *, name: str, now: datetime, commits: bool = True) -> Joined:
    """Put the branch's own commits on top of `onto`, which people call `name`.

    What the last of them holds is then compared, record by record, with what the two branches make
    together; a difference becomes one commit more. Errors: CannotMerge, GitError; the branch is then
    as it was.
    """
    mine = repo.resolved("HEAD")
    base = repo.common_commit(mine, onto)
    both = _both_changed(desk, repo, mine, onto)
    result = Merge(base=base, ours=onto, theirs=mine, result="HEAD")
    command = f"git rebase {quote(name)}"
    try:
        repo.remote.start_rebase(onto)
        steps = (
            *_rebased(repo, now, command),
            *_put_right_at_last(repo, result, now, command, commits=commits),
        )
    except BaseException:
        repo.remote.give_up_rebase(mine)
        raise
    return replace(both, repaired=steps)


def _rebased(repo: GitRepo, now: datetime, command: str) -> Iterator[Step]:
    """Repair at each stop of a rebase. Errors: CannotMerge, GitError."""
    while repo.remote.is_rebasing():
        yield from _put_right(repo, now, command)
        repo.remote.go_on_rebasing()


def _put_right_at_last(
    repo: GitRepo, result: Merge, now: datetime, command: str, *, commits: bool
) -> tuple[Step, ...]:
    """What the rebased branch lacks of what the two make together. Errors: CannotMerge, GitError."""
    desk = desk_to_repair(repo.root)
    weaver = weaver_for(desk, repo)
    planner = CommittedPlanner(weaver=weaver)
    steps = planner.steps_for(Verifier(weaver=weaver, merge=result).faults())
    if planner.stuck:
        raise CannotMerge(planner.stuck, command)
    carry_out(desk, repo, Plan(meeting=None, steps=steps, left=()), now=now, commits=commits)
    return steps


def _put_right(repo: GitRepo, now: datetime, command: str) -> tuple[Step, ...]:
    """Repair what git left. Errors: CannotMerge where a person must decide."""
    desk = desk_to_repair(repo.root)
    found = plan(desk, repo, everywhere=False)
    if found.left:
        raise CannotMerge(found.left, command)
    carry_out(desk, repo, found, now=now)
    return found.steps


def _both_changed(desk: Desk, repo: GitRepo, mine: str, theirs: str) -> Joined:
    """What both branches have changed, and where that leads. Errors: GitError."""
    base = repo.common_commit(mine, theirs)
    outcomes = weaver_for(desk, repo).of_commits(base, mine, theirs)
    merged = {key: it for key, it in outcomes.items() if it.is_merged}
    turns = (
        Turn(key, status_in(it.versions.ours[0].path) or "", status_in(it.path or "") or "")
        for key, it in merged.items()
        if is_ticket(key)
    )
    return Joined(merged=tuple(merged), moved=tuple(turn for turn in turns if turn.was != turn.now))


def _subject(name: str) -> str:
    return f"merge {name}" if all(c.isalnum() or c in "/._-" for c in name) else "merge"

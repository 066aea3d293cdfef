"""What is to be done, in order, and what is left for a person?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote

from tkt.desk import Desk
from tkt.errors import Problem, Refused
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.repair.committed import CommittedPlanner
from tkt.repair.loose import LoosePlanner
from tkt.repair.meetings import MeetingPlanner
from tkt.repair.records import record_of
from tkt.repair.steps import Step
from tkt.repair.together import Weaver
from tkt.store.gitrepo import GitRepo, Meeting


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The steps of a repair. `meeting` is the merge that is not finished; `left` only a person can decide."""

    meeting: Meeting | None
    steps: tuple[Step, ...]
    left: tuple[Problem, ...]


def plan(desk: Desk, repo: GitRepo, *, since: str | None = None, everywhere: bool = True) -> Plan:
    """What must be done so that every record is whole and lies once.

    `since`: look at the merges since that commit, instead of the last few. `everywhere`: look through
    all files for what is wrong for other reasons, and not only at what meets here. Errors: GitError; Refused
    where commits are being reverted.
    """
    meeting = repo.meeting()
    if meeting is not None and meeting.kind == "revert":
        raise Refused(
            msg("a revert is not finished; what a ticket records is never taken out by merging"),
            hint=msg("git revert --abort, and take a command back with: tkt undo"),
        )
    weaver = weaver_for(desk, repo)
    planner: MeetingPlanner | CommittedPlanner
    if meeting is None:
        planner = CommittedPlanner(weaver=weaver, since=since)
    else:
        planner = MeetingPlanner(weaver=weaver, meeting=meeting)
    steps = planner.steps()
    left = [*planner.stuck, *_conflicts(repo)]
    if everywhere:
        planned = frozenset(step.key for step in steps) | _disputed(repo)
        loose = LoosePlanner(desk=desk, weaver=weaver, planned=planned)
        steps += loose.steps()
        left += loose.stuck
    return Plan(meeting=meeting, steps=steps, left=tuple({str(each): each for each in left}.values()))


def weaver_for(desk: Desk, repo: GitRepo) -> Weaver:
    """What puts the records of this desk together."""
    return Weaver(repo=repo, config=desk.config, tree=desk.tree)


def _disputed(repo: GitRepo) -> frozenset[str]:
    """The records that git could not merge: they are planned as such, or stuck."""
    keys: Iterable[str | None] = (record_of(stage.path) for stage in repo.unmerged())
    return frozenset(key for key in keys if key is not None)


def _conflicts(repo: GitRepo) -> Iterator[Problem]:
    """The files in conflict that are no records: configuration, replies, other people's code."""
    paths = dict.fromkeys(stage.path for stage in repo.unmerged() if record_of(stage.path) is None)
    outside = (repo.relative(name) for name in repo.unmerged_elsewhere())
    for path in (*paths, *outside):
        yield Problem(
            code="unmerged",
            message=msg("both sides changed it, and it is no ticket: a person must decide"),
            path=path,
            hint=msg("edit it, then: git add -- {path}", path=quote(path)),
        )

"""How is a repair written: files first, then git's index, and a commit where no merge waits for one?"""

from __future__ import annotations

from datetime import datetime

from tkt.desk import Desk
from tkt.frozen import dataclass
from tkt.repair.planning import Plan
from tkt.repair.records import is_ticket
from tkt.repair.steps import Step, write
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.interrupts import held_back
from tkt.store.lock import desk_lock
from tkt.store.undoable import Undoable


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """What was written: its paths, and the commit where it has one of its own."""

    paths: tuple[str, ...] = ()
    commit: str | None = None


def carry_out(desk: Desk, repo: GitRepo, plan: Plan, *, now: datetime, commits: bool = True) -> Repaired:
    """Write the steps of a plan; all of them, or nothing.

    In an unfinished merge they are staged, and its commit is the person's; else they are one commit.
    Errors: Conflict where a file has changed since the plan was made; GitError; FileError.
    """
    if not plan.steps:
        return Repaired()
    if plan.meeting is None and commits:
        repo.refuse_unless_ready()
    with desk_lock(desk.root), Undoable(desk.root, rescue=repo.rescue_folder, now=now) as work:
        for step in plan.steps:
            write(step, work, skip=step.left_out if plan.meeting is not None else ())
        paths = tuple(dict.fromkeys(path for step in plan.steps for path in step.files))
        if plan.meeting is not None:
            repo.put_in_index({path: data for step in plan.steps for path, data in step.files.items()})
            return Repaired(paths=paths)
        commit = _commit(repo, plan.steps, work) if commits else None
    return Repaired(paths=paths, commit=commit)


def _commit(repo: GitRepo, steps: tuple[Step, ...], work: Undoable) -> str:
    gone = [path for it in steps for path, data in it.files.items() if data is None and path in it.left_out]
    before = repo.entries(gone)
    repo.put_in_index(dict.fromkeys(gone))  # `git commit` sees no change off the disk
    tickets = [step.key for step in steps if is_ticket(step.key)]
    message = commit_message("repair", action="repair", tickets=tickets)
    try:
        with held_back():
            sha = repo.commit((*work.paths, *gone), message)
            work.stands()
    except BaseException:  # an interruption too
        repo.put_in_index(before)
        raise
    return sha

"""`tkt repair`: put together what a merge left in pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.options import DryRunOption
from tkt.commands.signature import NoCommitOption, reads
from tkt.comparison import repository_of
from tkt.errors import EXIT_NO
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.render.errors import print_problems, problem_json
from tkt.repair import Plan, Repaired, carry_out, desk_to_repair, plan

SinceOption = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="REV",
        help=N_("Look at every merge since REV, not only at the last 20."),
        show_default=False,
    ),
]


@reads
def repair(
    session: Session,
    dry_run: DryRunOption = False,
    since: SinceOption = "",
    no_commit: NoCommitOption = False,
) -> int:
    """Repair what a merge left: tickets are put together event by event."""
    desk = session.desk = desk_to_repair(Path())
    repo = repository_of(desk)
    found = plan(desk, repo, since=repo.resolved(since) if since else None)
    done = Repaired()
    if not dry_run:
        commits = not no_commit and desk.config.desk.git.autocommit
        done = carry_out(desk, repo, found, now=session.now, commits=commits)
    _tell(session, found, done, dry_run=dry_run)
    return EXIT_NO if found.left else 0


def _tell(session: Session, found: Plan, done: Repaired, *, dry_run: bool) -> None:
    if session.json:
        session.answer(
            {
                "meeting": found.meeting.kind if found.meeting else None,
                "dry_run": dry_run,
                "repaired": [
                    {"key": it.key, "why": render(it.why), "path": it.path, "paths": list(it.files)}
                    for it in found.steps
                ],
                "left": [problem_json(problem) for problem in found.left],
                "commit": done.commit,
            }
        )
        return
    for step in found.steps:
        session.say(*step.told())
    print_problems(found.left)
    session.say(_summary(found, dry_run=dry_run))
    following = None if dry_run or found.left else _next(found)
    if following is not None:
        session.say(following)


def _summary(found: Plan, *, dry_run: bool) -> Message:
    if not found.steps:
        return msg("nothing to repair") if not found.left else msg("nothing that tkt can repair by itself")
    count = len(found.steps)
    if dry_run:
        return msgn("{count} record would be put right", "{count} records would be put right", count)
    return msgn("{count} record put right", "{count} records put right", count)


def _next(found: Plan) -> Message | None:
    """What finishes the merge that waits."""
    kind = found.meeting.kind if found.meeting else None
    if kind in ("merge", "rebase", "cherry-pick"):
        return msg("now finish it: git {command} --continue", command=kind)
    if kind == "stash":
        return msg("now the stash is no longer needed: git stash drop")
    return None

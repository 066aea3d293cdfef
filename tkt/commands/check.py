"""`tkt check`: do the files and the configuration agree with themselves?

It judges files and does not depend on the time of day; exit code 1 names faults, 2 a configuration
that cannot be read. `--process` alone asks what time has done to tickets that nobody looks after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.formats import Format
from tkt.commands.options import DryRunOption
from tkt.commands.signature import AsOption, NoCommitOption, ReasonOption, reads
from tkt.errors import EXIT_NO, Severity, UsageError
from tkt.i18n import N_, msg, msgn
from tkt.inspection import Inspection, inspect, inspect_merge, inspect_since, inspect_staged
from tkt.render.errors import print_problems, problem_json
from tkt.store.config import find_desk

SinceOption = Annotated[
    str,
    typer.Option(
        "--changed-since",
        metavar="REV",
        help=N_("Judge only what differs from REV, and how it was changed."),
        show_default=False,
    ),
]
FixOption = Annotated[
    bool,
    typer.Option(
        "--fix", help=N_("Record hand edits as events, and put right what else can be; asks first.")
    ),
]
MergeOption = Annotated[
    str,
    typer.Option(
        "--merge",
        metavar="REV",
        help=N_("Judge only whether the merge REV kept everything of both its parents."),
        show_default=False,
    ),
]
StagedOption = Annotated[
    bool,
    typer.Option("--staged", help=N_("Judge only what the next commit would change, as git's index has it.")),
]
ProcessOption = Annotated[
    bool,
    typer.Option(
        "--process",
        help=N_("List what lies neglected instead: unassigned, untouched, waiting past its date, untold …"),
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help=N_("With --process: md fits the summary of a job."), show_default=False),
]
YesOption = Annotated[bool, typer.Option("--yes", help=N_("With --fix: without being asked."))]


@reads
def check(
    session: Session,
    changed_since: SinceOption = "",
    merge: MergeOption = "",
    staged: StagedOption = False,
    process: ProcessOption = False,
    format_: FormatOption = None,
    fix: FixOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    no_commit: NoCommitOption = False,
    reason: ReasonOption = "",
    by: AsOption = "",
) -> int:
    """Check the desk's files and configuration."""
    _refuse_format(is_alone=format_ is not None and not process)
    others = {"--changed-since": bool(changed_since), "--merge": bool(merge), "--fix": fix}
    if process:
        _refuse_beside("--process", {**others, "--staged": staged})
    if staged:
        _refuse_beside("--staged", others)
    if fix:
        from tkt.commands.fixing import fix as put_right

        session.common = replace(session.common, no_commit=no_commit, reason=reason, by=by)
        return put_right(session, changed_since, yes=yes, dry_run=dry_run)
    given = {"--dry-run": dry_run, "--yes": yes, "--no-commit": no_commit, "--reason": reason, "--by": by}
    _refuse_without_fix(name for name, wish in given.items() if wish)
    if process:
        from tkt.commands.check_process import check_process

        return check_process(session, format_ or Format.TEXT)
    if staged:
        return _told(session, inspect_staged(find_desk(session.door.directory)))
    if merge:
        return _told(session, inspect_merge(session.desk, merge))
    return _told(
        session, inspect_since(session.desk, changed_since) if changed_since else inspect(session.desk)
    )


def _refuse_format(*, is_alone: bool) -> None:
    """--format belongs to --process. Errors: UsageError."""
    if is_alone:
        message = msg("{option} goes with {other}", option="--format", other="--process")
        raise UsageError(message, hint=msg("tkt check --process"))


def _refuse_beside(alone: str, given: Mapping[str, bool]) -> None:
    """Errors: UsageError where another answer is asked for beside the one of `alone`."""
    for option in (name for name, wish in given.items() if wish):
        raise UsageError(
            msg("{option} and {other} are two answers, expected one of them", option=option, other=alone),
            hint=msg("tkt check {option}", option=alone),
        )


def _refuse_without_fix(options: Iterable[str]) -> None:
    """Errors: UsageError."""
    for option in options:
        raise UsageError(msg("{option} goes with --fix", option=option), hint=msg("tkt check --fix"))


def _told(session: Session, found: Inspection) -> int:
    errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
    if session.json:
        session.answer(
            {
                "checked": found.checked,
                "errors": len(errors),
                "warnings": len(found.problems) - len(errors),
                "problems": [problem_json(problem) for problem in found.problems],
            }
        )
    else:
        print_problems(found.problems)
        session.say(
            msg(
                "{checked}: {errors}, {warnings}",
                checked=msgn("{count} file checked", "{count} files checked", found.checked),
                errors=msgn("{count} error", "{count} errors", len(errors)),
                warnings=msgn("{count} warning", "{count} warnings", len(found.problems) - len(errors)),
            )
        )
    return EXIT_NO if errors else 0

"""`tkt sync`: what others did comes in, what was done here goes out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.comparison import repository_of
from tkt.errors import EXIT_NO, UsageError
from tkt.i18n import N_, msg, render
from tkt.render.errors import print_problems, problem_json
from tkt.sync import Forecast, Propose, SyncReport, forecast
from tkt.sync import sync as synced

RebaseOption = Annotated[
    bool, typer.Option("--rebase", help=N_("Put your own commits on top, instead of a merge."))
]
NoPushOption = Annotated[
    bool, typer.Option("--no-push", help=N_("Fetch and merge, and keep your commits here."))
]
NoCheckOption = Annotated[
    bool, typer.Option("--no-check", help=N_("Push even what has faults that tkt check names."))
]
AloneOption = Annotated[
    bool,
    typer.Option(
        "--alone", help=N_("Leave out what the desk's own branch has; only this branch's upstream.")
    ),
]
ForecastOption = Annotated[
    str,
    typer.Option(
        "--forecast",
        metavar="REV",
        help=N_("Only say whether REV would merge into this branch; nothing is touched."),
        show_default=False,
    ),
]

ProposeOption = Annotated[
    str,
    typer.Option(
        "--propose",
        metavar="BRANCH",
        help=N_("Where pushes are refused, keep BRANCH up to date for a pull request instead."),
        show_default=False,
    ),
]
PushOptionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--push-option",
        "-o",
        metavar="WORD",
        help=N_("With --propose: a word for the remote, as git push -o; may be repeated."),
        show_default=False,
    ),
]


@reads
def sync(
    session: Session,
    rebase: RebaseOption = False,
    no_push: NoPushOption = False,
    no_check: NoCheckOption = False,
    alone: AloneOption = False,
    forecast_of: ForecastOption = "",
    propose: ProposeOption = "",
    push_option: PushOptionOption = None,
) -> int:
    """Fetch, merge by ticket, check and push; --forecast says whether a branch would merge."""
    if forecast_of:
        return _foretell(session, forecast_of)
    if push_option and not propose:
        raise UsageError(
            msg("{option} goes with --propose", option="--push-option"),
            hint=msg("tkt sync --propose tkt/tick"),
        )
    report = synced(
        session.desk,
        now=session.now,
        by_rebase=rebase,
        push=not no_push,
        checked=not no_check,
        alone=alone,
        propose=Propose(propose, tuple(push_option or ())) if propose else None,
    )
    if session.json:
        session.answer(_report_json(report))
    else:
        print_problems(report.problems)
        session.say(*report.lines())
    return EXIT_NO if report.problems else 0


def _foretell(session: Session, rev: str) -> int:
    repo = repository_of(session.desk)
    found = forecast(session.desk, repo, repo.resolved("HEAD"), repo.resolved(rev))
    if session.json:
        session.answer(_forecast_json(found))
    else:
        print_problems(found.stuck)
        session.say(*found.lines())
    return 0 if found.merges else EXIT_NO


def _report_json(report: SyncReport) -> dict[str, object]:
    return {
        "upstream": report.upstream,
        "in": asdict(report.came),
        "out": asdict(report.went),
        "merged": list(report.merged),
        "repaired": [
            {"key": step.key, "why": render(step.why), "path": step.path} for step in report.repaired
        ],
        "attempts": report.attempts,
        "offline": report.offline,
        "waiting": report.waiting,
        "proposal": None if report.proposal is None else asdict(report.proposal),
        "problems": [problem_json(problem) for problem in report.problems],
    }


def _forecast_json(found: Forecast) -> dict[str, object]:
    return {
        "merges": found.merges,
        "both_changed": list(found.both_changed),
        "conflicts": list(found.conflicts),
        "forge_conflicts": list(found.forge_conflicts),
        "stuck": [problem_json(problem) for problem in found.stuck],
    }

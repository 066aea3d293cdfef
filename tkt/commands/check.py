"""`tkt check`: do the files and the configuration agree with themselves?

It judges files and does not depend on the time of day; exit code 1 names faults, 2 a configuration
that cannot be read.
"""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.errors import EXIT_NO, Severity
from tkt.i18n import N_, msg, msgn
from tkt.inspection import inspect, inspect_since
from tkt.render.errors import print_problems, problem_json

SinceOption = Annotated[
    str,
    typer.Option(
        "--changed-since",
        metavar="REV",
        help=N_("Judge only what differs from REV, and how it was changed."),
        show_default=False,
    ),
]


@reads
def check(session: Session, changed_since: SinceOption = "") -> int:
    """Check the desk's files and configuration."""
    found = inspect_since(session.desk, changed_since) if changed_since else inspect(session.desk)
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

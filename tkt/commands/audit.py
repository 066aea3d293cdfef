"""`tkt audit`: was the history changed as it may be?"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from tkt.audit import Wishes
from tkt.audit import audit as audited
from tkt.audits import Level
from tkt.audits.outcome import Audited
from tkt.commands.common import Session
from tkt.commands.signature import paged, reads
from tkt.comparison import repository_of
from tkt.durations import parse_duration
from tkt.errors import EXIT_NO, EXIT_WARNINGS, UsageError
from tkt.i18n import N_, msg
from tkt.render.audited import audit_json, audit_lines


class Format(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class FailOn(StrEnum):
    """From which level on the answer is "no"."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


RangeArgument = Annotated[
    str,
    typer.Argument(
        metavar="[A..B]",
        help=N_(
            "From A to B; A...B from where B left A; A alone to what lies here; "
            "without one: what this branch has over its base."
        ),
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help=N_("How it is written; sarif is for the pages of a forge."))
]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help=N_("From which level on the exit code is not 0."))
]
ToleranceOption = Annotated[
    str, typer.Option("--tolerance", metavar="SPAN", help=N_("How late a commit may be without a word."))
]
ConfigFromOption = Annotated[
    str,
    typer.Option(
        "--config-from",
        metavar="REV",
        help=N_("Judge by the configuration of REV, or of `work`, the files here; without: by that of A."),
        show_default=False,
    ),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help=N_("Events by others than who committed them are errors."))
]
SignedOption = Annotated[
    bool, typer.Option("--require-signed", help=N_("Commits without a good signature are errors."))
]


@paged
@reads
def audit(
    session: Session,
    span: RangeArgument = "",
    format_: FormatOption = Format.TEXT,
    fail_on: FailOnOption = FailOn.ERROR,
    tolerance: ToleranceOption = "5m",
    config_from: ConfigFromOption = "",
    strict: StrictOption = False,
    require_signed: SignedOption = False,
) -> int:
    """Judge what a range of commits did to the history (docs/audit.md)."""
    if session.json and format_ is Format.SARIF:
        raise UsageError(msg("--json and --format sarif are two answers, expected one of them"))
    wishes = Wishes(
        tolerance=timedelta(seconds=parse_duration(tolerance, days=True)),
        strict=strict,
        require_signed=require_signed,
        config_from=config_from or None,
    )
    found = audited(session.desk, span, wishes, session.now)
    if format_ is Format.SARIF:
        _print_sarif(session, found)
    elif session.json or format_ is Format.JSON:
        session.answer(audit_json(found))
    else:
        for line in audit_lines(found, session.screen, brief=session.common.quiet):
            session.screen.print(line)
    return _exit_code(found, fail_on)


def _print_sarif(session: Session, found: Audited) -> None:
    import sys

    from tkt.render.audited_sarif import sarif
    from tkt.render.jsons import json_text

    prefix = repository_of(session.desk).place.prefix
    session.screen.print(json_text(sarif(found, prefix=prefix), sys.stdout, indent=1))


def _exit_code(found: Audited, fail_on: FailOn) -> int:
    """1 for errors, 3 where only what is less serious fails, as was asked for."""
    if fail_on is FailOn.NEVER:
        return 0
    if found.count(Level.ERROR):
        return EXIT_NO
    failing = [level for level in Level if level.rank <= Level(fail_on).rank]
    return EXIT_WARNINGS if any(found.count(level) for level in failing) else 0

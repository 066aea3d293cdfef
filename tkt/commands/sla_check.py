"""`tkt sla check`: is a promise broken, and shall a build fail for it?"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from tkt import clock
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.coverage import note_unknown_years
from tkt.commands.options import QueryArgument
from tkt.commands.signature import reads
from tkt.commands.sla_answers import STDOUT, answers_asked, tell
from tkt.commands.sla_clocks import ClockOption, chosen_clocks
from tkt.desk import Desk
from tkt.durations import parse_duration
from tkt.errors import EXIT_NO, EXIT_WARNINGS, UsageError
from tkt.gate import Wishes, gate
from tkt.gated import Gated
from tkt.i18n import N_, msg
from tkt.query import Query
from tkt.render.gate import FORMATS


class FailOn(StrEnum):
    """What makes `sla check` leave with another exit code than 0."""

    BREACH = "breach"
    WARNING = "warning"


FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help=N_("warning: exit code 3 where a clock is about to run out."))
]
SinceOption = Annotated[
    str,
    typer.Option(
        "--since", metavar="TIME", help=N_("Judge tickets closed since TIME too."), show_default=False
    ),
]
BreachedAfterOption = Annotated[
    str,
    typer.Option(
        "--breached-after",
        metavar="TIME",
        help=N_("Fail on what is late since TIME or later; earlier breaches are listed apart."),
        show_default=False,
    ),
]
WithinOption = Annotated[
    str,
    typer.Option(
        "--within",
        metavar="SPAN",
        help=N_("The same, of the last SPAN: 1h for a job that runs every half hour."),
        show_default=False,
    ),
]
NewSinceOption = Annotated[
    str,
    typer.Option(
        "--new-since",
        metavar="REV",
        help=N_("Fail on what is breached here and not under REV, both judged now."),
        show_default=False,
    ),
]
ConfigFromOption = Annotated[
    str,
    typer.Option(
        "--config-from",
        metavar="REV",
        help=N_("Judge by the configuration of REV, and tell what the one here would find instead."),
        show_default=False,
    ),
]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMATS), help=N_("How it is written."))
]
OutputOption = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", help=N_("Where to; - is standard output."), show_default=False
    ),
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FILE",
        help=N_("Write it into FILE in this format as well; may be repeated."),
        show_default=False,
    ),
]


@reads
def check(
    session: Session,
    query: QueryArgument = None,
    clocks: ClockOption = None,
    fail_on: FailOnOption = FailOn.BREACH,
    since: SinceOption = "",
    breached_after: BreachedAfterOption = "",
    within: WithinOption = "",
    new_since: NewSinceOption = "",
    config_from: ConfigFromOption = "",
    format_: FormatOption = "text",
    output: OutputOption = STDOUT,
    reports: ReportOption = None,
) -> int:
    """Name what is breached; exit codes as docs/sla.md E5 has them."""
    answers = answers_asked(session, format_, output, reports or ())
    wishes = Wishes(
        clocks=chosen_clocks(session, clocks),
        closed_since=_instant(session, since),
        breached_after=_after(session, breached_after, within),
        new_since=new_since or None,
        config_from=config_from or None,
    )
    text = asked(session, query or ())
    gated = gate(session.desk, wishes, lambda desk: _query(session, desk, text), session.now)
    code = session.report(gated.problems)
    note_unknown_years(session, (it.verdict for it in gated.judged), gated.config)
    tell(session, gated, answers)
    return _exit_code(gated, code, fail_on)


def _instant(session: Session, text: str) -> datetime | None:
    return clock.parse_instant(text, zone=session.desk.zone) if text else None


def _after(session: Session, breached_after: str, within: str) -> datetime | None:
    """From when on a breach fails. Errors: UsageError where both say so; DurationError."""
    if breached_after and within:
        raise UsageError(msg("--breached-after and --within are two times, expected one of them"))
    if within:
        seconds = parse_duration(within, days=True)
        if seconds <= 0:
            message = msg("--within {span} is no time, expected a span longer than 0", span=within)
            raise UsageError(message, hint=msg("tkt sla check --within 1h"))
        return session.now - timedelta(seconds=seconds)
    return _instant(session, breached_after)


def _query(session: Session, desk: Desk, text: str) -> Query:
    """The query in a desk's words; who asks is found out only where it matters."""
    found = desk.query(text, session.now)
    return desk.query(text, session.now, session.me) if found.uses_reader else found


def _exit_code(gated: Gated, code: int, fail_on: FailOn) -> int:
    """2 where a file could not be judged, whatever else there is (docs/sla.md E5)."""
    if code:
        return code
    if gated.failing:
        return EXIT_NO
    return EXIT_WARNINGS if gated.warned and fail_on is FailOn.WARNING else 0

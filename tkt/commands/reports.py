"""`tkt report`: what do the desk's events add up to?"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.signature import reads
from tkt.i18n import N_
from tkt.kpis.window import parse_window
from tkt.metrics import KpiReport, kpi_report


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


FromOption = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="DATE",
        help=N_("Where the window begins; without --from and --to the last full week."),
        show_default=False,
    ),
]
ToOption = Annotated[
    str,
    typer.Option(
        "--to", metavar="DATE", help=N_("Where it ends, not included; else now."), show_default=False
    ),
]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="FIELD",
        help=N_("Again for each value of a field: type, team, priority …"),
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help=N_("How it is written."))]
IdsOption = Annotated[bool, typer.Option("--ids", help=N_("Name the tickets behind each count."))]
InternalOption = Annotated[
    bool, typer.Option("--internal", help=N_("The requests of the house itself instead of the customers'."))
]


@reads
def kpi(
    session: Session,
    query: QueryArgument = None,
    from_: FromOption = "",
    to: ToOption = "",
    by: ByOption = "",
    format_: FormatOption = Format.TEXT,
    ids: IdsOption = False,
    internal: InternalOption = False,
) -> int:
    """Report response, resolution, service level, backlog, reopens, time in status, hand-offs."""
    report, code = _computed(session, " ".join(query or ()), from_, to, by or None, internal=internal)
    desk = session.desk
    if session.json or format_ is Format.JSON:
        session.answer(report.json(ids=ids))
    elif format_ is Format.MARKDOWN:
        from tkt.report import kpi_markdown

        session.screen.print(kpi_markdown(report, desk.config, desk.root, ids=ids).rstrip("\n"))
    else:
        from tkt.report import kpi_text

        columns = session.screen.columns if session.screen.is_bounded else None
        session.screen.print(kpi_text(report, desk.config, columns, ids=ids).rstrip("\n"))
    return code


def _computed(
    session: Session, asked: str, from_: str, to: str, by: str | None, *, internal: bool
) -> tuple[KpiReport, int]:
    from tkt.store.gitrepo import GitRepo

    desk = session.desk
    desk.refuse_left_out()
    query = session.query(asked)
    reading = desk.read()
    now = max((desk.settled(ticket, session.now) for ticket in reading.tickets), default=session.now)
    if now > session.now:
        now += timedelta(seconds=1)  # the window ends before `now`, and its last event belongs to it
    window = parse_window(from_ or None, to or None, desk.zone, now)
    tickets = [t for t in reading.tickets if query.is_empty or query.matches(desk.columns(t, now).lookup)]
    repo = GitRepo.of(desk.root)
    report = kpi_report(
        tickets,
        lambda ticket: desk.verdicts(ticket, now=now),
        desk.config,
        window,
        now,
        by=by,
        query=asked,
        internal=internal,
        commit=repo.head() if repo else None,
        clean=repo.is_clean() if repo else None,
    )
    return report, session.report(reading.problems)

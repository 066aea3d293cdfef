"""`tkt sla list`: which clocks run, and which is due next?"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.coverage import note_unknown_years
from tkt.commands.options import LimitOption, QueryArgument
from tkt.commands.signature import reads
from tkt.commands.sla_clocks import ClockOption, chosen_clocks
from tkt.durations import parse_duration
from tkt.gate import judged_tickets
from tkt.gated import Judged, is_asked
from tkt.i18n import N_, msg
from tkt.render.gate.objects import acknowledged, entry
from tkt.render.sla_tables import clocks_table

DueOption = Annotated[
    str,
    typer.Option(
        "--due", metavar="SPAN", help=N_("Only what is due within SPAN, e.g. 4h."), show_default=False
    ),
]


@reads
def list_clocks(
    session: Session,
    query: QueryArgument = None,
    due: DueOption = "",
    clocks: ClockOption = None,
    limit: LimitOption = 0,
) -> int:
    """List running clocks, next due first."""
    wanted = chosen_clocks(session, clocks)
    until = session.now + timedelta(seconds=parse_duration(due, days=True)) if due else None
    text = asked(session, query or ())
    judged, problems = judged_tickets(session.desk, lambda _: session.query(text), session.now)
    code = session.report(problems)
    note_unknown_years(session, (it.verdict for it in judged))
    running = [
        (it.verdict.due_at, it)
        for it in judged
        if it.verdict.is_running and it.verdict.due_at is not None and is_asked(it.verdict.clock, wanted)
    ]
    found = sorted(
        (each for each in running if until is None or each[0] <= until),
        key=lambda each: (each[0], *each[1].mark),
    )
    _tell(session, [it for _, it in (found[:limit] if limit > 0 else found)])
    return code


def _tell(session: Session, shown: list[Judged]) -> None:
    if session.json:
        session.answer([entry(it) | (acknowledged(it) if it.verdict.acknowledged else {}) for it in shown])
    elif shown:
        rows = [(it.verdict, it.ticket) for it in shown]
        session.screen.print(clocks_table(rows, session.told_config, session.now, session.screen))
    else:
        session.note(msg("no clock is running"))

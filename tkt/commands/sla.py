"""`tkt sla`: what is late, what is next, and why?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from tkt import clock
from tkt.columns import Columns
from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.commands.options import LimitOption, QueryArgument, TicketArgument
from tkt.commands.signature import reads
from tkt.errors import EXIT_NO, EXIT_WARNINGS, UsageError, did_you_mean
from tkt.fields import clock_names
from tkt.frozen import dataclass
from tkt.i18n import N_, msg, msgn
from tkt.render.explained import explanation_json, print_explanation
from tkt.render.jsons import plain
from tkt.render.sla_tables import print_breaches, print_clocks
from tkt.sla import Verdict, is_warned
from tkt.sla import explain as explained

CLOSED = "closed"


class FailOn(StrEnum):
    """What makes `sla check` leave with another exit code than 0."""

    BREACH = "breach"
    WARNING = "warning"


SinceOption = Annotated[
    str,
    typer.Option(
        "--since", metavar="TIME", help=N_("Judge tickets closed since TIME too."), show_default=False
    ),
]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help=N_("warning: exit code 3 where a clock is about to run out."))
]
ClockOption = Annotated[
    list[str] | None,
    typer.Option(
        "--clock", metavar="CLOCK", help=N_("Only this clock; may be repeated."), show_default=False
    ),
]


@dataclass(frozen=True)
class Judged:
    """A clock of a ticket, and the ticket."""

    verdict: Verdict
    ticket: Columns

    @property
    def urgency(self) -> tuple[str, float, str, str]:
        """Most urgent first: by priority, then by who has been late the longest."""
        at = self.verdict.breached_at or self.verdict.due_at
        return (
            self.ticket.priority or "P9",
            at.timestamp() if at else 0.0,
            self.ticket.id,
            self.verdict.clock,
        )

    def to_json(self) -> dict[str, Any]:
        """One entry of `breached`, `warned`, `acknowledged` (docs/json.md)."""
        verdict, ticket = self.verdict, self.ticket
        found = {
            "id": ticket.id,
            "clock": verdict.clock,
            "cycle": verdict.cycle,
            "state": verdict.state,
            "policy": verdict.policy,
            "due_at": verdict.due_at,
            "breached_at": verdict.breached_at,
            "fulfilled_at": verdict.fulfilled_at,
            "remaining_s": verdict.remaining_s,
            "reason": verdict.reason,
            "owner": ticket.owner,
            "team": ticket.team,
            "priority": ticket.priority,
            "title": ticket.title,
            "path": ticket.path,
        }
        plained: dict[str, Any] = plain(found)
        return plained


@reads
def check(
    session: Session,
    query: QueryArgument = None,
    since: SinceOption = "",
    fail_on: FailOnOption = FailOn.BREACH,
    clocks: ClockOption = None,
) -> int:
    """Name what is breached; exit codes as docs/sla.md E5 has them."""
    levels = session.desk.levels
    wanted = _known_clocks(session, clocks)
    tickets, code = _judged_tickets(session, " ".join(query or ()), since)
    judged = [Judged(v, row) for row in tickets for v in row.verdicts if not wanted or v.clock in wanted]
    covered = {each.ticket.id for each in judged if each.verdict.policy is not None}
    breached = [each for each in judged if each.verdict.state == "breached"]
    acknowledged = sorted((e for e in breached if e.verdict.acknowledged), key=lambda each: each.urgency)
    failing = sorted((e for e in breached if not e.verdict.acknowledged), key=lambda each: each.urgency)
    warned = sorted((e for e in judged if is_warned(e.verdict, levels)), key=lambda each: each.urgency)
    uncovered = len(tickets) - len(covered)
    if session.json:
        session.answer(
            {
                "now": session.now,
                "checked": len(tickets),
                "uncovered": uncovered,
                "breached": [each.to_json() for each in failing],
                "warned": [each.to_json() for each in warned],
                "acknowledged": [each.to_json() for each in acknowledged],
            }
        )
    else:
        _print_check(session, failing, warned, acknowledged, checked=len(tickets), uncovered=uncovered)
    if code:
        return code
    if failing:
        return EXIT_NO
    return EXIT_WARNINGS if warned and fail_on is FailOn.WARNING else 0


def _print_check(
    session: Session,
    failing: list[Judged],
    warned: list[Judged],
    acknowledged: list[Judged],
    *,
    checked: int,
    uncovered: int,
) -> None:
    config, now, screen = session.desk.config, session.now, session.screen
    if failing:
        print_breaches([(each.verdict, each.ticket) for each in failing], config, now, screen)
    if warned and not session.common.quiet:
        session.say(
            "",
            msgn("{count} clock is about to run out:", "{count} clocks are about to run out:", len(warned)),
        )
        print_clocks([(each.verdict, each.ticket) for each in warned], config, now, screen)
    if failing or warned:
        session.say("")
    session.say(
        msgn(
            "{count} breach, {checked}, {uncovered} without a policy, {acknowledged} acknowledged",
            "{count} breaches, {checked}, {uncovered} without a policy, {acknowledged} acknowledged",
            len(failing),
            checked=msgn("{count} ticket checked", "{count} tickets checked", checked),
            uncovered=uncovered,
            acknowledged=len(acknowledged),
        )
    )


def _known_clocks(session: Session, names: list[str] | None) -> tuple[str, ...]:
    """The clocks that were named; none for all. Errors: UsageError for an unknown one."""
    known = clock_names(session.desk.config)
    for name in names or ():
        if name not in known:
            raise UsageError(msg("no clock {name}", name=name), hint=did_you_mean(name, known))
    return tuple(names or ())


def _judged_tickets(session: Session, asked: str, since: str) -> tuple[list[Columns], int]:
    """Every ticket that is not closed, with `--since` those closed later too."""
    desk, now = session.desk, session.now
    config = desk.config
    after = clock.parse_instant(since, zone=desk.zone) if since else None
    if after is not None:
        desk.refuse_left_out()
    open_ones = [name for name in config.workflow.statuses if name not in config.closed]
    query = session.query(asked)
    looked_at = desk.rows(open_ones if after is None else None, now)
    found = [
        row
        for row in looked_at.rows
        if (row.status not in config.closed or row.summary.entered_at >= (after or now))
        and query.matches(row.lookup)
        and row.summary.received_at <= now
    ]
    return found, session.report(looked_at.problems)


DueOption = Annotated[
    str,
    typer.Option(
        "--due", metavar="SPAN", help=N_("Only what is due within SPAN, e.g. 4h."), show_default=False
    ),
]


@reads
def list_clocks(
    session: Session, query: QueryArgument = None, due: DueOption = "", limit: LimitOption = 0
) -> int:
    """List running clocks, next due first."""
    from tkt.durations import parse_duration

    desk, now = session.desk, session.now
    within = parse_duration(due, days=True) if due else None
    tickets, code = _judged_tickets(session, " ".join(query or ()), "")
    running = [
        Judged(verdict, row)
        for row in tickets
        for verdict in row.verdicts
        if verdict.fulfilled_at is None
        and verdict.due_at is not None
        and verdict.state in ("active", "breached", "paused")
    ]
    if within is not None:
        running = [
            e for e in running if e.verdict.due_at and (e.verdict.due_at - now).total_seconds() <= within
        ]
    running.sort(key=lambda e: (e.verdict.due_at.timestamp() if e.verdict.due_at else 0.0, e.ticket.id))
    shown = running[:limit] if limit > 0 else running
    if session.json:
        session.answer([each.to_json() for each in shown])
    elif shown:
        print_clocks([(each.verdict, each.ticket) for each in shown], desk.config, now, session.screen)
    else:
        session.note(msg("no clock is running"))
    return code


@reads
def explain(session: Session, ticket: TicketArgument, clocks: ClockOption = None) -> int:
    """Explain a ticket's clocks (docs/sla.md E6)."""
    desk, now = session.desk, session.now
    found = desk.ticket(named(session, ticket))
    wanted = _known_clocks(session, clocks)
    cycles = [
        each for each in explained(found, desk.levels, now) if not wanted or each.verdict.clock in wanted
    ]
    if session.json:
        session.answer({"id": found.id, "now": now, "cycles": [explanation_json(each) for each in cycles]})
    else:
        print_explanation(found, cycles, desk.config, now, session.screen)
    return 0

"""`tkt sla ack`: who answers for a breach, and what was its cause?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from tkt.actions import Actor
from tkt.actions.acknowledging import NothingBreached, acknowledge, acknowledgements
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.naming import note_about
from tkt.commands.options import TicketsArgument
from tkt.commands.signature import writes_each
from tkt.commands.sla_clocks import ClockOption, chosen_clocks
from tkt.commands.writing import changed
from tkt.errors import UsageError, add_hint
from tkt.i18n import N_, Message, msg, msgn
from tkt.model import Event, Ticket
from tkt.render import words
from tkt.render.times import due_words, stamp_near
from tkt.schema import Configuration
from tkt.sla import Verdict


class Cause(StrEnum):
    """Why a promise was missed (`tkt.clocks.causes`)."""

    LATE_PICKUP = "late-pickup"
    NO_OWNER = "no-owner"
    WAITING_INSIDE = "waiting-inside"
    OVERLOAD = "overload"
    OUTSIDE = "outside"


CauseOption = Annotated[
    Cause | None,
    typer.Option(
        "--cause",
        help=N_("What the cause was: taken up late, no owner, waiting inside, overload, outside."),
        show_default=False,
    ),
]
CyclesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--cycle",
        metavar="EVENT",
        help=N_("Only the cycle that began with this event; may be repeated."),
        show_default=False,
    ),
]


@writes_each
def ack(
    session: Session,
    tickets: TicketsArgument = None,
    clock: ClockOption = None,
    cycle: CyclesOption = None,
    cause: CauseOption = None,
) -> int:
    """Acknowledge breaches: all of a ticket that nobody has yet, or those that are named."""
    _refuse_unnamed(session, cause)
    clocks, cycles = chosen_clocks(session, clock), tuple(cycle or ())
    by_query = bool(session.common.query.strip())
    if by_query:
        _leave_closed_alone(session)
    acknowledged: dict[str, int] = {}

    def action(found: Ticket, actor: Actor, _config: Configuration) -> Ticket:
        verdicts = session.desk.verdicts(found, now=session.now)
        try:
            after = acknowledge(
                found,
                actor,
                verdicts,
                cause=cause.value if cause else "",
                clocks=clocks,
                cycles=cycles,
            )
        except NothingBreached as error:
            if by_query:
                return found
            if error.hint is None:
                _add_running(session, error, verdicts)
            raise
        if after is found:
            known = acknowledgements(found, verdicts, clocks, cycles)
            note_about(session, found, *(_already(session, event) for event in known))
        acknowledged[found.id] = len(after.events) - len(found.events)
        return after

    code = changed(session, tickets, action, verb="ack")
    if session.is_about_several or by_query:
        _tell_count(session, [count for count in acknowledged.values() if count])
    return code


def _leave_closed_alone(session: Session) -> None:
    """A query that says nothing of the status is about what `sla check` looks at: tickets that are not closed."""
    text = asked(session, [session.common.query.strip()])
    if "status" in session.query(text).fields:
        return
    config = session.desk.config
    alive = (name for name in config.workflow.statuses if name not in config.closed)
    session.common = replace(session.common, query=f"({text}) status:{','.join(alive)}")


def _tell_count(session: Session, counts: Sequence[int]) -> None:
    """`3 breaches acknowledged on 2 tickets`."""
    tickets = msgn("on {count} ticket", "on {count} tickets", len(counts))
    session.say(
        msgn(
            "{count} breach acknowledged {tickets}",
            "{count} breaches acknowledged {tickets}",
            sum(counts),
            tickets=tickets,
        )
    )


def _refuse_unnamed(session: Session, cause: Cause | None) -> None:
    """Both are asked for before a ticket is looked for. Errors: UsageError."""
    if cause is None or not session.common.reason.strip():
        causes = tuple(_cause_told(it.value) for it in Cause)
        raise UsageError(
            msg("an acknowledgement needs --cause and --reason, which are recorded"),
            hint=msg('tkt sla ack ID --cause CAUSE --reason "…"; causes: {causes}', causes=causes),
        )


def _cause_told(cause: str) -> Message | str:
    """What is typed, and what it means where that is not the same."""
    meaning = words.breach_cause(cause)
    is_plain = meaning == cause.replace("-", " ")
    return cause if is_plain else msg("{name} ({meaning})", name=cause, meaning=meaning)


def _add_running(session: Session, error: NothingBreached, verdicts: Sequence[Verdict]) -> None:
    """What does run there, and by when it is due; of what was asked about alone where that is something."""
    running = [it for it in error.meant or verdicts if it.is_running]
    if running:
        add_hint(error, msg("running: {clocks}", clocks=tuple(_running(session, it) for it in running)))


def _running(session: Session, verdict: Verdict) -> Message | str:
    name = words.clock_name(verdict.clock, session.desk.config)
    if verdict.due_at is None:
        return msg("{clock} ({more})", clock=name, more=words.state_name(verdict.state))
    due = due_words(verdict.due_at, session.now, session.zone_of_reader)
    return msg("{clock} ({more})", clock=name, more=due)


def _already(session: Session, event: Event) -> Message:
    return msg(
        "{clock} is acknowledged already: {who}, {at}, {cause}: {reason}",
        clock=words.clock_name(str(event.get("clock")), session.desk.config),
        who=words.author_name(session.desk.config, event.by),
        at=stamp_near(event.at, session.now, session.zone_of_reader),
        cause=words.breach_cause(str(event.get("cause") or "")) or "–",
        reason=event.reason or "–",
    )

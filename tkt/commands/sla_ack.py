"""`tkt sla ack`: who answers for a breach, and what was its cause?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from tkt.actions import Actor
from tkt.actions.acknowledging import NothingBreached, acknowledge, acknowledgements
from tkt.commands.common import Session
from tkt.commands.naming import note_about
from tkt.commands.options import TicketsArgument
from tkt.commands.signature import writes_each
from tkt.commands.writing import changed
from tkt.errors import UsageError, add_hint, did_you_mean
from tkt.fields import CLOCK_NAMES
from tkt.i18n import N_, Message, msg
from tkt.model import Event, Ticket
from tkt.render import words
from tkt.render.times import due_words, stamp_near
from tkt.schema import Configuration
from tkt.sla import Verdict, family_of


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
ClocksOption = Annotated[
    list[str] | None,
    typer.Option(
        "--clock",
        metavar="CLOCK",
        help=N_("Only the breach of this clock; may be repeated."),
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
    clock: ClocksOption = None,
    cycle: CyclesOption = None,
    cause: CauseOption = None,
) -> int:
    """Acknowledge breaches: all of a ticket that nobody has yet, or those that are named."""
    _refuse_unnamed(session, cause)
    clocks, cycles = _known_clocks(clock or ()), tuple(cycle or ())

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        verdicts = session.desk.verdicts(found, now=session.now)
        try:
            after = acknowledge(
                found,
                actor,
                config,
                verdicts,
                cause=cause.value if cause else "",
                clocks=clocks,
                cycles=cycles,
            )
        except NothingBreached as error:
            _add_running(session, error, verdicts)
            raise
        if after is found:
            known = acknowledgements(found, verdicts, clocks, cycles)
            note_about(session, found, *(_already(session, event) for event in known))
        return after

    return changed(session, tickets, action, verb="ack")


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


def _known_clocks(names: Sequence[str]) -> tuple[str, ...]:
    """Errors: UsageError for a name that is none of a clock or a family of clocks."""
    for name in names:
        if family_of(name) not in CLOCK_NAMES:
            raise UsageError(msg("no clock {name}", name=name), hint=did_you_mean(name, CLOCK_NAMES))
    return tuple(names)


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

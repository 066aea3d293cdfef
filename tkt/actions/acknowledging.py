"""Who answers for a breach, and what is its cause? (docs/sla.md E5)

An acknowledged breach stops failing builds and stays a breach in every figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tkt.actions.actor import Actor, pen_for
from tkt.actions.following import ReasonNeeded
from tkt.actions.values import BadValue
from tkt.clock import instant_text
from tkt.clocks.causes import CAUSES
from tkt.clocks.cycle import family_of
from tkt.clocks.verdict import Verdict
from tkt.errors import Refused, did_you_mean
from tkt.i18n import Message, msg
from tkt.model import Event, Ticket


class NothingBreached(Refused):
    """There is no breach to acknowledge; `meant` are the cycles that were asked about."""

    code = "not-breached"

    def __init__(self, message: Message, meant: Sequence[Verdict], *, hint: Message | None = None) -> None:
        super().__init__(message, hint=hint)
        self.meant = meant


def acknowledge(
    ticket: Ticket,
    actor: Actor,
    verdicts: Iterable[Verdict],
    *,
    cause: str,
    clocks: Collection[str] = (),
    cycles: Collection[str] = (),
) -> Ticket:
    """Acknowledge the breached cycles, those of these `clocks` and `cycles` where any are named.

    `verdicts`: what the ticket's clocks say now; what was late by the actor's `at` alone is acknowledged
    at it. A clock may be named by its family (`stage`). The same ticket where all of them are acknowledged already. Errors: BadValue, ReasonNeeded, NothingBreached, BadTime.
    """
    _must_be_known(cause)
    if not actor.reason:
        raise ReasonNeeded(
            msg("say why it is late"), hint=msg('tkt sla ack {ticket} --reason "…"', ticket=ticket.id)
        )
    meant = _meant(verdicts, clocks, cycles)
    breached = [it for it in meant if it.state == "breached"]
    if not breached:
        raise NothingBreached(msg("nothing to acknowledge on {ticket}: no breach", ticket=ticket.id), meant)
    breached = _by(breached, ticket, actor)
    fresh = [it for it in breached if not it.acknowledged]
    if not fresh:
        return ticket
    pen = pen_for(ticket, actor)
    return ticket.with_events(
        *(pen.event("acknowledged", clock=it.clock, cycle=it.cycle, cause=cause) for it in fresh)
    )


def _by(breached: list[Verdict], ticket: Ticket, actor: Actor) -> list[Verdict]:
    """Those that were late by the instant of the acknowledgement. Errors: NothingBreached."""
    at = actor.at
    if at is None:
        return breached
    found = [it for it in breached if it.breached_at is None or it.breached_at <= at]
    if not found:
        first = min(it.breached_at for it in breached if it.breached_at is not None)
        message = msg(
            "nothing to acknowledge on {ticket}: no breach by {at}", ticket=ticket.id, at=instant_text(at)
        )
        raise NothingBreached(message, breached, hint=msg("late since {at}", at=instant_text(first)))
    return found


def acknowledgements(
    ticket: Ticket, verdicts: Iterable[Verdict], clocks: Collection[str] = (), cycles: Collection[str] = ()
) -> tuple[Event, ...]:
    """What says of these breaches that they are acknowledged, in order."""
    known = {(it.clock, it.cycle) for it in _meant(verdicts, clocks, cycles) if it.acknowledged}
    return tuple(
        event
        for event in ticket.effective
        if event.did == "acknowledged" and (event.get("clock"), event.get("cycle")) in known
    )


def _must_be_known(cause: str) -> None:
    if not cause:
        raise BadValue(msg("say what the cause is"), hint=msg("--cause: {names}", names=CAUSES))
    if cause not in CAUSES:
        hint = did_you_mean(cause, CAUSES) or msg("known are: {names}", names=CAUSES)
        raise BadValue(msg("no cause {cause}", cause=cause), hint=hint)


def _meant(
    verdicts: Iterable[Verdict], clocks: Collection[str], cycles: Collection[str]
) -> tuple[Verdict, ...]:
    return tuple(
        it
        for it in verdicts
        if (not clocks or it.clock in clocks or family_of(it.clock) in clocks)
        and (not cycles or it.cycle in cycles)
    )

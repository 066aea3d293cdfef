"""Has a resolved ticket been silent for long enough to close? (docs/tick.md, auto-close)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tkt.actions.actor import Pen
from tkt.i18n import Message, msg
from tkt.model import Ticket
from tkt.timerules.case import Case
from tkt.timerules.closing import CLOSE, closed, closes_at, closing_of, refusal
from tkt.timerules.firing import Firing
from tkt.timerules.notifying import wall

NAME = CLOSE
REASON = "rule:auto-close"
"""The reason of the move (`tkt.render.values` has it in words)."""


def firings(case: Case) -> Iterator[Firing]:
    """The move to closed, so long after a reminder that stands; no reminder, no closing."""
    closing = closing_of(case)
    if closing is None or closing.reminded_at is None:
        return
    at = closes_at(closing, case.ticket, closing.reminded_at)
    if at >= case.now or refusal(case, closing, at) is not None:
        return
    yield Firing(
        rule=NAME,
        at=at,
        did="moved",
        what=msg("close"),
        why=msg(
            "resolved at {at}, reminded at {reminded}, and silent since",
            at=wall(case, closing.resolve.at),
            reminded=wall(case, closing.reminded_at),
        ),
        about={"rule": NAME, "of": closing.resolve.id},
        key=(NAME, closing.resolve.id),
        apply=lambda ticket, pen: _closed(case, ticket, pen),
        moves=True,
    )


def left_open(case: Case) -> Message | None:
    """Why a ticket whose time has come is not closed; None where it is closed in time, or not resolved."""
    closing = closing_of(case)
    if closing is None or closing.resolve.at + closing.after >= case.now:
        return None
    why = refusal(case, closing, closes_at(closing, case.ticket, closing.reminder_at))
    if why is None and closing.is_withheld and not closing.reminders:
        return msg("its reminder was withheld (tkt tick --no-notices)")
    return why


def _closed(case: Case, ticket: Ticket, pen: Pen) -> Ticket:
    return closed(case, ticket, replace(pen, actor=replace(pen.actor, reason=REASON)))

"""What is due next on a ticket, once a command has changed it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tkt.commands.common import Session
from tkt.i18n import Message, msg
from tkt.model import Ticket
from tkt.render.clock_titles import clock_title
from tkt.render.remaining import remaining_text
from tkt.render.times import due_words

if TYPE_CHECKING:
    from tkt.sla import Verdict

TURNS = frozenset({"opened", "moved", "message"})
"""What makes people ask by when they must come back to it; of anything else only another due time is told."""


def due_told(session: Session, before: Ticket | None, after: Ticket) -> Iterator[Message]:
    """The clock that is due next, late ones included; nothing where none runs or the change was none to it.

    `before`: the ticket as it was; None for a new one.
    """
    known = {event.id for event in before.events} if before is not None else set()
    takes_turn = any(event.did in TURNS for event in after.events if event.id not in known)
    verdict = _next_due(session, after)
    if verdict is None or verdict.due_at is None:
        return
    if takes_turn or before is None or _due_at(_next_due(session, before)) != verdict.due_at:
        yield msg(
            "due: {clock} {when}, {left}",
            clock=clock_title(verdict.clock, verdict.cycle, after, session.desk.config),
            when=due_words(verdict.due_at, session.now, session.zone_of_reader),
            left=remaining_text(verdict),
        )


def _next_due(session: Session, ticket: Ticket) -> Verdict | None:
    now = max(session.now, ticket.updated_at)  # what was just written may be a second ahead
    running = [it for it in session.desk.verdicts(ticket, now=now) if it.is_running and it.due_at]
    return min(running, key=_due_s, default=None)


def _due_s(verdict: Verdict) -> float:
    return verdict.due_at.timestamp() if verdict.due_at is not None else 0.0


def _due_at(verdict: Verdict | None) -> object:
    return verdict.due_at if verdict is not None else None

"""How long does the customer wait for a person's first answer? (docs/sla.md, first_response; L1, L2)"""

from __future__ import annotations

from tkt.clocks.cycle import Cycle, Ending, NotApplicable, answered, resolved
from tkt.clocks.flow import instant_in
from tkt.clocks.history import History

NAME = "first_response"


def cycles(history: History) -> tuple[Cycle, ...]:
    """The one cycle: from `received_at` to the first public message of a person, or the resolve."""
    return (
        Cycle(
            clock=NAME,
            event=history.opened.id,
            start_at=history.started_at,
            ending=ending(history),
            not_applicable=not_applicable(history),
        ),
    )


def not_applicable(history: History) -> NotApplicable | None:
    """Why there is nothing to answer, or no telling when it was answered."""
    contact = history.opened.get("first_contact")
    if contact != "live" and (contact == "proactive" or history.opened.get("raised_by") == "agent"):
        return "agent-raised"
    return "not-recorded" if history.lacks_messages else None


def ending(history: History) -> Ending | None:
    """The answer; a resolve where nobody wrote before it; at once where it was recorded live (L2).

    Of a ticket that was split from an answered one the answer that was given there (L10).
    """
    if history.opened.get("first_contact") == "live":
        return Ending(at=history.started_at, event=history.opened.id, fulfilled=True, via="live")
    before = instant_in(history.opened.get("answered_at"), history.flow.zone)
    if before is not None:
        return Ending(at=before, event=history.opened.id, fulfilled=True, via="split")
    finish = history.resolves[0] if history.resolves else None
    if history.answers:
        at, event = history.answers[0]
        if finish is None or at <= finish.start:  # at one instant the message counts, as the answer was given
            return answered(event, at)
    return None if finish is None else resolved(finish.event, finish.start)

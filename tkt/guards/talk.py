"""Who is waiting for whom: was the customer asked, answered, told?"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from tkt.model import Event, Ticket

LIVE = "live"
"""`first_contact` of a ticket that was recorded while the customer was there (docs/sla.md L2)."""


def last_customer_message(ticket: Ticket) -> Event | None:
    """The newest message that the customer wrote, machines of theirs left out."""
    return next((event for event in reversed(ticket.effective) if event.is_customer_message), None)


def was_asked(ticket: Ticket) -> bool:
    """Whether an agent's public message stands at or after the customer's last one (docs/sla.md L3)."""
    last = last_customer_message(ticket)
    answers = [event.at for event in ticket.effective if event.is_agent_message]
    return bool(answers) and (last is None or max(answers) >= last.at)


def unanswered_message(ticket: Ticket) -> Event | None:
    """The oldest of `unanswered_messages`."""
    return next(iter(unanswered_messages(ticket)), None)


def unanswered_messages(ticket: Ticket) -> tuple[Event, ...]:
    """What the customer wrote that no person answered since and that needs an answer; the oldest first.

    `no-reply-needed` settles the message that it names; without a name, all before it. What opened a
    ticket recorded live was answered in the call (docs/sla.md L2).
    """
    since = _answered_until(ticket)
    dismissals = [event for event in ticket.effective if event.did == "no-reply-needed"]
    named = {event.get("message") for event in dismissals}
    settled = max((event.order for event in dismissals if not event.get("message")), default=None)
    return tuple(
        event
        for event in ticket.effective
        if event.is_customer_message
        and (since is None or event.at > since)
        and event.id not in named
        and (settled is None or event.order > settled)
    )


def _answered_until(ticket: Ticket) -> datetime | None:
    answers = [event.at for event in ticket.effective if event.is_agent_message]
    opened = ticket.opened
    if opened is not None and opened.get("first_contact") == LIVE:
        answers.append(opened.at)
    return max(answers, default=None)


def resolved_at(ticket: Ticket, finished: Container[str]) -> datetime | None:
    """When it last came into a finished status from one that is not; None if it never did."""
    found: datetime | None = None
    was_finished = False
    for at, status, _event in ticket.status_changes:
        if status in finished and not was_finished:
            found = at
        was_finished = status in finished
    return found


def was_told(ticket: Ticket, finished: Container[str]) -> bool:
    """Whether the desk wrote to the customer at or after the last resolve, or solved it in the call."""
    since = resolved_at(ticket, finished)
    if since is None:
        return False
    opened = ticket.opened
    if opened is not None and opened.get("first_contact") == LIVE and since == opened.at:
        return True
    return any(e.is_public_message and e.role != "customer" and e.at >= since for e in ticket.effective)

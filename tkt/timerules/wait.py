"""What does a ticket wait for, and until when?"""

from __future__ import annotations

from datetime import datetime

from tkt.actions.actor import STEP
from tkt.actions.recording import last_word
from tkt.fields.lookup import instant_in, part_of
from tkt.frozen import dataclass
from tkt.guards.talk import last_customer_message
from tkt.model import MOVED_KEYS, Event, Ticket
from tkt.timerules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A wait that goes on."""

    event: Event  # what it began with, or last changed it
    until: datetime
    on: str | None  # customer, vendor or colleague
    what: str | None  # what must come

    @property
    def id(self) -> str:
        """By which it is named; another date makes another wait."""
        return self.event.id


def wait_of(case: Case) -> Wait | None:
    """The wait of a ticket that has a date for it; None for any other."""
    ticket = case.ticket
    if case.category != "waiting":
        return None
    until = instant_in(part_of(ticket.values, "waiting", "until"), case.config)
    event = _begun_by(ticket)
    if until is None or event is None:
        return None
    on, what = (part_of(ticket.values, "waiting", key) for key in ("on", "for"))
    return Wait(event=event, until=until, on=_text(on), what=_text(what))


def passed_at(wait: Wait, ticket: Ticket) -> datetime:
    """When its date passed: no earlier than what was last said of it, of its status or of its next action."""
    moved = ticket.status_changes[-1:]
    said = [at for at in (last_word(ticket, field) for field in MOVED_KEYS) if at is not None]
    return max([wait.until, *(at + STEP for at in (*said, *(it[0] for it in moved)))])


def was_answered(wait: Wait, ticket: Ticket) -> bool:
    """Whether the customer wrote since; a merge can leave the ticket waiting all the same."""
    last = last_customer_message(ticket)
    return last is not None and last.at >= wait.event.at


def _begun_by(ticket: Ticket) -> Event | None:
    for event in reversed(ticket.effective):
        if event.did in ("moved", "opened") or (event.did == "set" and event.get("field") == "waiting"):
            return event
    return None


def _text(value: object) -> str | None:
    return None if value is None else str(value)

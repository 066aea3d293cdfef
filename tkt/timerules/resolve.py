"""How does a resolved ticket stand: since when, was the customer told, did they write since?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tkt.durations import DurationError, parse_duration
from tkt.frozen import dataclass
from tkt.guards.talk import LIVE
from tkt.model import Event, Ticket
from tkt.timerules.case import Case
from tkt.timerules.firing import BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """The resolve of a ticket that is not closed yet."""

    event: Event
    told_at: datetime | None  # when the customer was told first; None: not yet
    heard_at: datetime | None  # when they wrote first; None: not since

    @property
    def id(self) -> str:
        """By which it is named."""
        return self.event.id

    @property
    def at(self) -> datetime:
        """Since when it is resolved."""
        return self.event.at


def resolve_of(case: Case) -> Resolve | None:
    """The resolve that stands; None for a ticket that is open, closed or put away."""
    event = _entered(case) if case.category == "resolved" else None
    if event is None or case.history.discarded_as is not None:
        return None
    ticket = case.ticket
    later = (it for it in ticket.effective if it.at > event.at and it.is_customer_message)
    return Resolve(
        event=event,
        told_at=next(_told(ticket, event), None),
        heard_at=next((it.at for it in later), None),
    )


def span(text: str) -> timedelta | None:
    """`7 days`, as a time by the clock on the wall; None for words that are none, which `tkt check` tells."""
    try:
        return timedelta(seconds=parse_duration(text, days=True))
    except DurationError:
        return None


def _entered(case: Case) -> Event | None:
    """The move into a finished status from one that is not."""
    found, was_finished = None, False
    for _, status, event in case.ticket.status_changes:
        is_finished = status in case.config.finished
        if is_finished and not was_finished:
            found = event
        was_finished = is_finished
    return found if was_finished else None


def _told(ticket: Ticket, resolve: Event) -> Iterator[datetime]:
    """When words went to the customer at or after the resolve and did not come back (docs/sla.md L1a)."""
    opened = ticket.opened
    if opened is not None and opened.get("first_contact") == LIVE and resolve.at == opened.at:
        yield opened.at
    bounced = {event.get("message") for event in ticket.effective if event.did == "bounced"}
    for event in ticket.effective:
        is_ours = event.is_public_message and event.role != "customer" and event.by != BY
        if is_ours and event.at >= resolve.at and event.id not in bounced:
            yield event.at

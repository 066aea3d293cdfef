"""Which events were written down long after they happened, whether they say so or not?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from tkt.frozen import dataclass
from tkt.model import Event, Ticket

TOLERANCE = timedelta(minutes=5)
"""How late a thing may be written down without a word (docs/sla.md S5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An event that is dated back."""

    event: Event
    recorded_at: datetime
    is_said: bool  # the event has it as `recorded_at`; else its commit shows it


def late_events(added: Iterable[Event], committed_at: datetime | None) -> Iterator[Late]:
    """Those dated more than five minutes before they were recorded (docs/sla.md S5).

    `committed_at`: when the first commit that touches the ticket was written, where that is known.
    """
    for event in added:
        recorded = event.recorded_at or committed_at
        is_told = event.is_back_dated or event.recorded_at is None
        if is_told and recorded is not None and recorded - event.at > TOLERANCE:
            yield Late(event=event, recorded_at=recorded, is_said=event.recorded_at is not None)


def may_be_late(added: Iterable[Event], since: datetime) -> bool:
    """Whether an event that does not say so is older than what it is compared with, which lacks it.

    What an import wrote is as old as its source, and never counts.
    """
    events = tuple(added)
    if any(event.did == "imported" for event in events):
        return False
    return any(event.recorded_at is None and since - event.at > TOLERANCE for event in events)


def is_imported(ticket: Ticket) -> bool:
    """Whether it came from another system, whose times its events have."""
    return any(event.did == "imported" for event in ticket.events)

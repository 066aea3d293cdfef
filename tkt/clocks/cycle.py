"""What is one cycle of a clock: when did it start, stop and pause?"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tkt.model import Event
from tkt.worktime import Span

Clock = Literal["first_response", "next_response", "resolution"]
NotApplicable = Literal["agent-raised", "not-recorded"]


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a cycle that is told apart; only `paused` and `resolved` stop the clock.

    `counted` stretches run, although somebody may think that they do not: they carry their rule.
    """

    kind: Literal["paused", "resolved", "counted"]
    start: datetime
    end: datetime | None  # None: it goes on
    rule: str  # of docs/sla.md

    @property
    def stops_the_clock(self) -> bool:
        """Whether its time is taken out of the cycle."""
        return self.kind != "counted"


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How a cycle ended."""

    at: datetime
    event: str  # the id of the event that ended it
    fulfilled: bool  # else cancelled
    via: Literal["resolve", "live"] | None = None
    reason: str | None = None


class Cycle(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock, from start to stop; named by the event that started it."""

    clock: Clock
    event: str
    start_at: datetime
    ending: Ending | None = None  # None: it has not ended
    stretches: tuple[Stretch, ...] = ()
    not_applicable: NotApplicable | None = None  # why nothing is judged

    def pauses(self) -> list[Span]:
        """The pauses that are over."""
        if not self.stretches:
            return []
        return [(it.start, it.end) for it in self.stretches if it.stops_the_clock and it.end is not None]

    def paused_since(self) -> datetime | None:
        """The start of the pause that goes on, None while the clock runs."""
        if not self.stretches:
            return None
        return next((it.start for it in self.stretches if it.stops_the_clock and it.end is None), None)


def answered(event: Event, at: datetime) -> Ending:
    """Fulfilled by a message."""
    return Ending(at=at, event=event.id, fulfilled=True)


def resolved(event: Event, at: datetime) -> Ending:
    """Fulfilled by a resolve, nobody having written."""
    return Ending(at=at, event=event.id, fulfilled=True, via="resolve")

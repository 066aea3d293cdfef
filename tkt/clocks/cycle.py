"""What is one cycle of a clock: when did it start, stop and pause?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from tkt.model import Event
from tkt.worktime import Span

Via = Literal["resolve", "live", "split"]
NotApplicable = Literal["agent-raised", "not-recorded"]


def family_of(clock: str) -> str:
    """The name that policies, ladders and reports know a clock by: `stage` of `stage:new`."""
    return clock.partition(":")[0]


class Stretch(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class Ending(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How a cycle ended."""

    at: datetime
    event: str  # the id of the event that ended it
    fulfilled: bool  # else cancelled
    via: Via | None = None
    reason: str | None = None


class Terms(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a status, a task or a word to the customer promises from `since` on, in place of a policy's row.

    Seconds are of the row's calendar; with `due_at`, which is kept by the clock on the wall, of the
    wall. Without either the row's target for the clock holds.
    """

    since: datetime
    event: str  # the id of the event that brought it
    target_s: int | None = None
    due_at: datetime | None = None


class Cycle(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One run of a clock, from start to stop; named by the event that started it."""

    clock: str  # a family, or a family and whose: `stage:new`, `task:T1`, `promise:01K…`
    event: str
    start_at: datetime
    ending: Ending | None = None  # None: it has not ended
    stretches: tuple[Stretch, ...] = ()
    not_applicable: NotApplicable | None = None  # why nothing is judged
    terms: tuple[Terms, ...] = ()  # its own, the first of them from its start on
    only_if_promised: bool = False  # it is no cycle while no policy promises anything on it

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


def fixed(since: datetime, event: str, until: datetime, start: datetime) -> Terms:
    """Terms that name an instant, of a cycle that began at `start`; one before the start is the start."""
    due = max(until, start)
    return Terms(since=since, event=event, target_s=int((due - start).total_seconds()), due_at=due)


def within(stretches: Iterable[Stretch], start: datetime, end: datetime | None) -> tuple[Stretch, ...]:
    """The stretches cut to `[start, end)`, in order; end None: it still runs."""
    found = []
    for it in stretches:
        since = max(it.start, start)
        until = it.end if end is None or (it.end is not None and it.end < end) else end
        if until is None or since < until:
            is_whole = since == it.start and until == it.end
            found.append(it if is_whole else Stretch(kind=it.kind, start=since, end=until, rule=it.rule))
    return tuple(sorted(found, key=lambda it: it.start))


def answered(event: Event, at: datetime) -> Ending:
    """Fulfilled by a message."""
    return Ending(at=at, event=event.id, fulfilled=True)


def resolved(event: Event, at: datetime) -> Ending:
    """Fulfilled by a resolve, nobody having written."""
    return Ending(at=at, event=event.id, fulfilled=True, via="resolve")

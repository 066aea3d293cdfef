"""How does a cycle stand, for every later `now`, as far as the events decide it?

What a clock says changes with the time in two ways only: a cycle that runs is late once `now` is past
its due instant (docs/sla.md C4), and open time goes on passing (C3). A `Standing` keeps all the rest,
so that it can be stored and asked again without its ticket.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Self, TypeVar

import msgspec
from msgspec.structs import replace

from tkt.clocks.verdict import State, Verdict
from tkt.worktime import Calendar, active_seconds

AnOutcome = TypeVar("AnOutcome", bound="Outcome")

_UNDECIDED = ("active", "paused")


class Outcome(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """What came of one cycle of a clock, as key figures ask for it; the words are those of `Verdict`."""

    clock: str
    state: State
    start_at: datetime
    ended_at: datetime | None = None
    is_fulfilled: bool = False  # else, where it ended, cancelled
    due_at: datetime | None = None
    breached_at: datetime | None = None
    elapsed_s: int | None = None  # until its end, else until the instant of its `Standings`
    via: str | None = None
    reason: str | None = None
    cause: str | None = (
        None  # as somebody acknowledged its breach, or what is going to be one; "" without a word
    )

    @property
    def fulfilled_at(self) -> datetime | None:
        """When it was answered or resolved."""
        return self.ended_at if self.is_fulfilled else None

    @property
    def is_running(self) -> bool:
        """Whether it is judged and has not ended; a breached cycle may still run."""
        return self.ended_at is None and self.state in ("active", "paused", "breached")

    def is_late_only_at(self, now: datetime) -> bool:
        """Whether it was in time at the instant of its `Standings`, and is late at `now`."""
        return self.state in _UNDECIDED and self.due_at is not None and now > self.due_at

    def at(self, now: datetime) -> Self:
        """The same cycle at `now`; only its seconds stay those of its `Standings`."""
        if not self.is_late_only_at(now):
            return self
        return replace(self, state="breached", breached_at=self.due_at)


class Standing(Outcome, frozen=True, array_like=True, gc=False, kw_only=True):
    """One cycle of one clock at the instant of its `Standings`."""

    cycle: str
    is_paused: bool = False  # a pause goes on
    paused_s: int | None = None  # as `elapsed_s`
    target_s: int | None = None
    policy: str | None = None
    priority: str | None = None
    calendar: str | None = None
    ladder: str | None = None
    is_untargeted: bool = False

    @property
    def outcome(self) -> Outcome:
        """As much of it as key figures ask for."""
        return Outcome(
            clock=self.clock,
            state=self.state,
            start_at=self.start_at,
            ended_at=self.ended_at,
            is_fulfilled=self.is_fulfilled,
            due_at=self.due_at if self.ended_at is None else None,
            breached_at=self.breached_at,
            elapsed_s=self.elapsed_s,
            via=self.via,
            reason=self.reason,
            cause=self.cause,
        )

    def left_s(self, elapsed: int | None) -> int | None:
        """Open seconds left after `elapsed`, negative once it is late; None where nothing is due any more."""
        is_over = self.ended_at is not None or self.state in ("n/a", "cancelled")
        return None if is_over or self.target_s is None or elapsed is None else self.target_s - elapsed


class Standings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How all cycles of a ticket stand at `valid_from`, and with that at every later instant."""

    valid_from: datetime
    cycles: tuple[Standing, ...] = ()


def standing_at(cycles: tuple[AnOutcome, ...], now: datetime) -> tuple[AnOutcome, ...]:
    """The cycles at `now`, which is the instant of their `Standings` or later; most stand as they did."""
    for each in cycles:
        if each.is_late_only_at(now):
            return tuple(each.at(now) for each in cycles)
    return cycles


def seconds_at(
    standing: Standing, since: datetime, calendars: Mapping[str, Calendar], now: datetime
) -> tuple[int | None, int | None]:
    """(seconds that counted, seconds taken out) up to the cycle's end or `now`; open ones where it has a calendar.

    `since` is the instant of its `Standings`, `now` that or later.
    """
    elapsed, paused = standing.elapsed_s, standing.paused_s
    if elapsed is None or paused is None or standing.ended_at is not None:
        return elapsed, paused
    passed = passed_seconds(standing.calendar, since, now, calendars)
    return (elapsed, paused + passed) if standing.is_paused else (elapsed + passed, paused)


def passed_seconds(
    calendar: str | None, since: datetime, now: datetime, calendars: Mapping[str, Calendar]
) -> int:
    """The open seconds of a calendar between two instants; without one those of the wall."""
    if calendar is None:
        return int((now - since).total_seconds())
    return active_seconds(calendars[calendar], since, now)


def verdict_of(
    standing: Standing, since: datetime, ticket: str, calendars: Mapping[str, Calendar], now: datetime
) -> Verdict:
    """What the cycle says at `now`; `ticket` is the ticket's id, `since` and `now` as in `seconds_at`."""
    it = standing.at(now)
    elapsed, paused = it.elapsed_s, it.paused_s
    if it.ended_at is None and since != now:
        elapsed, paused = seconds_at(it, since, calendars, now)
    found = Verdict(
        ticket=ticket,
        clock=it.clock,
        cycle=it.cycle,
        state=it.state,
        policy=it.policy,
        priority=it.priority,
        calendar=it.calendar,
        ladder=it.ladder,
        target_s=it.target_s,
        start_at=it.start_at,
        due_at=it.due_at,
        ended_at=it.ended_at,
        elapsed_s=elapsed,
        paused_s=paused,
    )
    return replace(  # a call with more than 15 names makes a dict of them first, and takes four times as long
        found,
        fulfilled_at=it.fulfilled_at,
        breached_at=it.breached_at,
        remaining_s=it.left_s(elapsed),
        via=it.via,
        reason=it.reason,
        acknowledged=it.state == "breached" and it.cause is not None,
        untargeted=it.is_untargeted,
    )

"""sla: verdicts agree with an independent walk, minute by minute, over random lives of tickets.

The walk knows nothing of calendars' tables, of pauses as spans or of cycles as values: it looks at
each minute, asks whether the desk is open and the clock runs, and counts (docs/sla.md C3, C4, L3 to L6, L8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sla_desk import LEVELS, TARGETS, ZONE, agent, at, changed, customer, moved, resolve, ticket, wait

from tkt.durations import parse_duration
from tkt.model import Event, Ticket
from tkt.sla import verdicts

START = at("09:00")  # a Monday
DAYS = 3 * 24 * 60
Step = tuple[int, str]
"""A minute after the start, and what happened then."""

KINDS = ("customer", "agent", "bot", "wait", "vendor", "start", "resolve", "P1", "P2", "P3")
MINUTES = st.one_of(st.integers(1, 10 * 60), st.integers(1, DAYS))
LIVES = st.lists(st.tuples(MINUTES, st.sampled_from(KINDS)), max_size=9, unique_by=lambda step: step[0]).map(
    sorted
)
PRIORITIES = st.sampled_from(("P1", "P2", "P3"))


def when(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def ticket_of(life: Sequence[Step], priority: str) -> Ticket:
    events, current = [customer(START)], priority
    for minute, kind in life:
        events.append(_event(when(minute), kind, current))
        current = kind if kind.startswith("P") else current
    return ticket(*events, received=START, priority=priority)


def _event(instant: datetime, kind: str, current: str) -> Event:
    simple = {"customer": customer, "agent": agent, "wait": wait, "resolve": resolve}
    if kind in simple:
        return simple[kind](instant)
    if kind == "bot":
        return agent(instant, auto=True)
    if kind == "vendor":
        return wait(instant, on="vendor")
    return moved(instant, "in-progress") if kind == "start" else changed(instant, "priority", current, kind)


# --- the walk


def is_open(calendar: str, minute: int) -> bool:
    if calendar == "always":
        return True
    wall = when(minute).astimezone(ZoneInfo(ZONE))
    of_day = wall.hour * 60 + wall.minute
    return wall.weekday() < 5 and (9 * 60 <= of_day < 12 * 60 or 13 * 60 + 30 <= of_day < 18 * 60)


def target_of(priority: str, clock: str) -> tuple[str, int]:
    row = TARGETS[priority]
    return row["calendar"], parse_duration(row[clock]) // 60


@dataclass
class Counted:
    """What a walk along one cycle found, in minutes."""

    active: dict[str, int] = field(default_factory=lambda: {"office": 0, "always": 0})
    reached: dict[tuple[str, int], int] = field(default_factory=dict)
    breached_at: int | None = None
    reason: str | None = None

    def see(self, minute: int, since: int, promise: tuple[str, int]) -> None:
        """Whether the minute that begins is later than the due instant of what is promised in it."""
        reached = self.reached.get(promise)
        if self.breached_at is None and reached is not None and reached <= minute:
            self.breached_at = max(reached, since)
            self.reason = "reclassified" if since > reached else None

    def count(self, minute: int) -> None:
        for calendar in self.active:
            if is_open(calendar, minute):
                self.active[calendar] += 1
                self.reached.setdefault((calendar, self.active[calendar]), minute + 1)


def walk(life: Sequence[Step], priority: str, clock: str, start: int, end: int, stopped: set[int]) -> Counted:
    happened, found, since = dict(life), Counted(), start
    for minute in range(end):
        if happened.get(minute, "").startswith("P"):
            promised = target_of(priority, clock)
            priority = happened[minute]
            since = minute if minute > start and target_of(priority, clock) != promised else since
        if minute >= start:
            found.see(minute, since, target_of(priority, clock))
            if minute not in stopped:
                found.count(minute)
    return found


def priority_at(life: Sequence[Step], priority: str, end: int) -> str:
    return next((kind for minute, kind in reversed(life) if kind.startswith("P") and minute < end), priority)


def stopped_minutes(life: Sequence[Step], now: int) -> tuple[set[int], int | None]:
    """The minutes in which the resolution clock stands, and when it was resolved for good."""
    happened, stopped = dict(life), set()
    asked, written, paused, resolved_at = -1, 0, False, None
    for minute in range(now + 1):
        kind = happened.get(minute)
        if kind == "customer":
            written, paused = minute, False
        elif kind == "agent":
            asked = minute
        elif kind == "resolve":
            paused, resolved_at = False, minute if resolved_at is None else resolved_at
        elif kind in ("wait", "vendor", "start"):
            paused, resolved_at = kind == "wait" and asked >= written, None
        if paused or resolved_at is not None:
            stopped.add(minute)
    return stopped, resolved_at


# --- the properties


@settings(deadline=None)
@given(life=LIVES, priority=PRIORITIES, now=MINUTES)
def test_the_resolution_clock_agrees_with_a_walk_along_the_minutes(
    life: list[Step], priority: str, now: int
) -> None:
    stopped, resolved_at = stopped_minutes([step for step in life if step[0] <= now], now)
    end = now if resolved_at is None else resolved_at
    walked = walk(life, priority, "resolution", 0, end, stopped)
    verdict = next(
        it for it in verdicts(ticket_of(life, priority), LEVELS, when(now)) if it.clock == "resolution"
    )
    assert verdict.breached_at == (None if walked.breached_at is None else when(walked.breached_at))
    assert verdict.reason == walked.reason
    assert verdict.fulfilled_at == (None if resolved_at is None else when(resolved_at))
    assert verdict.calendar is not None
    assert verdict.elapsed_s == walked.active[verdict.calendar] * 60
    if walked.breached_at is None:
        running = "paused" if now in stopped else "active"
        assert verdict.state == ("met" if resolved_at is not None else running)


def responses(life: Sequence[Step], now: int) -> Iterator[tuple[str, int, int | None]]:
    """(clock, start, end) of every response that was owed, by reading the life once."""
    clock, since = "first_response", 0
    owed, finished = True, False
    for minute, kind in life:
        if minute > now:
            break
        if owed and (kind == "agent" or (kind == "resolve" and not finished)):
            yield clock, since, minute
            clock, owed = "next_response", False
        elif owed and clock == "next_response" and kind == "resolve" and not finished:
            yield clock, since, minute
            owed = False
        elif kind == "customer" and not owed:
            since, owed = minute, True
        if kind in ("resolve", "start", "wait", "vendor"):
            finished = kind == "resolve"
    if owed:
        yield clock, since, None


@settings(deadline=None)
@given(life=LIVES, priority=PRIORITIES, now=MINUTES)
def test_the_response_clocks_agree_with_a_walk_along_the_minutes(
    life: list[Step], priority: str, now: int
) -> None:
    judged = [it for it in verdicts(ticket_of(life, priority), LEVELS, when(now)) if it.clock != "resolution"]
    expected = list(responses(life, now))
    assert [(it.clock, it.start_at, it.fulfilled_at) for it in judged] == [
        (clock, when(start), None if end is None else when(end)) for clock, start, end in expected
    ]
    for verdict, (clock, start, end) in zip(judged, expected, strict=True):
        until = now if end is None else end
        walked = walk(life, priority, clock, start, until, set())
        assert verdict.breached_at == (None if walked.breached_at is None else when(walked.breached_at))
        assert verdict.reason == walked.reason
        if walked.breached_at is None:
            assert verdict.state == ("active" if end is None else "met")


@settings(deadline=None)
@given(life=LIVES, priority=PRIORITIES, now=MINUTES, later=MINUTES)
def test_a_breach_is_never_taken_back(life: list[Step], priority: str, now: int, later: int) -> None:
    # docs/sla.md L6: it is sticky, whatever happens afterwards
    it = ticket_of(life, priority)
    now, later = sorted((now, later))
    broken = {
        (v.clock, v.cycle): v.breached_at for v in verdicts(it, LEVELS, when(now)) if v.state == "breached"
    }
    after = {(v.clock, v.cycle): v.breached_at for v in verdicts(it, LEVELS, when(later))}
    assert {cycle: after[cycle] for cycle in broken} == broken


@settings(deadline=None)
@given(life=LIVES, priority=PRIORITIES, now=MINUTES, order=st.randoms())
def test_verdicts_do_not_depend_on_the_order_of_the_file(
    life: list[Step], priority: str, now: int, order: Random
) -> None:
    # docs/sla.md S3
    it = ticket_of(life, priority)
    mixed = list(it.events)
    order.shuffle(mixed)
    other = Ticket(id=it.id, status=it.status, values=it.values, events=tuple(mixed))
    assert verdicts(it, LEVELS, when(now)) == verdicts(other, LEVELS, when(now))

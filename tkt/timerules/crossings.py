"""When did a clock reach each rung of its ladder? (docs/sla.md E1, E2)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tkt.clocks.cycle import Cycle, family_of
from tkt.clocks.judging import Case
from tkt.frozen import dataclass
from tkt.policies.ladders import Ladder, Rung
from tkt.policies.targets import InForce
from tkt.worktime import Calendar, CalendarNeverOpens, due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A rung that a cycle reaches if nothing more happens, and the promise in force then."""

    rung: Rung
    at: datetime
    promise: InForce
    ladder: Ladder
    calendar: Calendar | None  # None: by the clock on the wall


def crossings(cycle: Cycle, case: Case) -> Iterator[Crossing]:
    """Every rung that the cycle reaches before it ends, each once.

    It is reached at the first instant at which open time, pauses taken out, has come so far under the target in
    force then: another target makes rungs crossed that its time has passed (L6). A pause that goes on puts off
    what has not been reached. What is not judged reaches nothing.
    """
    if not is_judged(cycle, case):
        return
    promises = case.over(cycle)
    end = cycle.ending.at if cycle.ending else None
    untils = [*(promise.since or cycle.start_at for promise in promises[1:]), end]
    seen: set[str] = set()
    for promise, until in zip(promises, untils, strict=True):
        for found in _under(cycle, promise, case):
            if found.rung.text not in seen and (until is None or found.at < until):
                seen.add(found.rung.text)
                yield found


def is_judged(cycle: Cycle, case: Case) -> bool:
    """Whether anything can fall due: not on what was put away (L11), is exempt (P5) or was met elsewhere (L10)."""
    enforced = case.levels.enforce_from
    is_exempt = enforced is not None and case.history.started_at < enforced
    is_inherited = cycle.ending is not None and cycle.ending.via == "split"
    is_out = case.history.discarded_as is not None or cycle.not_applicable is not None
    return not (is_exempt or is_inherited or is_out)


def _under(cycle: Cycle, promise: InForce, case: Case) -> Iterator[Crossing]:
    """The rungs of the ladder in force, each at its instant or, where that is earlier, at the promise's."""
    row, target = promise.row, promise.target_for(cycle.clock)
    ladder = None if row is None else case.levels.ladders.get(row.ladder or "")
    if row is None or ladder is None or target is None:
        return
    calendar = None if promise.fixed_at is not None else case.levels.calendars[row.calendar]
    for rung in ladder.get(family_of(cycle.clock), ()):
        at = _reached_at(cycle, rung, target, calendar)
        if at is not None:
            yield Crossing(
                rung=rung,
                at=max(at, promise.since or cycle.start_at),
                promise=promise,
                ladder=ladder,
                calendar=calendar,
            )


def _reached_at(cycle: Cycle, rung: Rung, target: int, calendar: Calendar | None) -> datetime | None:
    """When so much time had passed; None while a pause puts it off, and where the calendar stays closed."""
    after = rung.reached_after(target)
    if calendar is None:
        return cycle.start_at + timedelta(seconds=after)
    try:
        at = due_at(calendar, cycle.start_at, after, cycle.pauses())
    except CalendarNeverOpens:
        return None
    since = cycle.paused_since()
    return None if since is not None and at > since else at

"""Was a cycle in time? (docs/sla.md C4, L5, L6)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from tkt.clocks.cycle import Cycle, family_of
from tkt.clocks.history import History
from tkt.clocks.standing import Standing, verdict_of
from tkt.clocks.verdict import CALENDAR_CLOSED, State, Verdict
from tkt.frozen import dataclass
from tkt.policies.levels import ServiceLevels
from tkt.policies.targets import InForce, Promises, with_terms
from tkt.worktime import CalendarNeverOpens, active_seconds, due_and_active, due_at

RECLASSIFIED = "reclassified"


class Breach(msgspec.Struct, frozen=True, gc=False):
    """When a cycle was late, and whether a new target made it so."""

    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One ticket before the judge."""

    history: History
    levels: ServiceLevels
    promises: Promises
    acknowledged: Mapping[tuple[str, str], str]  # (clock, cycle) → the cause that was given last

    def over(self, cycle: Cycle) -> tuple[InForce, ...]:
        """The promises of a cycle, up to its end."""
        until = cycle.ending.at if cycle.ending is not None else None
        found = self.promises.over(cycle.start_at, until)
        return with_terms(found, cycle.terms, until) if cycle.terms else found

    def is_promised(self, cycle: Cycle) -> bool:
        """Whether some policy promises something on it while it lasts."""
        family = None if cycle.terms else family_of(cycle.clock)
        for it in self.promises.over(cycle.start_at, cycle.ending.at if cycle.ending is not None else None):
            if it.row is not None and (family is None or family in it.row.targets):
                return True
        return False


def case_of(history: History, levels: ServiceLevels) -> Case:
    """Everything that judging one ticket needs."""
    return Case(
        history=history,
        levels=levels,
        promises=Promises(history.ticket, history.events, levels.policies, history.is_new_at),
        acknowledged={
            (str(event.get("clock")), str(event.get("cycle"))): str(event.get("cause") or "")
            for event in history.of_kind("acknowledged")
        },
    )


def stands(cycle: Cycle, case: Case) -> Standing:
    """How the cycle stands at the instant up to which the case's history goes."""
    promises = case.over(cycle)
    last = promises[-1]
    target = last.target_for(cycle.clock)
    plain = _plain(cycle, promises, target, case)
    dues = [due_under(cycle, promise, case) for promise in promises] if plain is None else [plain[0]]
    ending, row, is_fixed = cycle.ending, last.row, last.fixed_at is not None
    # one that was met by the ticket that this one was split from was judged there (L10)
    is_judged = cycle.not_applicable is None and (ending is None or ending.via != "split")
    breach = first_breach(cycle, promises, dues, case.history.now) if is_judged else None
    state, reason = _state(cycle, case, last, target is not None, breach, dues[-1])
    is_counted = target is not None and state != "n/a"
    elapsed, paused = _spent(cycle, last, case, plain) if is_counted else (None, None)
    found = Standing(
        clock=cycle.clock,
        cycle=cycle.event,
        state=state,
        start_at=cycle.start_at,
        ended_at=None if ending is None else ending.at,
        is_fulfilled=ending is not None and ending.fulfilled,
        due_at=dues[-1] if state != "n/a" else None,
        elapsed_s=elapsed,
        paused_s=paused,
        target_s=target,
        policy=None if last.policy is None else last.policy.name,
        priority=last.priority,
        calendar=None if row is None or is_fixed else row.calendar,
        ladder=None if row is None else row.ladder,
    )
    return replace(  # a call with more than 15 names makes a dict of them first, and takes four times as long
        found,
        is_paused=bool(cycle.stretches) and cycle.paused_since() is not None,
        breached_at=breach.at if breach is not None and state == "breached" else None,
        via=None if ending is None else ending.via,
        reason=reason,
        cause=case.acknowledged.get((cycle.clock, cycle.event)) if case.acknowledged else None,
        is_untargeted=last.is_untargeted and not is_fixed,
    )


def judged(cycle: Cycle, case: Case) -> Verdict:
    """The verdict on one cycle at that instant."""
    now = case.history.now
    return verdict_of(stands(cycle, case), now, case.history.ticket.id, case.levels.calendars, now)


def first_breach(
    cycle: Cycle, promises: Sequence[InForce], dues: Sequence[datetime | None], now: datetime
) -> Breach | None:
    """The first instant later than the due under the target in force then (L6); it is never cleared.

    `dues` are the due instants under each of the promises.
    """
    end = cycle.ending.at if cycle.ending else now
    if len(promises) == 1:
        due = dues[0]
        return Breach(due) if due is not None and end > due else None
    ends = [*(promise.since or end for promise in promises[1:]), end]
    for promise, due, until in zip(promises, dues, ends, strict=True):
        if due is None:
            continue
        if promise.since is not None and promise.since > due:
            return Breach(promise.since, RECLASSIFIED)
        if until > due:
            return Breach(due)
    return None


def due_under(cycle: Cycle, promise: InForce, case: Case) -> datetime | None:
    """The due instant under a promise.

    None without a target, while an open pause puts it off, and where its calendar stays closed too long.
    """
    try:
        due = _used_up_at(cycle, promise, case)
    except CalendarNeverOpens:
        return None
    since = cycle.paused_since() if cycle.stretches else None
    return None if due is None or (since is not None and due > since) else due


def _used_up_at(cycle: Cycle, promise: InForce, case: Case) -> datetime | None:
    """When its target is used up, None without one. Errors: CalendarNeverOpens."""
    if promise.fixed_at is not None:
        return promise.fixed_at
    target = promise.target_for(cycle.clock)
    if target is None or promise.row is None:
        return None
    calendar = case.levels.calendars[promise.row.calendar]
    return due_at(calendar, cycle.start_at, target, cycle.pauses() if cycle.stretches else ())


def _is_closed_too_long(cycle: Cycle, promise: InForce, case: Case) -> bool:
    """Whether nothing can be judged by the promise, as its calendar has 366 closed days in a row (C5)."""
    try:
        _used_up_at(cycle, promise, case)
    except CalendarNeverOpens:
        return True
    return False


def _state(
    cycle: Cycle, case: Case, last: InForce, has_target: bool, breach: Breach | None, due: datetime | None
) -> tuple[State, str | None]:
    """The first of these that holds, and why."""
    if case.history.discarded_as is not None:
        return "cancelled", case.history.discarded_as
    if cycle.not_applicable is not None:
        return "n/a", cycle.not_applicable
    enforced = case.levels.enforce_from
    if enforced is not None and case.history.started_at < enforced:
        return "exempt", None
    if breach is not None:
        return "breached", breach.reason
    if not has_target:
        return "n/a", _lacking(last)
    if due is None and _is_closed_too_long(cycle, last, case):
        return "n/a", CALENDAR_CLOSED
    return _unbreached(cycle)


def _unbreached(cycle: Cycle) -> tuple[State, str | None]:
    if cycle.ending is None:
        return ("paused" if cycle.stretches and cycle.paused_since() is not None else "active"), None
    return ("met" if cycle.ending.fulfilled else "cancelled"), cycle.ending.reason


def _lacking(last: InForce) -> str:
    if last.policy is None:
        return "uncovered"
    return "untargeted" if last.is_untargeted else "no-target"


def _plain(
    cycle: Cycle, promises: Sequence[InForce], target: int | None, case: Case
) -> tuple[datetime, int] | None:
    """(due instant, seconds that counted) of a cycle like most: one promise, by a calendar, and no pauses; else None."""
    promise = promises[0]
    row = promise.row
    if cycle.stretches or not target or row is None or len(promises) > 1 or promise.fixed_at is not None:
        return None
    end = case.history.now if cycle.ending is None else cycle.ending.at
    try:
        return due_and_active(case.levels.calendars[row.calendar], cycle.start_at, target, end)
    except CalendarNeverOpens:
        return None


def _spent(cycle: Cycle, last: InForce, case: Case, plain: tuple[datetime, int] | None) -> tuple[int, int]:
    """(seconds that counted, seconds taken out), up to the end or now: open ones, or of the wall."""
    if plain is not None:
        return plain[1], 0
    end = cycle.ending.at if cycle.ending else case.history.now
    if last.row is None or last.fixed_at is not None:
        return max(0, int((end - cycle.start_at).total_seconds())), 0
    calendar = case.levels.calendars[last.row.calendar]
    pauses = cycle.pauses()
    since = cycle.paused_since()
    if since is not None and since < end:
        pauses.append((since, end))
    counted = active_seconds(calendar, cycle.start_at, end, pauses)
    whole = active_seconds(calendar, cycle.start_at, end) if pauses else counted
    return counted, whole - counted

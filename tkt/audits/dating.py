"""When was an event written down, and does it say so (docs/sla.md S5)?

An event is late where it says to have happened longer before its commit than the tolerance. It is marked
where it says when it was recorded. A commit that was made again, by a rebase or by hand, is believed as
of its author's date, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from tkt.audits.cases import Commit, TicketCase, about
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import (
    all_named,
    by_command,
    clock_time,
    is_a_machines,
    is_the_customers,
    lead,
    span,
    stamp,
)
from tkt.checks.order import STEM
from tkt.clock import instant_text
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.ids import event_ids
from tkt.merging.canonical import canonical_event
from tkt.merging.edits import BY
from tkt.model import Event

Lateness = Literal["marked", "unmarked", "believed", "merged"]
"""It says so; it does not; its author's date has it in time; a merge put it behind the last event of a side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An event that was written down later than it says to have happened."""

    event: Event
    origin: Commit
    how: Lateness
    recorded_at: datetime


def late_events(case: TicketCase) -> tuple[Late, ...]:
    """The new events that were recorded late, in order."""
    found = (_late(event, case) for event in case.new)
    return tuple(it for it in found if it is not None)


def _late(event: Event, case: TicketCase) -> Late | None:
    origin, tolerance = case.origins.get(event.id), case.manner.tolerance
    if origin is None:
        return None
    committed = origin.committed_at
    if event.recorded_at is not None:
        recorded = event.recorded_at if _tells_the_truth(event.recorded_at, origin, case) else committed
        return Late(event=event, origin=origin, how="marked", recorded_at=recorded)
    if event.at >= committed - tolerance:
        return None
    how: Lateness = "believed" if event.at >= origin.written_at - tolerance else "unmarked"
    how = "merged" if _is_a_merges(event) else how
    return Late(event=event, origin=origin, how=how, recorded_at=committed)


def _is_a_merges(event: Event) -> bool:
    """Whether a merge wrote it for an edit by hand: its id follows from it (docs/file-format.md, Merging)."""
    derived = event_ids(source=("merge", canonical_event(replace(event, id=""))))
    return event.by == BY and event.id[:STEM] == next(derived)[:STEM]


def _tells_the_truth(recorded_at: datetime, origin: Commit, case: TicketCase) -> bool:
    """Whether it was recorded when its commit was written, or between that and committing it again."""
    tolerance = case.manner.tolerance
    return origin.written_at - tolerance <= recorded_at <= origin.committed_at + tolerance


def back_dated(case: TicketCase) -> Iterator[Finding]:
    """What was recorded late says so, and why; what says so is listed (docs/sla.md S5)."""
    late = {it.event.id: it for it in late_events(case)}
    for events in by_command(it.event for it in late.values()):
        first = late[lead(events).id]
        if all(it.recorded_at is not None and not it.is_back_dated for it in events):
            continue  # the time's: noticed after it fell due
        if first.how == "unmarked":
            yield _unmarked(first, events, case)
        elif first.how == "marked":
            yield _marked(first, events, case)
        elif first.how == "merged":
            told = msg(
                "{what} was put down by a merge, committed at {time}, for an edit by hand",
                what=all_named(events),
                time=stamp(first.recorded_at, case.manner.zone),
            )
            yield about(Level.NOTE, first.event, told, case)


def recorded_at(case: TicketCase) -> Iterator[Finding]:
    """The instant at which an event says it was recorded is that of its commit."""
    for event, events, origin in _brought(case):
        if event.recorded_at is not None and not _tells_the_truth(event.recorded_at, origin, case):
            told = msg(
                "{what} says it was recorded at {recorded}, but was {committed}",
                what=all_named(events),
                recorded=stamp(event.recorded_at, case.manner.zone),
                committed=_committed(origin, event.recorded_at, case),
            )
            yield about(Level.ERROR, event, told, case)


def ahead(case: TicketCase) -> Iterator[Finding]:
    """Nothing happened after it was committed."""
    for event, events, origin in _brought(case):
        if event.at > origin.committed_at + case.manner.tolerance:
            told = msg(
                "{what} is of {at}, but was {committed}, {span} earlier",
                what=all_named(events),
                at=stamp(event.at, case.manner.zone),
                committed=_committed(origin, event.at, case),
                span=span(event.at - origin.committed_at),
            )
            yield about(Level.ERROR, event, told, case)


def before_base(case: TicketCase) -> Iterator[Finding]:
    """What is new and older than the state it was added to is listed, unless it was told already."""
    base_at = case.base_at
    told = {it.event.id for it in late_events(case) if it.how != "believed"}
    for event, events, _origin in _brought(case) if base_at else ():
        if base_at and event.at < base_at - case.manner.tolerance and event.id not in told:
            message = msg(
                "{what} is of {at}, {span} before the state that it was added to",
                what=all_named(events),
                at=stamp(event.at, case.manner.zone),
                span=span(base_at - event.at),
            )
            yield about(Level.NOTE, event, message, case)


def _brought(case: TicketCase) -> Iterator[tuple[Event, list[Event], Commit]]:
    """Command by command: the event that speaks for it, all of them, and the commit that brought them."""
    for events in by_command(case.new):
        event = lead(events)
        origin = case.origins.get(event.id)
        if origin is not None:
            yield event, events, origin


def _committed(origin: Commit, beside: datetime, case: TicketCase) -> Message:
    """When it was committed; what is not yet is judged as if it were now."""
    time = clock_time(origin.committed_at, beside, case.manner.zone)
    return (
        msg("committed at {time}", time=time) if origin.sha else msg("not yet committed at {time}", time=time)
    )


def _unmarked(late: Late, events: list[Event], case: TicketCase) -> Finding:
    event = late.event
    told = msg(
        "{what} of {at} was {committed}, {span} later, and does not say that it was recorded late",
        what=all_named(events),
        at=stamp(event.at, case.manner.zone),
        committed=_committed(late.origin, event.at, case),
        span=span(late.recorded_at - event.at),
    )
    level = Level.WARNING if _needs_no_reason(events) else Level.ERROR
    hint = msg('record it with both times: --at {at} --reason "…"', at=instant_text(event.at))
    return about(level, event, told, case, hint=hint)


def _marked(late: Late, events: list[Event], case: TicketCase) -> Finding:
    event, zone = late.event, case.manner.zone
    reason = next((it.reason for it in events if it.reason), None)
    parts: dict[str, object] = {
        "what": all_named(events),
        "at": stamp(event.at, zone),
        "recorded": clock_time(late.recorded_at, event.at, zone),
    }
    if reason is not None:
        told = msg("{what} of {at} was recorded at {recorded}: {reason}", reason=reason, **parts)
        return about(Level.NOTE, event, told, case)
    if _needs_no_reason(events):
        return about(Level.NOTE, event, msg("{what} of {at} was recorded at {recorded}", **parts), case)
    told = msg("{what} of {at} was recorded at {recorded}, without a reason", **parts)
    return about(Level.ERROR, event, told, case, hint=msg('say why: --reason "…"'))


def _needs_no_reason(events: Sequence[Event]) -> bool:
    """Whether it is what a customer said, and what rules made of it: nobody of the desk gains by it (S5)."""
    return any(map(is_the_customers, events)) and all(
        is_the_customers(it) or (is_a_machines(it) and it.did != "message") for it in events
    )

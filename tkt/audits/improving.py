"""Does what was recorded late make a clock look better than it ran?

Each verdict is given twice at one instant: with the events where they say they happened, and where they
were recorded. What was late by the second and is not by the first, or less late, is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from tkt.audits.cases import TicketCase, about
from tkt.audits.dating import Late, late_events
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import clock_time, is_the_customers, named, span, stamp
from tkt.fields import clock_told
from tkt.i18n import Message, msg
from tkt.model import Ticket, in_order
from tkt.sla import Verdict, family_of, verdicts

Verdicts = Mapping[tuple[str, str], Verdict]
"""(clock, cycle) → its verdict."""

_ENDING = ("message", "moved", "no-reply-needed")


def improved(case: TicketCase) -> Iterator[Finding]:
    """What makes a clock look better than it ran: a late record, a start that is later than the request."""
    yield from _started_late(case)
    yield from _stopped_early(case)


def _started_late(case: TicketCase) -> Iterator[Finding]:
    """A new ticket is received when it is opened, or before (docs/sla.md, Clocks)."""
    opened, received_at = case.after.opened, case.after.received_at
    if case.before is None and opened in case.new and received_at > opened.at + case.manner.tolerance:
        zone = case.manner.zone
        told = msg(
            "it was opened at {at}, but says it was received at {received}, and its clocks start only then",
            at=stamp(opened.at, zone),
            received=clock_time(received_at, opened.at, zone),
        )
        yield replace(about(Level.ERROR, opened, told, case), key=("received_at",))


def _stopped_early(case: TicketCase) -> Iterator[Finding]:
    """Every late record after which a clock that was late is met, or less late."""
    late = [it for it in late_events(case) if _may_stop_a_clock(it, case)]
    if not late:
        return
    told = _judged(case.after, case)
    told_later = _judged(_as_recorded(case.after, late), case)
    for key, then in told_later.items():
        claimed = told.get(key)
        if then.state == "breached" and _is_better(claimed, then, case.manner.now):
            yield _finding(_cause(late, key, claimed, case), claimed, then, case)


def _may_stop_a_clock(late: Late, case: TicketCase) -> bool:
    """What a customer said stays where it was; so do the values that a ticket began with."""
    event, opened = late.event, case.after.opened
    is_beginning = opened is not None and event.at <= opened.at and event.did == "set"
    return not is_the_customers(event) and event.did != "opened" and not is_beginning


def _judged(ticket: Ticket, case: TicketCase) -> Verdicts:
    found = verdicts(ticket, case.manner.levels, case.manner.now)
    return {(it.clock, it.cycle): it for it in found}


def _as_recorded(ticket: Ticket, late: Iterable[Late]) -> Ticket:
    """The ticket with these events at the instants at which they were recorded."""
    moved = {it.event.id: replace(it.event, at=it.recorded_at) for it in late}
    return replace(ticket, events=in_order(moved.get(event.id, event) for event in ticket.events))


def _is_better(claimed: Verdict | None, then: Verdict, now: datetime) -> bool:
    """Whether a verdict is better than the breach it would have been."""
    if claimed is None or claimed.state != "breached":
        return True
    if (
        claimed.breached_at is not None
        and then.breached_at is not None
        and claimed.breached_at > then.breached_at
    ):
        return True
    return (claimed.ended_at or now) < (then.ended_at or now)


def _cause(late: list[Late], key: tuple[str, str], claimed: Verdict | None, case: TicketCase) -> Late:
    """The late record that ended the clock; else one that makes the difference by itself, else the last."""
    ended_at = claimed.ended_at if claimed else None
    for one in late:
        if one.event.at == ended_at and one.event.did in _ENDING:
            return one
    for one in late:
        alone = _judged(_as_recorded(case.after, [one]), case).get(key)
        if alone is not None and alone.state == "breached" and _is_better(claimed, alone, case.manner.now):
            return one
    return late[-1]


def _finding(late: Late, claimed: Verdict | None, then: Verdict, case: TicketCase) -> Finding:
    event, zone = late.event, case.manner.zone
    parts: dict[str, object] = {
        "what": named(event),
        "at": stamp(event.at, zone),
        "recorded": clock_time(late.recorded_at, event.at, zone),
        "clock": clock_told(family_of(then.clock)),
    }
    is_explained = late.how in ("believed", "merged") or (late.how == "marked" and event.reason is not None)
    level = Level.WARNING if is_explained else Level.ERROR
    return about(level, event, _told(claimed, then, event.at, parts, case), case)


def _told(
    claimed: Verdict | None, then: Verdict, at: datetime, parts: dict[str, object], case: TicketCase
) -> Message:
    due = claimed.due_at if claimed and claimed.due_at else then.breached_at
    if due is not None:
        parts["due"] = clock_time(due, at, case.manner.zone)
    if claimed is not None and claimed.state == "met" and due is not None:
        return msg("{what}, recorded at {recorded} for {at}, makes {clock} met (due {due})", **parts)
    if claimed is not None and claimed.state == "breached" and then.due_at and claimed.due_at:
        parts["less"] = span((claimed.ended_at or case.manner.now) - claimed.due_at)
        parts["more"] = span((then.ended_at or case.manner.now) - then.due_at)
        return msg(
            "{what}, recorded at {recorded} for {at}, makes {clock} late by {less} instead of {more}", **parts
        )
    return msg("{what}, recorded at {recorded} for {at}, keeps {clock} from being late", **parts)

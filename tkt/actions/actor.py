"""Who does something to a ticket, and when: the pen that writes one command's events."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tkt.clock import instant_text
from tkt.errors import Refused, TktError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.ids import event_ids
from tkt.model import Event, Ticket, Value

TOLERANCE = timedelta(minutes=5)
"""How far a clock may be off, and how late a thing may be written down without a word (docs/sla.md S5)."""
STEP = timedelta(seconds=1)
"""How far the next event is put after the last where no time has passed (docs/file-format.md, Order)."""


class ClockShift(TktError):
    """This computer's clock is behind what the ticket already records."""

    code = "clock"


class BadTime(Refused):
    """`--at` names an instant at which nothing may be recorded (docs/sla.md S5)."""

    code = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does it, and when. `pen` makes several actions one command (`begun`)."""

    by: str
    now: datetime
    at: datetime | None = None  # `--at`
    reason: str | None = None
    via: str | None = None
    auto: bool = False
    role: str = "agent"
    ids: Callable[[Container[str]], Iterator[str]] | None = None  # None: random
    pen: Pen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes the events of one command: one instant, ids that count up (docs/file-format.md, Order)."""

    actor: Actor
    at: datetime
    recorded_at: datetime | None
    ids: Iterator[str]

    def event(self, did: str, *, explained: bool = False, forced: bool = False, **data: Value) -> Event:
        """The next event; keys that are None are left out. `explained`: it needs no reason, it has `because`."""
        actor = self.actor
        return Event(
            id=next(self.ids),
            at=self.at,
            by=actor.by,
            did=did,
            role=actor.role,
            auto=actor.auto,
            via=actor.via,
            forced=forced,
            reason=None if explained and self.recorded_at is None else actor.reason,
            recorded_at=self.recorded_at,
            data=MappingProxyType({key: value for key, value in data.items() if value is not None}),
        )

    def held_by(self, by: str, *, role: str = "system", auto: bool = True, via: str | None = None) -> Pen:
        """The same command, continued in another's name (a rule, the customer); the reason is not theirs."""
        reason = self.actor.reason if self.recorded_at else None
        return replace(self, actor=replace(self.actor, by=by, role=role, auto=auto, via=via, reason=reason))


def begun(ticket: Ticket | None, actor: Actor, *, excused: bool = False) -> Actor:
    """`actor` with a pen: all actions that get it write as one command.

    Errors: ClockShift, BadTime.
    """
    return replace(actor, pen=pen_for(ticket, actor, excused=excused))


def pen_for(ticket: Ticket | None, actor: Actor, *, excused: bool = False) -> Pen:
    """The pen of the command that `actor` is in, else a new one. `excused`: a late record needs no reason."""
    if actor.pen is not None:
        return actor.pen
    at = stamped(ticket, actor, excused=excused)
    late = actor.now - at > TOLERANCE
    taken = {event.id for event in ticket.events} if ticket else set()
    source = actor.ids or event_ids
    return Pen(actor=actor, at=at, recorded_at=actor.now if late else None, ids=iter(source(taken)))


def stamped(ticket: Ticket | None, actor: Actor, *, excused: bool = False) -> datetime:
    """The instant that a new event gets (docs/file-format.md, Order; docs/sla.md S5).

    Without `--at`: now, but never before a second after the last event. With it: that instant, or
    the next second that no event has yet. Errors: ClockShift, BadTime.
    """
    if actor.at is None:
        return _after_the_last(ticket, actor.now)
    _must_be_possible(ticket, actor.at, actor)
    if actor.now - actor.at > TOLERANCE and not actor.reason and not excused:
        raise BadTime(
            msg(
                "{at} is more than 5 minutes ago: say why it is recorded only now", at=instant_text(actor.at)
            ),
            hint=msg('--reason "…"'),
        )
    taken = {event.at for event in ticket.events} if ticket else set()
    at = actor.at
    while at in taken:
        at += STEP
    return at


def _after_the_last(ticket: Ticket | None, now: datetime) -> datetime:
    if ticket is None or not ticket.events:
        return now
    last = ticket.events[-1].at
    if last - now > TOLERANCE and not is_quick_succession(ticket, now):
        raise ClockShift(
            msg(
                "the last event of {ticket} is of {last}, but it is {now} on this computer: one clock is wrong",
                ticket=ticket.id,
                last=instant_text(last),
                now=instant_text(now),
            ),
            hint=msg("set this computer's clock, or give the time with --at"),
        )
    return max(now, last + STEP)


def is_quick_succession(ticket: Ticket, now: datetime) -> bool:
    """Whether the last events are ahead of `now` only since each is put a second after the one before.

    Such a run begins about now or earlier; one that begins ahead is of another clock.
    """
    return run_from(ticket) - now <= TOLERANCE


def run_from(ticket: Ticket) -> datetime:
    """Since when the last events follow each other by no more than a second."""
    start = ticket.updated_at
    for event in reversed(ticket.events):
        if start - event.at > STEP:
            break
        start = min(start, event.at)
    return start


def _must_be_possible(ticket: Ticket | None, at: datetime, actor: Actor) -> None:
    if at - actor.now > TOLERANCE:
        raise BadTime(
            msg("{at} is in the future, it is {now}", at=instant_text(at), now=instant_text(actor.now))
        )
    start = start_of(ticket)
    if start is not None and at < start:
        raise BadTime(
            msg("{at} is before the ticket's start, {start}", at=instant_text(at), start=instant_text(start))
        )


def start_of(ticket: Ticket | None) -> datetime | None:
    """Before this instant nothing can have happened to the ticket."""
    if ticket is None:
        return None
    return ticket.opened.at if ticket.opened else ticket.received_at

"""What is one thing that the time asks for, and how is it written down?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from tkt.actions.actor import Actor, Pen
from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.ids import event_ids
from tkt.model import Ticket, Value

BY = "tick"
"""Who writes what time rules do; git's author is whoever runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Somebody of the desk is to be told. Of one `topic` a run tells each person only the last (docs/tick.md)."""

    topic: tuple[str, ...]  # a clock and its cycle; or a rule and what it is about
    to: str  # a person's id
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One thing that fell due at an instant, not yet recorded on the ticket.

    `apply` takes the ticket as it is by then and a pen whose events are of `at`, recorded now, by `tick`, with
    ids that follow from `key`: the same thing gets the same ids in every clone. Once it is applied its rule
    must not name it again: what is recorded is known by the ticket's events, not by `key`.
    """

    rule: str  # its name in `table.RULES`
    at: datetime  # when it fell due; before `now`, and whatever `now` is
    did: str  # the kind of event it is counted as: warned, escalated, moved, message …
    what: Message  # what is done: "warn", "close" …
    why: Message
    about: Mapping[str, Value]  # {clock, cycle, rung}, or {rule}; stands in the notices
    key: tuple[str, ...]
    apply: Callable[[Ticket, Pen], Ticket]
    to: tuple[str, ...] = ()  # ids of people, or `customer`
    tells: tuple[Tell, ...] = ()
    queues: int = 0  # notices that `apply` itself writes
    good_until: datetime | None = None  # noticed then or later it is of no use, and neither done nor recorded
    moves: bool = False  # whether rules must look at the ticket anew afterwards


def pen_of(ticket: Ticket, now: datetime, at: datetime, key: tuple[str, ...]) -> Pen:
    """The pen of a firing: a machine's, its events of `at`, recorded now, their ids derived from `key`."""
    taken = {event.id for event in ticket.events}
    actor = Actor(by=BY, now=now, role="system", auto=True)
    return Pen(actor=actor, at=at, recorded_at=now, ids=event_ids(taken, source=key))

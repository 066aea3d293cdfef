"""What can be done to a ticket? Pure verbs: a ticket in, a new one out, with the events that say so.

Each takes the ticket, who does it (`Actor`) and the configuration; each refuses with everything that
is missing or wrong. The same ticket comes back where nothing changed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tkt.actions.actor import Actor, BadTime, ClockShift, Pen, begun
    from tkt.actions.adopting import adopt
    from tkt.actions.assigning import assign
    from tkt.actions.disposing import CannotDispose, NotDisposed, duplicate, restore, spam
    from tkt.actions.escalating import CannotEscalate, escalate
    from tkt.actions.fields import edited, set_values, tag
    from tkt.actions.following import ReasonNeeded, is_overridden
    from tkt.actions.given import NOTHING_GIVEN, Given
    from tkt.actions.messages import NothingSaid
    from tkt.actions.moving import (
        NoSuchMove,
        ReopenWindowPassed,
        close,
        move,
        reopen,
        resolve,
        start,
        take,
        wait,
    )
    from tkt.actions.opening import CannotOpen, open_ticket
    from tkt.actions.talking import NothingToAnswer, heard, noreply, note, reply
    from tkt.actions.undoing import CannotCorrect, correct
    from tkt.actions.values import BadValue, UnknownField

_WHERE = {
    "actor": "Actor BadTime ClockShift Pen begun",
    "adopting": "adopt",
    "assigning": "assign",
    "disposing": "CannotDispose NotDisposed duplicate restore spam",
    "escalating": "CannotEscalate escalate",
    "fields": "edited set_values tag",
    "following": "ReasonNeeded is_overridden",
    "given": "NOTHING_GIVEN Given",
    "messages": "NothingSaid",
    "moving": "NoSuchMove ReopenWindowPassed close move reopen resolve start take wait",
    "opening": "CannotOpen open_ticket",
    "talking": "NothingToAnswer heard noreply note reply",
    "undoing": "CannotCorrect correct",
    "values": "BadValue UnknownField",
}
"""Module → what it offers here; loaded when it is asked for: a command does one of these things."""


__all__ = [
    "NOTHING_GIVEN",
    "Actor",
    "BadTime",
    "BadValue",
    "CannotCorrect",
    "CannotDispose",
    "CannotEscalate",
    "CannotOpen",
    "ClockShift",
    "Given",
    "NoSuchMove",
    "NotDisposed",
    "NothingSaid",
    "NothingToAnswer",
    "Pen",
    "ReasonNeeded",
    "ReopenWindowPassed",
    "UnknownField",
    "adopt",
    "assign",
    "begun",
    "close",
    "correct",
    "duplicate",
    "edited",
    "escalate",
    "heard",
    "is_overridden",
    "move",
    "noreply",
    "note",
    "open_ticket",
    "reopen",
    "reply",
    "resolve",
    "restore",
    "set_values",
    "spam",
    "start",
    "tag",
    "take",
    "wait",
]


def __getattr__(name: str) -> Any:
    for module, names in _WHERE.items():
        if name in names.split():
            return getattr(import_module(f"tkt.actions.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

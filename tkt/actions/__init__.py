"""What can be done to a ticket? Pure verbs: a ticket in, a new one out, with the events that say so.

Each takes the ticket, who does it (`Actor`) and the configuration; each refuses with everything that
is missing or wrong. The same ticket comes back where nothing changed.
"""

from __future__ import annotations

from tkt.actions.actor import Actor, BadTime, ClockShift, Pen, begun
from tkt.actions.adopting import adopt
from tkt.actions.assigning import assign
from tkt.actions.fields import edited, set_values, tag
from tkt.actions.following import ReasonNeeded, is_overridden
from tkt.actions.given import NOTHING_GIVEN, Given
from tkt.actions.messages import NothingSaid
from tkt.actions.moving import NoSuchMove, ReopenWindowPassed, close, move, reopen, resolve, start, take, wait
from tkt.actions.opening import CannotOpen, open_ticket
from tkt.actions.talking import NothingToAnswer, heard, noreply, note, reply
from tkt.actions.undoing import CannotCorrect, correct
from tkt.actions.values import BadValue, UnknownField

__all__ = [
    "NOTHING_GIVEN",
    "Actor",
    "BadTime",
    "BadValue",
    "CannotCorrect",
    "CannotOpen",
    "ClockShift",
    "Given",
    "NoSuchMove",
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
    "edited",
    "heard",
    "is_overridden",
    "move",
    "noreply",
    "note",
    "open_ticket",
    "reopen",
    "reply",
    "resolve",
    "set_values",
    "start",
    "tag",
    "take",
    "wait",
]

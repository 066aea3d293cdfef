"""What is a clock called on its own ticket, and who answers for its breach?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.clocks.causes import acknowledgement
from tkt.i18n import msg, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.text import one_line, without_orders
from tkt.schema import Configuration

if TYPE_CHECKING:
    from tkt.sla import Verdict

_KINDS = {"promise": ("promised",), "task": ("task", "task-changed")}
_WORDS = {"promise": "text", "task": "title"}


def clock_title(clock: str, cycle: str | None, ticket: Ticket, config: Configuration) -> str:
    """As `words.clock_name`, with what was promised or is to be done: `promise: a call back`.

    `cycle`: the event that started it, where one is meant; else the last of its name.
    """
    family, _sign, whose = clock.partition(":")
    said = _said(family, whose, cycle, ticket) if whose and family in _KINDS else ""
    if family == "promise" and said:
        return render(msg("promise: {text}", text=said))
    if family == "task" and said:
        return render(msg("sub-task: {title}", title=said))
    return words.clock_name(clock, config)


def _said(family: str, whose: str, cycle: str | None, ticket: Ticket) -> str:
    key = _WORDS[family]
    if family == "promise" and cycle is not None and (begun := ticket.event(cycle)) is not None:
        return _clean(begun.get(key))
    named = (it for it in reversed(ticket.effective) if it.did in _KINDS[family])
    return next((_clean(it.get(key)) for it in named if it.get(family) == whose and it.get(key)), "")


def _clean(text: object) -> str:
    return without_orders(one_line(str(text or "")))


def acknowledged_by(verdict: Verdict, ticket: Ticket, config: Configuration) -> str:
    """`Li Wei: overload`; empty where nobody acknowledged it."""
    event = acknowledgement(ticket, verdict.clock, verdict.cycle) if verdict.acknowledged else None
    if event is None:
        return ""
    who = one_line(words.person_name(config, event.by))
    cause = words.breach_cause(str(event.get("cause") or ""))
    return render(msg("{person}: {cause}", person=who, cause=one_line(cause))) if cause else who


def excuse_told(verdict: Verdict, ticket: Ticket, config: Configuration) -> str:
    """`acknowledged by Li Wei: overload`; empty where nobody acknowledged it."""
    who = acknowledged_by(verdict, ticket, config)
    return render(msg("acknowledged by {who}", who=who)) if who else ""

"""What a gate found on a small desk: a breach, one that is acknowledged, one that is about to be, and more.

Monday 2025-09-15, 11:10 in Shanghai; a P3 must be answered within 2 h, a P1 within 15 m.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sla_desk import LEVELS, agent, at, customer, event, opened, ticket

from tkt.columns import columns_of
from tkt.errors import Problem
from tkt.gated import Gated, Judged, by_urgency
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.render.gate import Sheet
from tkt.render.screen import Screen
from tkt.sla import is_warned

NOW = at("11:10")
HOSTILE = "\x1b]0;x\x07[click](http://evil.example)\x00\ufffe\n::error::%0A, a: b |<b>\u202e@all ##[set-output x]\x0b"
FAULT = Problem(
    code="event", message=msg("an event without {keys}", keys="by"), path="tickets/new/x.yaml", line=3
)


def named(number: int, *events: Any, title: str = "Printer on fire", **more: Any) -> Ticket:
    """A ticket with an id and a place."""
    name = f"250915-AAAA{number}"
    return replace(ticket(*events, title=title, **more), id=name, path=f"tickets/new/{name}.yaml")


def late(number: int = 1, **more: Any) -> Ticket:
    """Late by ten minutes."""
    return named(number, opened(id=f"open{number}"), customer("09:00"), **more)


def acknowledged(number: int = 2, reason: str = "the courier was late") -> Ticket:
    """Late, and somebody answers for it."""
    ack = event("11:05", "acknowledged", clock="first_response", cycle=f"open{number}", reason=reason)
    return named(number, opened(id=f"open{number}"), customer("09:00"), ack)


def warned(number: int = 3) -> Ticket:
    """Due in ten minutes."""
    return named(number, opened("09:20", id=f"open{number}"), customer("09:20"), received="09:20")


def met(number: int = 4) -> Ticket:
    """Answered in time."""
    return named(number, opened(id=f"open{number}"), customer("09:00"), agent("09:30"))


def gated(*tickets: Ticket, known: Sequence[str] | None = None, **more: Any) -> Gated:
    """What a gate makes of these tickets. `known`: those that are late elsewhere, too."""
    rows = [columns_of(it, LEVELS.config, LEVELS, NOW) for it in tickets]
    judged = [Judged(verdict, row) for row in rows for verdict in row.verdicts]
    late_ones = [it for it in judged if it.is_unexcused]
    given = {
        "now": NOW,
        "config": LEVELS.config,
        "tickets": tuple(rows),
        "judged": tuple(judged),
        "uncovered": 0,
        "failing": by_urgency([it for it in late_ones if it.ticket.id not in (known or ())]),
        "known": None if known is None else by_urgency([it for it in late_ones if it.ticket.id in known]),
        "new_since": None if known is None else "main",
        "warned": by_urgency([it for it in judged if is_warned(it.verdict, LEVELS)]),
        "acknowledged": by_urgency([it for it in judged if it.verdict.acknowledged]),
    }
    return Gated(**{**given, **more})


def sheet(found: Gated, columns: int = 200, **more: Any) -> Sheet:
    """The same, to be told."""
    return Sheet(gated=found, config=found.config, screen=Screen(columns=columns), **more)


def usual(**more: Any) -> Gated:
    """One of each kind."""
    return gated(late(), acknowledged(), warned(), met(), **more)

"""Tickets before and after, and the commits between, for the tests of the audit's rules.

It is the desk of flowdesk: Friday, nine in the morning in Shanghai; li.wei and wang.fang, chen.gone has
left, robo is a bot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import msgspec
from flowdesk import NINE, desk

from tkt.audits import Commit, Finding, Manner, RangeCase, TicketCase
from tkt.model import Event, Ticket
from tkt.schema import Configuration, PersonDecl
from tkt.sla import ServiceLevels

LI, WANG = ("Li Wei", "li.wei@desk.example"), ("Wang Fang", "wang.fang@desk.example")
FIVE = timedelta(minutes=5)


def minutes(number: float) -> datetime:
    """So many minutes after nine."""
    return NINE + timedelta(minutes=number)


def with_bot() -> Configuration:
    """The desk with a machine among its people."""
    config = desk()
    people = {**config.people.people, "robo": PersonDecl(name="Robo", email="robo@desk.example", kind="bot")}
    return replace(config, people=msgspec.structs.replace(config.people, people=people))


def manner(now: float = 600, config: Configuration | None = None, **more: Any) -> Manner:
    """Judged so many minutes after nine, with five minutes of tolerance."""
    judge = config or with_bot()
    levels = ServiceLevels.from_configuration(judge)
    return Manner(config=judge, levels=levels, now=minutes(now), **{"tolerance": FIVE, **more})


def commit(at: float, *, by: tuple[str, str] = LI, written: float | None = None, **more: Any) -> Commit:
    """A commit so many minutes after nine."""
    given = {"sha": f"{abs(int(at)):040d}", "parents": (), "writers": (by,), "committer": by, **more}
    authored = minutes(at if written is None else written)
    return Commit(authored_at=authored, committed_at=minutes(at), **given)


def event(at: float, did: str, *, id: str = "zzzz00", by: str = "li.wei", **more: Any) -> Event:
    """An event; what all events share is told apart from its own keys."""
    shared = {
        key: more.pop(key)
        for key in ("role", "auto", "reason", "recorded_at", "forced", "via")
        if key in more
    }
    return Event(id=id, at=minutes(at), by=by, did=did, data=MappingProxyType(more), **shared)


def reply(at: float, **more: Any) -> Event:
    """A word to the customer."""
    return event(at, "message", to="customer", text="We look into it.", **more)


def case(
    before: Ticket | None,
    after: Ticket,
    brought: Commit | None = None,
    *,
    judged: Manner | None = None,
    **more: Any,
) -> TicketCase:
    """A ticket before and after; everything new came with one commit, else right when it happened."""
    known = {it.id for it in before.events} if before else set()
    fresh = [it for it in after.events if it.id not in known]
    right_then = {
        it.id: commit((it.at - NINE).total_seconds() / 60, by=WANG if it.by == "wang.fang" else LI)
        for it in fresh
    }
    origins = {it.id: brought for it in fresh} if brought else right_then
    return TicketCase(before=before, after=after, manner=judged or manner(), origins=origins, **more)


def with_event(ticket: Ticket, *events: Event) -> Ticket:
    """The ticket with events more."""
    return ticket.with_events(*events)


def with_other(ticket: Ticket, old: Event, **changes: Any) -> Ticket:
    """The ticket with one event as it never was; keys of its own go into its data."""
    shared = {key: changes.pop(key) for key in list(changes) if hasattr(old, key) and key != "get"}
    data = {**old.data, **changes}
    new = replace(
        old, **shared, data=MappingProxyType({key: it for key, it in data.items() if it is not None})
    )
    return replace(ticket, events=tuple(new if it.id == old.id else it for it in ticket.events))


def without(ticket: Ticket, old: Event) -> Ticket:
    """The ticket without one of its events."""
    return replace(ticket, events=tuple(it for it in ticket.events if it.id != old.id))


def whole(*commits: Commit, judged: Manner | None = None, **more: Any) -> RangeCase:
    """A range with these commits."""
    return RangeCase(manner=judged or manner(), commits=commits, **more)


def told(rule: Callable[[Any], Iterable[Finding]], judged: Any) -> list[tuple[str, str]]:
    """(level, words) of what a rule finds."""
    return [(str(it.level), str(it.message)) for it in rule(judged)]

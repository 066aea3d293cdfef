"""A desk as `tkt init` writes it, with three people, and tickets at every stop of their way."""

from __future__ import annotations

import tempfile
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from tkt.actions import Actor, Given, open_ticket, reply, resolve, set_values, take, wait
from tkt.model import Event, Ticket
from tkt.newdesk import create_desk
from tkt.schema import Configuration, PersonDecl, TeamDecl
from tkt.store.config import load_configuration

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, nine in the morning in Shanghai."""

FORM = {
    "product": "invoicing",
    "model": "v2",
    "occurred_at": "2026-11-20",
    "symptom": "E104",
    "steps": "press submit",
    "evidence": "screenshot",
    "account": "acme",
    "environment": "production",
    "expected": "an invoice",
    "asks": "an invoice by tonight",
}
TRIAGE = {"category": "product/fault", "impact": "some", "urgency": "red", **FORM}


@lru_cache
def desk(profile: str = "saas") -> Configuration:
    """The default configuration with people in it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "desk"
        root.mkdir()
        create_desk(root, profile=profile, language="en", name="Desk", zone="Asia/Shanghai")
        config = load_configuration(root)
    people = {
        "li.wei": PersonDecl(name="李伟", email="li.wei@desk.example", teams=["tech"]),
        "wang.fang": PersonDecl(name="王芳", email="wang.fang@desk.example", teams=["support"]),
        "chen.gone": PersonDecl(name="陈", kind="former"),
    }
    teams = {
        **config.people.teams,
        "support": msgspec.structs.replace(
            config.people.teams["support"], lead="wang.fang", manager="li.wei"
        ),
        "quality": TeamDecl(lead="wang.fang", manager="li.wei"),
    }
    return replace(config, people=msgspec.structs.replace(config.people, people=people, teams=teams))


def changed(part: str, **keys: Any) -> Configuration:
    """The desk with these keys of one file (`workflow`, `taxonomy`, …) replaced."""
    config = desk()
    return replace(config, **{part: msgspec.structs.replace(getattr(config, part), **keys)})


def numbered(taken: Container[str]) -> Iterator[str]:
    """Event ids that count up, so that a test can read them: 000100, 000101, …; 000200 …"""
    command = next(number for number in range(1, 10_000) if f"{number:04d}00" not in taken)
    return (f"{command:04d}{number:02d}" for number in range(100))


def who(minutes: float = 0, by: str = "li.wei", **more: Any) -> Actor:
    """Somebody, so many minutes after nine."""
    return Actor(by=by, now=NINE + timedelta(minutes=minutes), ids=numbered, **more)


def new(minutes: float = 0, config: Configuration | None = None, **values: Any) -> Ticket:
    """A request by mail, as it came in."""
    given = {"channel": "email", "contact": "张伟 <zhang.wei@acme.example>", **values}
    return open_ticket(
        who(minutes), config or desk(), id="261120-K7Q2M", values=given, words="It says E104.\nPlease help."
    )


def triaged(config: Configuration | None = None) -> Ticket:
    """At ten past nine it is known what it is about."""
    return set_values(new(config=config), who(10), config or desk(), TRIAGE)


def started(config: Configuration | None = None) -> Ticket:
    """At twenty past nine li.wei works on it."""
    given = Given(changes={"complexity": "simple"}, next_due=NINE + timedelta(hours=4))
    return take(triaged(config), who(20), config or desk(), given)


def waiting() -> Ticket:
    """At half past nine the customer was asked."""
    asked = reply(started(), who(30), desk(), text="Which browser?", asks_customer=True)
    return wait(asked, who(31), desk(), Given(on="customer", what_for="the browser"))


def resolved() -> Ticket:
    """At ten it is solved, and the customer told."""
    given = Given(code="fixed", text="cache emptied", cause="product", reply="It works again.")
    return resolve(started(), who(60), desk(), given)


def did(ticket: Ticket) -> list[str]:
    """The kinds of its events, in order."""
    return [event.did for event in ticket.events]


def last(ticket: Ticket, kind: str) -> Event:
    """Its newest event of a kind."""
    return next(event for event in reversed(ticket.events) if event.did == kind)


def sets(ticket: Ticket, since: Ticket) -> dict[str, Any]:
    """Field → new value, of the `set` events that `ticket` has and `since` had not."""
    known = {event.id for event in since.events}
    fresh = [event for event in ticket.events if event.id not in known and event.did == "set"]
    return {str(event.get("field")): event.get("to", event.get("add")) for event in fresh}

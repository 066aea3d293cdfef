"""Tickets of which every word says to whom it belongs: what is secret begins with `SECRET`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import flowdesk
import msgspec

from tkt.model import Event, Ticket
from tkt.schema import Configuration

START = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
NOW = START + timedelta(days=3)
LOGIN = "SECRET.login"


@cache
def config() -> Configuration:
    """A desk of one agent, whose login, name and mail address are secret, and whose public name is Lily."""
    base: Configuration = flowdesk.desk()
    person = msgspec.convert(
        {"name": "SECRET Name", "email": "SECRET@desk.example", "public_name": "Lily", "teams": ["service"]},
        type(next(iter(base.people.people.values()))),
    )
    return replace(base, people=msgspec.structs.replace(base.people, people={LOGIN: person}))


def event(number: int, did: str, *, role: str = "agent", by: str = LOGIN, **data: Any) -> Event:
    """An event of its own minute."""
    return Event(
        id=f"aaaa{number:02d}",
        at=START + timedelta(minutes=number),
        by=by,
        did=did,
        role=role,
        data=data,
        auto=role == "system",
    )


def ticket(*events: Event, status: str = "in-progress", **values: Any) -> Ticket:
    """A customer's ticket with these events behind its opening."""
    stored: Mapping[str, Any] = {
        "title": "E104 when invoicing",
        "type": "product",
        "category": "fault",
        "customer": "SECRET-customer",
        "owner": LOGIN,
        "team": "SECRET-team",
        "contact": {"name": "SECRET contact", "email": "SECRET@acme.example"},
        "received_at": START,
        "language": "en",
        **values,
    }
    first = event(0, "opened", role="customer", by="SECRET@acme.example", status="new", raised_by="customer")
    known = {key: value for key, value in stored.items() if value is not None}
    return Ticket(id="261116-AAAA1", status=status, values=known, events=(first, *events))

"""Which tickets have a status page for their customer, under which name, and until when?

The name follows from a secret and the ticket's id alone, so that nobody can guess it and every build gives
the same one (docs/site.md, Status pages).
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from tkt.durations import DAY, DurationError, parse_duration
from tkt.guards.disposal import disposal
from tkt.model import Ticket
from tkt.schema import Configuration

Lack = Literal["internal", "disposed", "over"]
"""Why a ticket has no page: its customers are of the house, it is spam or a test, or its time is over."""
UNTIL = "status_page_until"
"""The stored field that gives a page a longer life."""
LENGTH = 26
"""Characters of a name: 130 bits."""
_NEVER_SHOWN = ("spam", "test")
_USUAL_S = 30 * DAY


def ticket_page_name(secret: bytes, ticket: str) -> str:
    """The file of a ticket's page, such as `k3qm….html`."""
    return f"{_named(secret, 'ticket', ticket)}.html"


def customer_page_name(secret: bytes, customer: str) -> str:
    """The file of the page that lists a customer's tickets."""
    return f"{_named(secret, 'customer', customer)}.html"


def address_of(name: str, config: Configuration) -> str:
    """Where the page of that name is published; empty where the desk does not say."""
    url = config.reports.site.public_url
    return f"{url.rstrip('/')}/{name}" if url else ""


def page_lack(ticket: Ticket, config: Configuration, now: datetime) -> Lack | None:
    """Why it has no page; None: it has one."""
    declared = config.category(ticket.get("type"), ticket.get("category"))
    if declared is not None and declared.audience == "internal":
        return "internal"
    put_away = disposal(ticket)
    resolution = ticket.get("resolution")
    code = resolution.get("code") if isinstance(resolution, Mapping) else None
    if code in _NEVER_SHOWN or (put_away is not None and put_away.get("as") in _NEVER_SHOWN):
        return "disposed"
    until = page_until(ticket, config)
    return "over" if until is not None and until <= now else None


def page_until(ticket: Ticket, config: Configuration) -> datetime | None:
    """When the page is gone; None while the ticket is not closed."""
    if ticket.status not in config.closed:
        return None
    changes = ticket.status_changes
    closed = changes[-1][0] if changes else ticket.updated_at
    usual, longer = closed + kept_for(config), ticket.get(UNTIL)
    return max(usual, longer) if isinstance(longer, datetime) else usual


def kept_for(config: Configuration) -> timedelta:
    """How long a page stays after its ticket was closed; the usual time where that cannot be read."""
    try:
        seconds = parse_duration(config.reports.site.keep_after_closing, days=True)
    except DurationError:
        seconds = _USUAL_S
    return timedelta(seconds=seconds)


def _named(secret: bytes, kind: str, name: str) -> str:
    digest = hmac.new(secret, f"{kind}\0{name}".encode(), sha256).digest()
    return b32encode(digest).decode().lower()[:LENGTH]

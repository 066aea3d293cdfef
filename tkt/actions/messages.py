"""How are words written down: who said them, to whom, by which way?"""

from __future__ import annotations

from typing import Literal

from tkt.actions.actor import Pen
from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.model import Ticket

Addressee = Literal["customer", "vendor", "colleague"]


class NothingSaid(UsageError):
    """A message without words."""

    code = "empty"


def said(
    ticket: Ticket,
    pen: Pen,
    text: str,
    *,
    to: Addressee = "customer",
    sent_by: str | None = None,
    asks_customer: bool = False,
    canned: str | None = None,
    spent: int | None = None,
) -> Ticket:
    """The ticket with a message of the desk's; `spent`: the minutes that it took. Errors: NothingSaid."""
    event = pen.event(
        "message",
        to=to,
        canned=canned,
        asks_customer=asks_customer or None,
        sent_by=sent_by,
        spent=spent,
        text=worded(text),
    )
    return ticket.with_events(event)


def worded(text: str) -> str:
    """`text` without blank lines around it. Errors: NothingSaid where nothing is left."""
    lines = text.replace("\r\n", "\n").strip("\n").rstrip()
    if not lines.strip():
        raise NothingSaid(msg("there are no words to write down"))
    return lines

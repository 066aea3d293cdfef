"""How are words written down: who said them, to whom, by which way?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tkt.actions.actor import Pen
from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.late import late
from tkt.model import Ticket

Addressee = Literal["customer", "vendor", "colleague"]

_AWAITED = 80
_SENTENCE_END = late(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n")


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
    articles: Sequence[str] = (),
    spent: int | None = None,
) -> Ticket:
    """The ticket with a message of the desk's; `articles`: those it cites, by name; `spent`: the minutes that it took.

    Errors: NothingSaid.
    """
    event = pen.event(
        "message",
        to=to,
        canned=canned,
        articles=list(articles) or None,
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


def awaited(text: str) -> str:
    """What a message waits for: its last question, else its first line; at most 80 characters."""
    sentences = [said for part in _SENTENCE_END.split(text) if (said := part.strip())]
    questions = [said for said in sentences if said.endswith(("?", "\uff1f"))]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = (questions[-1:] or lines[:1] or [""])[0]
    return found if len(found) <= _AWAITED else f"{found[: _AWAITED - 1]}…"

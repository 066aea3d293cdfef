"""When does a message that tkt delivers count? (docs/sla.md L1a)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tkt.model import Event

PROMPT = timedelta(minutes=10)
"""Sent within this, a message counts from when it was written."""

_SECOND = timedelta(seconds=1)
NOTICES = ("queued", "sending", "sent", "bounced")


def undecided_until(message: Event, notices: Sequence[Event]) -> datetime | None:
    """The first instant at which a message that is on its way counts no more; None where that is decided."""
    if not notices or message.get("sent_by") or any(it.did in ("sent", "bounced") for it in notices):
        return None
    return message.at + PROMPT + _SECOND


def counted_at(message: Event, notices: Sequence[Event], now: datetime) -> datetime | None:
    """The instant from which `message` counts as said; None while it is not, or where it bounced.

    `notices` are the events of the ticket that speak of its delivery. Without any, or where it was
    delivered otherwise (`sent_by`), it counts at its own instant. Until the ten minutes are over it
    is believed to be on its way, so that a verdict does not turn to a breach and back.
    """
    if not notices or message.get("sent_by"):
        return message.at
    bounced = {notice.get("notice") for notice in notices if notice.did == "bounced"}
    sent = [it.at for it in notices if it.did == "sent" and it.get("notice") not in bounced]
    if sent:
        return message.at if sent[0] - message.at <= PROMPT else sent[0]
    if bounced or now - message.at > PROMPT:
        return None
    return message.at

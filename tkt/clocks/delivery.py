"""When does a message that tkt delivers count? (docs/sla.md L1a)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tkt.model import Event

PROMPT = timedelta(minutes=10)
"""Sent within this, a message counts from when it was written."""

NOTICES = ("queued", "sending", "sent", "bounced")


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

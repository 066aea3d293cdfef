"""What does an event say, in a sentence? One function a kind, in one table.

A kind that this version does not know is told by its name and keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tkt.i18n import msg
from tkt.model import Event, Ticket
from tkt.render.telling.base import Teller, Told, told_with
from tkt.render.telling.changes import CHANGES, changed
from tkt.render.telling.talk import TALK
from tkt.render.telling.work import WORK
from tkt.render.values import value_text, with_text
from tkt.schema import Configuration

__all__ = ["TELLERS", "changed", "told"]


def told(event: Event, ticket: Ticket, config: Configuration) -> Told:
    """What the event says, without who did it."""
    return TELLERS.get(event.did, _unknown)(event, ticket, config)


def _corrected(event: Event, ticket: Ticket, config: Configuration) -> Told:
    target = ticket.event(str(event.get("event")))
    if target is None:
        return msg("took back {event}", event=event.get("event"))
    if target.did == "corrected":
        return msg("took back a correction")
    return msg("took back: {told}", told=told(target, ticket, config))


def _unknown(event: Event, _ticket: Ticket, config: Configuration) -> Told:
    zone = config.desk.zone
    keys = (with_text(key, value_text(value, zone)) for key, value in event.data.items() if key != "text")
    return told_with(event.did, keys)


TELLERS: Mapping[str, Teller] = MappingProxyType({**TALK, **CHANGES, **WORK, "corrected": _corrected})

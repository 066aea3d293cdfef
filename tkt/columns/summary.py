"""What do lists and queries need of a ticket, whatever the time is?

A summary follows from the file and the configuration alone, so that it can be kept; what depends on `now`
is computed of it in `tkt.columns`.
"""

from __future__ import annotations

import struct
from datetime import datetime
from math import inf
from typing import Any

import msgspec

from tkt.columns import history, service
from tkt.fields import normalised
from tkt.guards.talk import unanswered_messages
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, Standings, standings


class Summary(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """One ticket, as lists see it. Instants are UTC."""

    id: str
    status: str
    values: dict[str, Any]  # the stored keys, `id` among them
    received_at: datetime
    updated_at: datetime  # its last event
    touched_at: datetime  # the last event by a person of the desk
    entered_at: datetime  # when it came into its status
    asked_at: datetime | None  # the oldest message of the customer that awaits an answer
    resolved_at: datetime | None
    closed_at: datetime | None
    created_by: str | None
    last_by: str | None
    external_id: str | None
    former_ids: tuple[str, ...]
    reopens: int
    reassignments: int
    replies: int
    messages: int
    csat: float | int | None
    told: bool | None
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    due_at: datetime | None  # the earliest due instant of the clocks that run
    standings: Standings  # of its clocks


_HEAD = struct.Struct(">qd")
_decode = msgspec.msgpack.Decoder(Summary).decode
_encode = msgspec.msgpack.Encoder().encode


def encoded(summary: Summary) -> bytes:
    """The summary as bytes. Errors: OverflowError, TypeError, ValueError for what no bytes can hold."""
    due = inf if summary.due_at is None else summary.due_at.timestamp()
    return _HEAD.pack(int(summary.standings.valid_from.timestamp()), due) + _encode(summary)


def decoded(data: bytes) -> Summary:
    """The summary that these bytes are. Errors: msgspec.DecodeError."""
    return _decode(memoryview(data)[_HEAD.size :])


def due_in(data: bytes) -> tuple[int, float]:
    """Of an encoded summary since when its due instant holds, and that instant, in seconds since 1970.

    Never is infinity. It stands before all else, so that a list can be put in order without decoding it.
    """
    since, due = _HEAD.unpack_from(data)
    return since, due


def summary_of(ticket: Ticket, config: Configuration, levels: ServiceLevels) -> Summary:
    """The summary of a ticket, with all its events."""
    return summary_from(ticket, config, standings(ticket, levels))


def summary_from(ticket: Ticket, config: Configuration, clocks: Standings) -> Summary:
    """The summary of a ticket whose clocks have been judged."""
    return Summary(
        id=ticket.id,
        status=ticket.status,
        values={"id": ticket.id, **ticket.values},
        received_at=ticket.received_at,
        updated_at=ticket.updated_at,
        touched_at=history.last_touched(ticket),
        entered_at=history.entered(ticket),
        asked_at=next((message.at for message in unanswered_messages(ticket)), None),
        resolved_at=history.resolved(ticket, config),
        closed_at=history.closed(ticket, config),
        created_by=ticket.opened.by if ticket.opened else None,
        last_by=ticket.events[-1].by if ticket.events else None,
        external_id=ticket.external_id,
        former_ids=history.former_ids(ticket),
        reopens=history.reopens(ticket, config.finished),
        reassignments=history.reassignments(ticket),
        replies=sum(event.is_agent_message for event in ticket.effective),
        messages=sum(event.is_public_message for event in ticket.effective),
        csat=history.satisfaction(ticket),
        told=history.told(ticket, config),
        needs=history.needs(ticket, config),
        missing=history.missing(ticket, config),
        due_at=service.next_due(clocks),
        standings=clocks,
    )


def text_of(ticket: Ticket) -> str:
    """What words are searched in, as it is compared."""
    return normalised(history.searched_text(ticket))

"""What if two branches gave one id to two different tickets? The younger gets another, the same in every clone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tkt.ids import derived_ticket_id, event_ids
from tkt.model import Event, Ticket
from tkt.repair.records import Copy, Versions
from tkt.schema import Configuration
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import changed_text

BY = "rule:merge"
_SOURCE = "renumber"


class TwoApart(NamedTuple):
    """The two tickets of one id: the elder keeps it, the younger is written anew at `path`."""

    elder: Copy
    path: str
    data: bytes


def told_apart(it: Versions, held: dict[str, bytes], config: Configuration) -> TwoApart | None:
    """The two tickets with an id each; None where more than two files have it. Errors: DataError, WriteError."""
    copies = dict.fromkeys((*it.ours, *it.theirs))
    if it.base or len(copies) != 2:
        return None
    elder, younger = sorted(copies, key=lambda copy: _age(_read(copy, held, config)))
    data = held[younger.blob]
    before = _read(younger, held, config)
    after = _renumbered(before, younger, config)
    return TwoApart(elder, after.path or "", changed_text(data, before, after))


def _read(copy: Copy, held: dict[str, bytes], config: Configuration) -> Ticket:
    status = PurePosixPath(copy.path).parts[1]
    return read_ticket(held[copy.blob], path=copy.path, status=status, kinds=config.field_kinds)


def _renumbered(ticket: Ticket, copy: Copy, config: Configuration) -> Ticket:
    opening = ticket.opened.id if ticket.opened else ""
    day = ticket.received_at.astimezone(ZoneInfo(config.desk.zone))
    new = derived_ticket_id(day, _SOURCE, ticket.id, opening, taken=(), prefix=config.desk.prefix)
    at = ticket.updated_at + timedelta(seconds=1)
    event = Event(
        id=next(event_ids({each.id for each in ticket.events}, source=(_SOURCE, ticket.id, opening))),
        at=at,
        by=BY,
        did="renumbered",
        role="system",
        auto=True,
        data=MappingProxyType({"was": ticket.id}),
    )
    path = str(PurePosixPath(copy.path).with_name(f"{new}.yaml"))
    return replace(ticket, id=new, path=path).with_events(event)


def _age(ticket: Ticket) -> tuple[Any, ...]:
    opened = ticket.opened
    return (ticket.received_at, opened.order if opened else (ticket.received_at, ""))

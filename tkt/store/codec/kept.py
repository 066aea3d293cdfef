"""How is a ticket kept, so that it is there again in a tenth of the time that its file takes to be read?

For the index and nobody else: nothing in it is checked, and the next version of tkt may write it otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from tkt.model import Event, Ticket, Value

_Told = tuple[
    str, datetime, str, str, str, bool, str | None, bool, str | None, datetime | None, Mapping[str, Value]
]
"""An event: id, at, by, did, role, auto, via, forced, reason, recorded_at, data."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def ticket_kept(ticket: Ticket) -> bytes:
    """A ticket that was read from a file. Errors: OverflowError for a number that no other program could read."""
    return _encode((ticket.id, dict(ticket.values), [_told(event) for event in ticket.events]))


def ticket_from(kept: bytes, *, path: str, status: str) -> Ticket:
    """The same ticket, equal in all that it holds, wherever its file lies now."""
    found: tuple[str, dict[str, Any], list[_Told]] = _decode(kept)
    name, values, events = found
    return Ticket(
        id=name,
        status=status,
        values=MappingProxyType(values),
        events=tuple([_event(told) for told in events]),
        path=path,
    )


def _told(it: Event) -> _Told:
    return (
        it.id, it.at, it.by, it.did, it.role, it.auto, it.via, it.forced, it.reason, it.recorded_at, it.data,
    )  # fmt: skip


def _event(told: _Told) -> Event:
    name, at, by, did, role, auto, via, forced, reason, recorded_at, data = told
    return Event(
        id=name, at=at, by=by, did=did, role=role, auto=auto, via=via, forced=forced, reason=reason,
        recorded_at=recorded_at, data=data,
    )  # fmt: skip

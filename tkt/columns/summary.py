"""What do lists and queries need of a ticket, whatever the time is?

A summary follows from the file and the configuration alone, so that it can be kept; what depends on `now`
is computed of it in `tkt.columns`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime
from math import inf
from typing import Any

import msgspec

from tkt.clocks.standing import Standing, Standings
from tkt.columns.service import Next, next_clock


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
    valid_from: datetime  # from when on its clocks stand so
    next: Next | None  # the clock that is due next
    cycles: msgspec.Raw  # how all its clocks stand, encoded: few lists ask for that

    @property
    def due_at(self) -> datetime | None:
        """The earliest due instant of the clocks that run."""
        return None if self.next is None else self.next.due_at

    @property
    def standings(self) -> Standings:
        """How its clocks stand; looked up at each call."""
        return Standings(self.valid_from, _decode_cycles(self.cycles))

    def judged(self, clocks: Standings) -> Summary:
        """The same ticket with its clocks standing so."""
        return msgspec.structs.replace(
            self,
            valid_from=clocks.valid_from,
            next=next_clock(clocks),
            cycles=cycles_in(clocks),
        )


_BRIEF = struct.Struct(">qd")
_decode = msgspec.msgpack.Decoder(Summary).decode
_decode_cycles = msgspec.msgpack.Decoder(tuple[Standing, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


def encoded(summary: Summary) -> bytes:
    """The summary as bytes. Errors: OverflowError, TypeError, ValueError for what no bytes can hold."""
    return _encode(summary)


def decoded(data: bytes) -> Summary:
    """The summary that these bytes are. Errors: msgspec.DecodeError."""
    return _decode(data)


def cycles_in(clocks: Standings) -> msgspec.Raw:
    """All cycles of clocks, as a summary holds them."""
    return msgspec.Raw(_encode(clocks.cycles))


def brief_of(summary: Summary) -> bytes:
    """By which a list is put in order without its summaries, as bytes."""
    due = inf if summary.due_at is None else summary.due_at.timestamp()
    return _BRIEF.pack(int(summary.valid_from.timestamp()), due)


due_in: Callable[[bytes], tuple[int, float]] = _BRIEF.unpack
"""Of a brief: since when a ticket's due instant holds, and that instant, in seconds since 1970; never is infinity."""

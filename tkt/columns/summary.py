"""What do lists and queries need of a ticket, whatever the time is?

A summary follows from the file and the configuration alone, so that it can be kept; what depends on `now`
is computed of it in `tkt.columns`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime
from math import inf, isnan, nan
from typing import Any, NamedTuple

import msgspec

from tkt.clocks.standing import Standing, Standings
from tkt.columns.service import Next, next_clock
from tkt.timerules.wake import Wake


class Line(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """What a list shows of one ticket. Instants are UTC. Its bytes are the beginning of those of `Summary`."""

    title: str | None
    priority: str | None
    owner: str | None
    waits_on: str | None  # the party that a waiting ticket waits on
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    updated_at: datetime  # its last event
    valid_from: datetime  # from when on its clocks stand so
    next: Next | None  # the clock that is due next

    @property
    def due_at(self) -> datetime | None:
        """The earliest due instant of the clocks that run."""
        return None if self.next is None else self.next.due_at


class Summary(Line, frozen=True, array_like=True, kw_only=True, gc=False):
    """One ticket, as queries see it."""

    id: str
    status: str
    values: dict[str, Any]  # the stored keys, `id` among them
    received_at: datetime
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
    cycles: msgspec.Raw  # how all its clocks stand, encoded: few lists ask for that

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


_BRIEF = struct.Struct(">q4dH")
_MANY = 2**16 - 1
_UNKNOWN = (nan, nan, nan)
_decode = msgspec.msgpack.Decoder(Summary).decode
_decode_cycles = msgspec.msgpack.Decoder(tuple[Standing, ...]).decode
_encode = msgspec.msgpack.Encoder().encode


line_in: Callable[[bytes], Line] = msgspec.msgpack.Decoder(Line).decode
"""What a list shows of the summary that these bytes are. Errors: msgspec.DecodeError."""


def encoded(summary: Summary) -> bytes:
    """The summary as bytes. Errors: OverflowError, TypeError, ValueError for what no bytes can hold."""
    return _encode(summary)


def decoded(data: bytes) -> Summary:
    """The summary that these bytes are. Errors: msgspec.DecodeError."""
    return _decode(data)


def cycles_in(clocks: Standings) -> msgspec.Raw:
    """All cycles of clocks, as a summary holds them."""
    return msgspec.Raw(_encode(clocks.cycles))


class Brief(NamedTuple):
    """What is asked of thousands of tickets at once. Instants are in seconds since 1970; never is infinity."""

    valid_from_s: int  # since when its due instant holds
    due_s: float
    wake: Wake | None  # when the time asks for something; None: nobody has found that out
    owed: int  # notices that were not delivered


def brief_of(summary: Summary, *, wake: Wake | None, owed: int) -> bytes:
    """A brief as bytes."""
    return _BRIEF.pack(
        int(summary.valid_from.timestamp()),
        seconds_or_never(summary.due_at),
        *(_UNKNOWN if wake is None else wake),
        min(owed, _MANY),
    )


def brief_in(data: bytes) -> Brief:
    """The brief that these bytes are."""
    valid_from_s, due_s, *wake, owed = _BRIEF.unpack(data)
    return Brief(valid_from_s, due_s, None if isnan(wake[0]) else Wake(*wake), owed)


def tells_wake(data: bytes) -> bool:
    """Whether a brief has when the time asks for something."""
    return brief_in(data).wake is not None


def seconds_or_never(at: datetime | None) -> float:
    """Seconds since 1970; infinity for never."""
    return inf if at is None else at.timestamp()


due_in: Callable[[bytes], tuple[int, float]] = struct.Struct(f">qd{_BRIEF.size - 16}x").unpack
"""Of a brief, as lists of thousands need it: `valid_from_s` and `due_s`."""

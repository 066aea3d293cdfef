"""From whom is a ticket, and when did it come? In sixteen bytes, by which the tickets of one requester are found.

Two tickets of one requester have a number in common; a few others have too, so that a ticket is looked at
before anybody is told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from struct import Struct
from zlib import crc32

from tkt.model import Ticket
from tkt.repeats import identities

_PACKED = Struct("<4Hq")
_NUMBERS = 4
_NOBODY, _ANYBODY = 0, 0xFFFF
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


def origin_of(ticket: Ticket) -> bytes:
    """A number for each of its requester's identities, and when it came."""
    numbers = sorted(map(_number, identities(ticket)))
    if len(numbers) > _NUMBERS:
        numbers = [_ANYBODY]
    filled = (*numbers, *[_NOBODY] * (_NUMBERS - len(numbers)))
    return _PACKED.pack(*filled, came(ticket))


def came(ticket: Ticket) -> int:
    """When it came, in microseconds since 1970."""
    return (ticket.received_at - _BEGIN) // _UNIT


def seen_by(requester: Collection[str]) -> Callable[[bytes], int | None]:
    """Of an origin: when the ticket came, if it may be of one of these identities; else None."""
    wanted = {_ANYBODY, *map(_number, requester)}

    def seen(origin: bytes) -> int | None:
        *numbers, at = _PACKED.unpack(origin)
        return None if wanted.isdisjoint(numbers) else at

    return seen


def _number(identity: str) -> int:
    return crc32(identity.encode()) % (_ANYBODY - 1) + 1


def came_in(origin: bytes) -> int:
    """When the ticket of an origin came, in microseconds since 1970."""
    at: int = _PACKED.unpack(origin)[_NUMBERS]
    return at

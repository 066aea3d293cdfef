"""Which instant is a wall time, on days when the clocks change too? (docs/sla.md C2)"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from tkt.worktime.spans import instant_of

_EPOCH = datetime(1970, 1, 1).toordinal()
_DAY = 24 * 60 * 60
Edge = Literal["opening", "closing"]


def wall_seconds(zone: ZoneInfo, midnight: datetime, minutes: int, edge: Edge) -> int:
    """The instant `minutes` of wall time after a (naive) midnight, in seconds since 1970.

    A wall time that does not exist is the transition instant; an ambiguous opening is the first
    occurrence, an ambiguous closing the second. Source: docs/sla.md C2.
    """
    wall = midnight + timedelta(minutes=minutes)
    first, second = _offset(zone, wall), _offset(zone, wall.replace(fold=1))
    shown = (midnight.toordinal() - _EPOCH) * _DAY + minutes * 60
    if first < second:
        return _transition(zone, shown - second, shown - first)
    return shown - (first if edge == "opening" else second)


def _offset(zone: ZoneInfo, wall: datetime) -> int:
    offset = zone.utcoffset(wall)
    if offset is None:
        raise ValueError(f"{zone.key} has no offset at {wall.isoformat()}")
    return offset.days * _DAY + offset.seconds


def _transition(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second in (before, after] at which the offset is the one that holds at `after`."""
    wanted = instant_of(after).astimezone(zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if instant_of(middle).astimezone(zone).utcoffset() == wanted:
            after = middle
        else:
            before = middle
    return after

"""How are spans of time, half-open `[start, end)`, put together and taken out of each other?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

Span = tuple[datetime, datetime]
Seconds = tuple[int, int]
"""A span in seconds since 1970, UTC."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 24 * 60 * 60


def seconds_of(at: datetime) -> int:
    """Whole seconds since 1970; a fraction of a second is dropped (docs/sla.md S2).

    Errors: ValueError for an instant without a zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"an aware instant is needed, not {at.isoformat()}")
    since = at - _EPOCH
    return since.days * _DAY + since.seconds


def instant_of(seconds: int) -> datetime:
    """The UTC instant so many seconds after 1970."""
    return _EPOCH + timedelta(0, seconds)


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in order, without overlaps, touching spans joined, empty ones dropped; UTC."""
    joined = joined_seconds((seconds_of(start), seconds_of(end)) for start, end in spans)
    return tuple((instant_of(start), instant_of(end)) for start, end in joined)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` with the time of `holes` taken out; UTC, in order."""
    left = []
    taken = united(holes)
    for start, end in united(spans):
        for hole_start, hole_end in taken:
            if hole_end <= start or hole_start >= end:
                continue
            if hole_start > start:
                left.append((start, hole_start))
            start = hole_end
        if start < end:
            left.append((start, end))
    return tuple(left)


def joined_seconds(spans: Iterable[Seconds]) -> list[Seconds]:
    """As `united`, in seconds."""
    joined: list[Seconds] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def pieces_between(start: int, pauses: Sequence[Seconds]) -> Iterator[tuple[int, int | None]]:
    """The stretches from `start` on that no pause covers; the last one is open-ended (None).

    `pauses` are joined and in order.
    """
    for pause_start, pause_end in pauses:
        if pause_end <= start:
            continue
        if pause_start > start:
            yield start, pause_start
        start = pause_end
    yield start, None

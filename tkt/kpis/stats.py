"""What are the median, the 90th percentile and the mean of some numbers? (docs/kpi.md K-stat)

Nothing is rounded; None stands for n/a, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_FOR_P90 = 10

Number = int | float


def median(values: Sequence[Number]) -> Number | None:
    """The middle value; for an even count the mean of the two middle ones."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return _plain((ordered[middle - 1] + ordered[middle]) / 2)


def p90(values: Sequence[Number]) -> Number | None:
    """The nearest rank, `x[ceil(0.9 n)]`; None for fewer than ten values."""
    if len(values) < SMALLEST_FOR_P90:
        return None
    rank = -(-9 * len(values) // 10)
    return sorted(values)[rank - 1]


def mean(values: Sequence[Number]) -> Number | None:
    """The sum shared out evenly."""
    return _plain(sum(values) / len(values)) if values else None


def share(part: Number, whole: Number) -> float | None:
    """`part` of `whole` as 0..1; None where there is nothing to be a part of."""
    return part / whole if whole else None


def _plain(value: float) -> Number:
    return int(value) if value.is_integer() else value

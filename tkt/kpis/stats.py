"""What are the median, the 90th percentile and the mean of some numbers? (docs/kpi.md K-stat)

Nothing is rounded; None stands for n/a, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

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


def spearman(pairs: Sequence[tuple[Number, Number]]) -> float | None:
    """How much two numbers rise together by their ranks, −1 to 1; equal ones share the mean of their ranks.

    None where one of the two never changes.
    """
    ranks = [_ranks([pair[side] for pair in pairs]) for side in (0, 1)]
    middle = (len(pairs) + 1) / 2
    first, second = ([rank - middle for rank in each] for each in ranks)
    spread = sum(it * it for it in first) * sum(it * it for it in second)
    return (
        sum(one * other for one, other in zip(first, second, strict=True)) / sqrt(spread) if spread else None
    )


def quartiles(values: Sequence[Number]) -> list[int]:
    """The quarter, 0 to 3, that each value is in by its nearest rank; equal values are in the same one."""
    ordered = sorted(values)
    ends = [ordered[-(-part * len(ordered) // 4) - 1] for part in (1, 2, 3)] if ordered else []
    return [sum(value > end for end in ends) for value in values]


def _ranks(values: Sequence[Number]) -> list[float]:
    places: dict[Number, list[int]] = {}
    for place, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(place)
    return [(places[value][0] + places[value][-1]) / 2 for value in values]


def _plain(value: float) -> Number:
    return int(value) if value.is_integer() else value

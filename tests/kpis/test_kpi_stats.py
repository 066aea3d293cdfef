"""docs/kpi.md K-stat: median, p90, mean; nothing is rounded before aggregation."""

from __future__ import annotations

import pytest

from tkt.kpis.stats import mean, median, p90, share


def test_the_vectors_of_the_rule() -> None:
    assert (median([5, 10, 15, 20, 100]), mean([5, 10, 15, 20, 100])) == (15, 30)
    assert (median(range(1, 11)), p90(range(1, 11))) == (5.5, 9)


def test_order_does_not_matter() -> None:
    assert median([100, 5, 20, 10, 15]) == 15
    assert p90([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]) == 9


@pytest.mark.parametrize("n", [1, 2, 9])
def test_p90_is_not_given_for_fewer_than_ten(n: int) -> None:
    assert p90([7] * n) is None


@pytest.mark.parametrize(
    ("n", "rank"), [(10, 9), (11, 10), (19, 18), (20, 18), (100, 90), (101, 91), (70, 63)]
)
def test_p90_is_the_nearest_rank(n: int, rank: int) -> None:
    assert p90(list(range(1, n + 1))) == rank


def test_nothing_is_not_zero() -> None:
    assert (median([]), mean([]), p90([]), share(0, 0)) == (None, None, None, None)


def test_zeros_are_numbers_like_others() -> None:
    assert (median([0, 0, 30]), mean([0, 0, 30]), share(0, 3)) == (0, 10, 0.0)


def test_nothing_is_rounded() -> None:
    assert mean([1, 1, 2]) == 4 / 3
    assert share(1, 3) == 1 / 3

"""Spans and instants as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tkt import i18n
from tkt.render.times import ago, left, span_between, stamp_near

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = 24 * 3600


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (45, "45s", "45秒"),
        (9 * 60 + 5, "9m 5s", "9分5秒"),
        (17 * 60 + 11, "17m", "17分"),
        (DAY + 9 * 3600, "1d 9h", "1天9小时"),
    ],
)
def test_time_by_the_wall_has_days_and_no_seconds_from_ten_minutes_on(seconds: int, en: str, zh: str) -> None:
    later = NOON + timedelta(seconds=seconds)
    assert (span_between(NOON, later), ago(NOON, later), ago(later, NOON)) == (en, f"{en} ago", f"in {en}")
    i18n.activate("zh")
    assert (span_between(NOON, later), ago(NOON, later), ago(later, NOON)) == (zh, f"{zh}前", f"{zh}后")


def test_open_time_that_is_left_or_over_has_hours_only() -> None:
    assert (left(30 * 3600 + 15 * 60), left(-30 * 3600 - 59)) == ("30h 15m left", "30h over")
    i18n.activate("zh")
    assert left(30 * 3600 + 15 * 60) == "剩 30小时15分"


def test_a_year_is_said_only_where_it_is_another() -> None:
    assert stamp_near(NOON, NOON, "Asia/Shanghai") == "11-20 20:00"
    assert stamp_near(NOON + timedelta(days=60), NOON, "Asia/Shanghai") == "2027-01-19 20:00"

"""Spans and instants as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tkt import i18n
from tkt.render.times import ago, due_words, dues, left, span_between, stamp_near

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


@pytest.mark.parametrize(
    ("at", "en", "zh"),
    [
        ("2026-11-20T07:30", "by 15:30 today", "今天 15:30 前"),
        ("2026-11-21T01:00", "by 09:00 tomorrow", "明天 9:00 前"),
        ("2026-11-23T01:00", "by Mon 09:00", "周一 9:00 前"),
        ("2026-11-26T01:00", "by Thu 09:00", "周四 9:00 前"),
        ("2026-11-27T01:00", "by 11-27 09:00", "11月27日 9:00 前"),
        ("2026-12-24T10:00", "by 12-24 18:00", "12月24日 18:00 前"),
        ("2027-01-04T01:05", "by 2027-01-04 09:05", "2027年1月4日 9:05 前"),
        ("2026-11-20T12:00", "by 20:00 today", "今天 20:00 前"),  # this very second is in time
        ("2026-11-20T11:59", "since 19:59 today", "今天 19:59 起"),
        ("2026-11-19T01:00", "since 09:00 yesterday", "昨天 9:00 起"),
        ("2026-11-16T01:00", "since Mon 09:00", "周一 9:00 起"),
        ("2026-11-13T01:00", "since 11-13 09:00", "11月13日 9:00 起"),
    ],
)
def test_a_due_date_stands_in_words(at: str, en: str, zh: str) -> None:
    instant, zone = datetime.fromisoformat(at).replace(tzinfo=UTC), "Asia/Shanghai"
    now = NOON if en.startswith("since") or at > "2026-11-20T08" else NOON - timedelta(hours=6)
    assert due_words(instant, now, zone) == en
    i18n.activate("zh")
    assert due_words(instant, now, zone) == zh


def test_a_due_date_is_shorter_in_a_narrow_column() -> None:
    short = dues(NOON, "Asia/Shanghai", short=True)
    ahead, past = NOON + timedelta(minutes=30), NOON - timedelta(days=30)
    assert (short(ahead), short(past)) == ("today 20:30", "10-21 20:00")
    i18n.activate("zh")
    short = dues(NOON, "Asia/Shanghai", short=True)
    assert (short(ahead), short(past)) == ("今天20:30前", "10-21 20:00起")


def test_the_days_are_those_of_the_readers_zone() -> None:
    late = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert due_words(late, NOON, "Asia/Shanghai") == "by 01:00 tomorrow"
    assert due_words(late, NOON, "Europe/Berlin") == "by 18:00 today"

"""durations: what people write for a stretch of time, and how it is said back (docs/sla.md C6)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.durations import (
    DurationError,
    duration_text,
    open_time_text,
    parse_duration,
    parse_minutes,
    working_days,
)

HOUR = 3600
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("15m", 900),
        ("2h", 2 * HOUR),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        (" 22h30m ", 81000),
        ("1h30m15s", 5415),
        ("PT4H", 4 * HOUR),
        ("PT1H30M", 5400),
        ("2小时", 2 * HOUR),
        ("2个小时", 2 * HOUR),
        ("30分钟", 1800),
        ("1小时30分", 5400),
        ("45秒", 45),
        ("30 minutes", 1800),
        ("1 hour", HOUR),
        ("2h", 7200),
        ("0m", 0),
    ],
)
def test_hours_minutes_and_seconds_are_read_as_people_write_them(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3d", 3 * DAY),
        ("2w", 14 * DAY),
        ("7 days", 7 * DAY),
        ("1 week", 7 * DAY),
        ("3天", 3 * DAY),
        ("2周", 14 * DAY),
        ("1d12h", 36 * HOUR),
        ("P1DT2H", 26 * HOUR),
        ("2h", 2 * HOUR),
    ],
)
def test_days_are_24_hours_where_days_are_asked_for(text: str, seconds: int) -> None:
    assert parse_duration(text, days=True) == seconds


@pytest.mark.parametrize("text", ["3d", "2w", "7 days", "3天", "P1D"])
def test_a_day_in_a_target_is_refused_because_it_is_ambiguous(text: str) -> None:
    # docs/sla.md C6: "No `d` or `w`: a day is ambiguous."
    with pytest.raises(DurationError, match="a day is ambiguous"):
        parse_duration(text)


@pytest.mark.parametrize(
    "text", ["", "h", "2", "soon", "30m1h", "2h2h", "-2h", "1.5h", "P", "PT", "2 moons", "2h!"]
)
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DurationError, match="expected one like") as refused:
        parse_duration(text, days=True)
    assert refused.value.code == "duration"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2 working days", 2),
        ("1 working day", 1),
        ("2个工作日", 2),
        ("5 business days", 5),
        ("2 days", None),
        ("working days", None),
        ("2h", None),
    ],
)
def test_working_days_are_told_from_calendar_days(text: str, days: int | None) -> None:
    assert working_days(text) == days


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (2 * DAY + 3 * HOUR, "2d 3h", "2天3小时"),
        (HOUR + 20 * 60, "1h 20m", "1小时20分"),
        (45, "45s", "45秒"),
        (65, "1m 5s", "1分5秒"),
        (0, "0m", "0分"),
        (-(HOUR + 20 * 60), "-1h 20m", "-1小时20分"),
        (DAY, "1d", "1天"),
        (DAY + 60, "1d", "1天"),
        (2 * DAY + 3 * HOUR + 59 * 60 + 59, "2d 3h", "2天3小时"),
        (400 * DAY, "400d", "400天"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(seconds: int, en: str, zh: str) -> None:
    assert duration_text(seconds, "en") == en
    assert duration_text(seconds, "zh") == zh


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (30 * HOUR + 15 * 60 + 59, "30h 15m", "30小时15分"),
        (22 * HOUR, "22h", "22小时"),
        (10 * 60 + 30, "10m", "10分"),
        (9 * 60 + 5, "9m 5s", "9分5秒"),
        (45, "45s", "45秒"),
        (0, "0m", "0分"),
        (-(DAY + 6 * HOUR), "-30h", "-30小时"),
    ],
)
def test_open_time_is_said_in_hours_and_minutes_as_its_days_are_no_24_hours(
    seconds: int, en: str, zh: str
) -> None:
    assert open_time_text(seconds, "en") == en
    assert open_time_text(seconds, "zh") == zh


@settings(deadline=None)
@given(hours=st.integers(0, 10_000), minutes=st.integers(0, 59), language=st.sampled_from(["en", "zh"]))
def test_what_is_said_reads_back_unless_something_smaller_was_left_out(
    hours: int, minutes: int, language: str
) -> None:
    seconds = hours * HOUR + minutes * 60
    said = parse_duration(duration_text(seconds, language), days=True)
    assert said <= seconds
    assert seconds - said < (HOUR if seconds >= DAY else 60)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15m", 15),
        ("1h30m", 90),
        ("2小时", 120),
        ("1小时30分", 90),
        ("90", 90),
        ("９０", 90),
        ("90s", 2),
        ("PT1H", 60),
    ],
)
def test_time_spent_is_whole_minutes(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "0m", "1d", "2w", "1.5h", "soon", "-5", "15x", "9" * 12])
def test_what_is_no_time_spent_says_how_to_write_it(text: str) -> None:
    with pytest.raises(DurationError, match="15m, 1h30m or 90"):
        parse_minutes(text)

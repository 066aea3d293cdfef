"""Windows by name: whole weeks, months and quarters, `2026-W47`, and the words of config/reports.yaml."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_desk import ZONE, at

from tkt.errors import UsageError
from tkt.kpis.window import (
    Span,
    Window,
    iso_week,
    last_full,
    last_full_week,
    parse_span,
    previous,
    week_name,
    weeks_until,
)

NOW = at("2026-11-22T10:00")
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda it: it.replace(tzinfo=UTC))


def days(start: str, end: str) -> Window:
    return Window(at(f"{start}T00:00"), at(f"{end}T00:00"), ZONE)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("week", "2026-11-09", "2026-11-16"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("quarter", "2026-07-01", "2026-10-01"),
        ("2026-W47", "2026-11-16", "2026-11-23"),
        ("2026-w01", "2025-12-29", "2026-01-05"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-10-01..2026-10-03", "2026-10-01", "2026-10-03"),
    ],
)
def test_words_name_a_window(text: str, start: str, end: str) -> None:
    assert parse_span(text, ZONE, NOW) == days(start, end)


@pytest.mark.parametrize("text", ["", "some day", "2026", "2026-W54", "2026-13", "3 days"])
def test_words_that_name_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_span(text, ZONE, NOW)


@given(INSTANTS, st.sampled_from(["week", "month", "quarter"]))
def test_what_is_over_is_over_and_the_next_is_not(now: datetime, span: Span) -> None:
    found = last_full(span, ZONE, now)
    assert found.start < found.end <= now
    assert last_full(span, ZONE, found.end) == found  # it ends as the next one begins
    assert now - found.end < timedelta(days={"week": 7, "month": 31, "quarter": 92}[span])


@given(INSTANTS)
def test_a_week_is_found_again_by_its_name(now: datetime) -> None:
    week = last_full_week(ZONE, now)
    assert iso_week(week_name(week), ZONE) == week


@given(INSTANTS, st.integers(1, 20))
def test_weeks_follow_each_other_up_to_the_one_asked_for(end: datetime, count: int) -> None:
    found = weeks_until(end, ZONE, count)
    assert len(found) == count
    assert found[-1].start < end <= found[-1].end
    assert all(before.end == after.start for before, after in itertools.pairwise(found))


def test_the_window_before_ends_where_the_window_begins_in_an_hour_that_a_zone_has_twice() -> None:
    start = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 in Berlin, the second time
    window = Window(start, start + timedelta(days=1), "Europe/Berlin")
    assert previous(window).end == window.start

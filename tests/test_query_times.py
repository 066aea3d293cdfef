"""Dates, times and durations in queries (docs/query.md). It is noon of 2026-11-21 in Shanghai."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from querydesk import FIELDS, NOW, at, knows, parsed

from tkt.query import QueryError, parse_query

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def received(text: str, instant: str) -> bool:
    return knows(f"received:{text}", received_at=at(instant))


def test_a_day_is_the_whole_day_of_the_desk() -> None:
    # given the first and last second of 1 October in Shanghai, and their neighbours
    first, last = "2026-09-30T16:00:00", "2026-10-01T15:59:59"
    before, after = "2026-09-30T15:59:59", "2026-10-01T16:00:00"
    # then the day holds the first two alone
    assert received("2026-10-01", first)
    assert received("2026-10-01", last)
    assert not received("2026-10-01", before)
    assert not received("2026-10-01", after)
    # and `>` begins after it, `>=` with it
    assert received(">2026-10-01", after)
    assert not received(">2026-10-01", last)
    assert received(">=2026-10-01", first)
    assert received("<2026-10-01", before)
    assert not received("<2026-10-01", first)
    assert received("<=2026-10-01", last)
    assert not received("<=2026-10-01", after)


def test_a_range_holds_its_last_day() -> None:
    assert received("2026-10-01..2026-10-02", "2026-10-02T15:59:59")
    assert not received("2026-10-01..2026-10-02", "2026-10-02T16:00:00")
    assert received("..2026-10-02", "2020-01-01T00:00:00")
    assert received("2026-10-01..", "2026-09-30T16:00:00")
    assert received("2026-09..today", "2026-11-21T15:59:59")


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", "2025-12-31T16:00:00", "2026-12-31T16:00:00"),
        ("2026-12", "2026-11-30T16:00:00", "2026-12-31T16:00:00"),
        ("2026-2", "2026-01-31T16:00:00", "2026-02-28T16:00:00"),
        ("2026/10/1", "2026-09-30T16:00:00", "2026-10-01T16:00:00"),
        ("2026-10-01T09:00", "2026-10-01T01:00:00", "2026-10-01T01:01:00"),
        ('"2026-10-01 9:00"', "2026-10-01T01:00:00", "2026-10-01T01:01:00"),
        ("2026-10-01T09:00:30", "2026-10-01T01:00:30", "2026-10-01T01:00:31"),
        ("2026-10-01T09:00:00Z", "2026-10-01T09:00:00", "2026-10-01T09:00:01"),
        ("2026-10-01T09:00+02:00", "2026-10-01T07:00:00", "2026-10-01T07:01:00"),
        ("today", "2026-11-20T16:00:00", "2026-11-21T16:00:00"),
        ("今天", "2026-11-20T16:00:00", "2026-11-21T16:00:00"),
        ("Yesterday", "2026-11-19T16:00:00", "2026-11-20T16:00:00"),
        ("明天", "2026-11-21T16:00:00", "2026-11-22T16:00:00"),
        ("now", "2026-11-21T04:00:00", "2026-11-21T04:00:01"),
    ],
)
def test_a_moment_is_as_long_as_it_is_exact(text: str, first: str, after: str) -> None:
    second = timedelta(seconds=1)
    instants = [at(first) - second, at(first), at(after) - second, at(after)]
    assert [knows(f"received:{text}", received_at=each) for each in instants] == [False, True, True, False]


def test_a_day_of_daylight_saving_is_as_long_as_it_is() -> None:
    query = parse_query("received:2026-10-25", FIELDS, now=None, zone="Europe/Berlin")
    first, last = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)
    assert query.matches({"received_at": first}.get)
    assert query.matches({"received_at": last}.get)
    assert not query.matches({"received_at": last + timedelta(seconds=1)}.get)


def test_past_and_future_lie_on_both_sides_of_now() -> None:
    assert knows("until:past", until=NOW - HOUR)
    assert not knows("until:past", until=NOW + HOUR)
    assert knows("until:future", until=NOW + HOUR)
    assert not knows("until:future,past", until=None)


def test_a_duration_on_an_instant_is_its_age() -> None:
    old, young = NOW - 8 * DAY, NOW - HOUR
    assert knows("received:>7d", received_at=old)
    assert not knows("received:>7d", received_at=young)
    assert knows("received:<2h", received_at=young)
    assert knows("received:<=1小时", received_at=young)
    assert knows("received:1h..2d", received_at=young)
    assert not knows("received:2h..2d", received_at=young)
    assert knows("received:1周..", received_at=old)


def test_a_duration_on_an_instant_ahead_is_the_time_until_then() -> None:
    assert knows("due:<4h", due=NOW + 3 * HOUR)
    assert not knows("due:<4h", due=NOW + 5 * HOUR)
    assert knows("due:<4h", due=NOW - DAY), "what is late is due within four hours too"
    assert knows("due:0..4h", due=NOW + 3 * HOUR)
    assert not knows("due:0..4h", due=NOW - DAY)
    assert knows("until:<1d", until=NOW + HOUR)


def test_a_field_of_durations_compares_seconds() -> None:
    assert knows("age:>7d", age=8 * 86400)
    assert knows("remaining:<-2h", remaining=-3 * 3600)
    assert knows("remaining:<0", remaining=-1)
    assert not knows("remaining:<0", remaining=None)
    assert knows("untouched:2d..1w", untouched=3 * 86400)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("18:00", "21T10:00", "21T10:01"),
        ("今天18：00", "21T10:00", "21T10:01"),
        ('"today 9:00"', "21T01:00", "21T01:01"),
        ("后天", "22T16:00", "23T16:00"),
        ("前天", "18T16:00", "19T16:00"),
    ],
)
def test_days_and_times_are_said_in_words(text: str, first: str, after: str) -> None:
    assert knows(f"due:{text}", due=at(first))
    assert not knows(f"due:{text}", due=at(after))
    assert not knows(f"due:{text}", due=at(first) - timedelta(seconds=1))
    assert parsed(f"due:<{text}").uses_now


@pytest.mark.parametrize("text", ["25:00", "12:60", "大后天", '"today tomorrow"', "18"])
def test_what_is_no_time_of_day_is_an_error(text: str) -> None:
    with pytest.raises(QueryError):
        parsed(f"due:{text}")


@pytest.mark.parametrize("text", ["received:7d", "age:2h", "due:0"])
def test_a_bare_duration_says_how_it_is_meant(text: str) -> None:
    with pytest.raises(QueryError, match="is never exactly met") as caught:
        parsed(text)
    assert ":<" in str(caught.value.hint)


@pytest.mark.parametrize("text", ["due:<4h", "received:today", "age:>1d,<2h", "until:past"])
def test_without_a_time_only_what_needs_one_fails(text: str) -> None:
    # given a query that was parsed where no time is known, as a policy's `match` is (docs/sla.md P1)
    query = parsed(text, now=None)
    # then it says that it depends on the time
    assert query.uses_now
    # and it does not answer as if it knew it
    if not text.startswith("age"):
        with pytest.raises(QueryError, match="depends on the time"):
            query.matches({"due": NOW, "received_at": NOW, "until": NOW}.get)


def test_an_absolute_date_needs_no_time() -> None:
    query = parsed("received:2026-11-21", now=None)
    assert not query.uses_now
    assert query.matches({"received_at": NOW}.get)

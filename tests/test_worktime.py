"""worktime: open seconds and due instants over business calendars (docs/sla.md C1 to C7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tkt.worktime import (
    Calendar,
    CalendarError,
    CalendarNeverOpens,
    active_seconds,
    after_working_days,
    closed_for_good_from,
    due_at,
    next_opening,
    open_spans,
    opens_on,
    united,
    without,
)

MINUTE, HOUR = 60, 3600
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
ALL_DAYS = (*WEEKDAYS, "sat", "sun")
LUNCH = ["09:00-12:00", "13:30-18:00"]


def open_on(days: tuple[str, ...], hours: list[str], zone: str, **more: Any) -> Calendar:
    return Calendar.from_mapping({"zone": zone, "week": dict.fromkeys(days, hours), **more})


SH = open_on(
    WEEKDAYS,
    LUNCH,
    "Asia/Shanghai",
    holidays=[f"2025-10-0{day}" for day in range(1, 9)],
    exceptions={"2025-09-28": LUNCH, "2025-10-11": LUNCH},
)
NY = open_on(WEEKDAYS, ["09:00-17:00"], "America/New_York")
ALWAYS_BE = open_on(ALL_DAYS, ["00:00-24:00"], "Europe/Berlin")


def sh(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def ny(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


def be(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def in_berlin(hours: str) -> Calendar:
    return open_on(ALL_DAYS, [hours], "Europe/Berlin")


# --- the golden vectors of docs/sla.md that are about calendars alone


@pytest.mark.parametrize(
    ("vector", "start", "seconds", "due"),
    [
        ("V1", "2025-09-15T10:00", 4 * HOUR, "2025-09-15T15:30"),
        ("V2", "2025-09-15T12:30", 15 * MINUTE, "2025-09-15T13:45"),
        ("V3", "2025-09-19T17:50", 15 * MINUTE, "2025-09-22T09:05"),
        ("V4", "2025-09-19T17:45", 15 * MINUTE, "2025-09-19T18:00"),
        ("V5", "2025-09-30T17:00", 2 * HOUR, "2025-10-09T10:00"),
        ("V6", "2025-09-28T10:00", HOUR, "2025-09-28T11:00"),
        ("V7", "2025-10-10T17:30", HOUR, "2025-10-11T09:30"),
        ("V17", "2025-09-15T09:00", 4 * HOUR, "2025-09-15T14:30"),
    ],
)
def test_golden_due_in_shanghai(vector: str, start: str, seconds: int, due: str) -> None:
    assert due_at(SH, sh(start), seconds) == sh(due), vector


@pytest.mark.parametrize(
    ("vector", "target", "pauses", "due"),
    [
        ("V18", 4 * HOUR, [("2025-09-15T10:00", "2025-09-15T11:00")], "2025-09-15T15:30"),
        ("V19", 8 * HOUR, [("2025-09-15T18:00", "2025-09-16T09:00")], "2025-09-16T09:30"),
        ("V20", 4 * HOUR, [("2025-09-15T12:10", "2025-09-15T13:20")], "2025-09-15T14:30"),
        ("V21", 8 * HOUR, [("2025-09-15T17:00", "2025-09-16T10:00")], "2025-09-16T11:30"),
        (
            "V22",
            4 * HOUR,
            [
                ("2025-09-15T10:00:10", "2025-09-15T10:00:20"),
                ("2025-09-15T10:00:30", "2025-09-15T10:00:50"),
            ],
            "2025-09-15T14:30:30",
        ),
    ],
)
def test_golden_due_with_pauses(vector: str, target: int, pauses: list[tuple[str, str]], due: str) -> None:
    # docs/sla.md L5: pauses are subtracted in calendar time, not added as wall time
    spans = [(sh(start), sh(end)) for start, end in pauses]
    assert due_at(SH, sh("2025-09-15T09:00"), target, spans) == sh(due), vector


def test_golden_due_over_a_change_of_clocks_in_new_york() -> None:
    # V8, V9
    assert due_at(NY, ny("2025-03-07T16:00"), 2 * HOUR) == utc("2025-03-10T14:00")
    assert due_at(NY, ny("2025-10-31T16:00"), 2 * HOUR) == utc("2025-11-03T15:00")


def test_golden_days_of_23_and_25_hours() -> None:
    # V10, V11, V14
    assert active_seconds(ALWAYS_BE, be("2025-03-30"), be("2025-03-31")) == 23 * HOUR
    assert active_seconds(ALWAYS_BE, be("2025-10-26"), be("2025-10-27")) == 25 * HOUR
    assert due_at(ALWAYS_BE, be("2025-03-29T12:00"), 24 * HOUR) == be("2025-03-30T13:00")


def test_golden_nights_over_a_change_of_clocks() -> None:
    # V12, V13
    nights = in_berlin("22:00-30:00")
    assert active_seconds(nights, be("2025-03-29T20:00"), be("2025-03-30T20:00")) == 7 * HOUR
    assert active_seconds(nights, be("2025-10-25T20:00"), be("2025-10-26T20:00")) == 9 * HOUR


@pytest.mark.parametrize(
    ("vector", "day", "hours", "minutes"),
    [
        ("V15", "2025-03-30", "01:00-03:30", 90),
        ("V15b", "2025-03-30", "01:00-02:30", 60),
        ("V16", "2025-10-26", "01:00-03:30", 210),
        ("V16b", "2025-10-26", "01:00-02:30", 150),
    ],
)
def test_golden_hours_that_touch_a_change_of_clocks(vector: str, day: str, hours: str, minutes: int) -> None:
    # docs/sla.md C2: a wall time that does not exist is the transition; an ambiguous closing the second one
    calendar = in_berlin(hours)
    assert active_seconds(calendar, be(day), be(f"{day}T12:00")) == minutes * MINUTE, vector


# --- the vectors on which two other implementations agree


def vectors() -> Iterator[dict[str, Any]]:
    with (Path(__file__).parent / "data" / "worktime.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def hours_of(intervals: list[list[str]]) -> list[str]:
    return [f"{opens}-{closes}" for opens, closes in intervals]


def minutes_of(intervals: list[list[str]]) -> set[int]:
    return {
        minute
        for opens, closes in intervals
        for minute in range(*(int(text[:2]) * 60 + int(text[3:]) for text in (opens, closes)))
    }


def hours_without(intervals: list[list[str]], breaks: list[list[str]]) -> list[str]:
    """The minutes of a day that are left, each as an interval of its own."""
    left = sorted(minutes_of(intervals) - minutes_of(breaks))
    texts = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60 + 1)]
    return [f"{texts[minute]}-{texts[minute + 1]}" for minute in left]


def calendar_of(case: dict[str, Any]) -> Calendar:
    exceptions = {day: hours_of(intervals) for day, intervals in case.get("shifts", {}).items()}
    for day, breaks in case.get("breaks", {}).items():
        weekday = ALL_DAYS[date.fromisoformat(day).weekday()]
        weekly = [] if day in case["holidays"] else case["hours"].get(weekday, [])
        exceptions[day] = hours_without(case.get("shifts", {}).get(day, weekly), breaks)
    week = {day: hours_of(intervals) for day, intervals in case["hours"].items()}
    return Calendar.from_mapping(
        {"zone": case["tz"], "week": week, "holidays": case["holidays"], "exceptions": exceptions}
    )


def test_all_819_vectors_agree() -> None:
    wrong = []
    count = 0
    for count, case in enumerate(vectors(), 1):
        calendar, start = calendar_of(case), datetime.fromisoformat(case["start"])
        if "end" in case:
            agrees = active_seconds(calendar, start, datetime.fromisoformat(case["end"])) == case["seconds"]
        else:
            agrees = due_at(calendar, start, case["add_seconds"]) == datetime.fromisoformat(case["due"])
        if not agrees:
            wrong.append((count, case["kind"]))
    assert (count, wrong) == (819, [])


# --- C1: what a calendar says


def test_an_exception_wins_over_a_holiday_and_a_holiday_over_the_week() -> None:
    calendar = open_on(
        WEEKDAYS,
        ["09:00-17:00"],
        "UTC",
        holidays=["2025-09-15", "2025-09-16"],
        exceptions={"2025-09-16": ["10:00-11:00"], "2025-09-17": [], "2025-09-20": ["08:00-09:00"]},
    )
    opened = {day: opens_on(calendar, date(2025, 9, day)) for day in range(15, 22)}
    assert opened == {15: False, 16: True, 17: False, 18: True, 19: True, 20: True, 21: False}
    week = list(open_spans(calendar, utc("2025-09-15"), utc("2025-09-22")))
    assert week == [
        (utc("2025-09-16T10:00"), utc("2025-09-16T11:00")),
        (utc("2025-09-18T09:00"), utc("2025-09-18T17:00")),
        (utc("2025-09-19T09:00"), utc("2025-09-19T17:00")),
        (utc("2025-09-20T08:00"), utc("2025-09-20T09:00")),
    ]


def test_hours_past_midnight_belong_to_the_day_they_start_on() -> None:
    # given Friday nights, and a Saturday that is a holiday
    calendar = open_on(("fri",), ["22:00-30:00"], "UTC", holidays=["2025-09-20"])
    # then the night from Friday to Saturday is whole: it is Friday's
    assert active_seconds(calendar, utc("2025-09-19"), utc("2025-09-21")) == 8 * HOUR
    # and a holiday on the Friday closes it, Saturday's morning included
    closed = open_on(("fri",), ["22:00-30:00"], "UTC", holidays=["2025-09-19"])
    assert active_seconds(closed, utc("2025-09-19"), utc("2025-09-21")) == 0


def test_new_opening_hours_do_not_change_the_past() -> None:
    # docs/sla.md C1: the weekly hours may be dated
    mondays = {"mon": ["09:00-18:00"]}
    calendar = Calendar.from_mapping(
        {
            "zone": "UTC",
            "week": {"mon": ["09:00-12:00"]},
            "weeks": [{"since": "2026-01-01", "week": {}}, {"since": "2025-09-22", "week": mondays}],
            "exceptions": {"2026-06-01": ["09:00-10:00"], "2027-01-04": ["09:00-10:00"]},
        }
    )
    open_on_monday = [
        active_seconds(calendar, utc(day), utc(day) + timedelta(days=1)) // HOUR
        for day in ("2025-09-15", "2025-09-22", "2025-12-29", "2026-01-05", "2026-06-01")
    ]
    assert open_on_monday == [3, 9, 9, 0, 1]


def test_overlapping_hours_of_two_days_are_counted_once() -> None:
    calendar = Calendar.from_mapping(
        {"zone": "UTC", "week": {"mon": ["20:00-30:00", "22:00-23:00"], "tue": ["05:00-07:00"]}}
    )
    assert active_seconds(calendar, utc("2025-09-15"), utc("2025-09-17")) == 11 * HOUR


# --- C2: days on which the clocks change


def test_an_ambiguous_opening_is_the_first_occurrence() -> None:
    calendar = in_berlin("02:30-04:00")
    assert next_opening(calendar, be("2025-10-26")) == utc("2025-10-26T00:30")


def test_an_opening_that_does_not_exist_is_the_transition() -> None:
    calendar = in_berlin("02:15-04:00")
    assert next_opening(calendar, be("2025-03-30")) == utc("2025-03-30T01:00")


def test_hours_that_lie_whole_inside_a_gap_are_no_time_at_all() -> None:
    calendar = in_berlin("02:15-02:45")
    assert active_seconds(calendar, be("2025-03-30"), be("2025-03-31")) == 0
    assert due_at(calendar, be("2025-03-30T01:00"), 60) == be("2025-03-31T02:16")


def test_a_change_of_clocks_at_midnight_leaves_no_hole_and_no_overlap() -> None:
    # Beirut turns its clocks at midnight: 2025-03-30 begins at 01:00
    calendar = open_on(ALL_DAYS, ["00:00-24:00"], "Asia/Beirut")
    assert active_seconds(calendar, utc("2025-03-01"), utc("2025-05-01")) == 61 * 24 * HOUR
    assert active_seconds(calendar, utc("2025-10-01"), utc("2025-12-01")) == 61 * 24 * HOUR


def test_a_day_that_a_zone_left_out_is_no_working_time() -> None:
    # Samoa had no 30 December 2011
    calendar = open_on(ALL_DAYS, ["09:00-17:00"], "Pacific/Apia")
    zone = ZoneInfo("Pacific/Apia")
    start, end = datetime(2011, 12, 29, tzinfo=zone), datetime(2012, 1, 1, tzinfo=zone)
    assert active_seconds(calendar, start, end) == 16 * HOUR


# --- C3: active and due


def test_a_target_used_up_at_closing_time_is_due_at_closing_time() -> None:
    assert due_at(NY, ny("2025-09-15T09:00"), 8 * HOUR) == ny("2025-09-15T17:00")


def test_no_time_at_all_is_due_at_the_start_even_when_closed_or_paused() -> None:
    saturday = ny("2025-09-20T12:00")
    assert due_at(NY, saturday, 0) == saturday
    assert due_at(NY, saturday, 0, [(saturday, saturday + timedelta(days=1))]) == saturday


def test_a_target_used_up_when_a_pause_begins_is_due_then() -> None:
    pause = (ny("2025-09-15T11:00"), ny("2025-09-15T12:00"))
    assert due_at(NY, ny("2025-09-15T09:00"), 2 * HOUR, [pause]) == pause[0]


def test_pauses_in_any_order_overlapping_and_outside_are_taken_out_once() -> None:
    start, end = ny("2025-09-15T09:00"), ny("2025-09-15T17:00")
    pauses = [
        (ny("2025-09-15T14:00"), ny("2025-09-15T15:00")),
        (ny("2025-09-15T10:00"), ny("2025-09-15T11:30")),
        (ny("2025-09-15T11:00"), ny("2025-09-15T12:00")),
        (ny("2025-09-01T09:00"), ny("2025-09-15T09:30")),
        (ny("2025-09-15T16:30"), ny("2025-10-15T09:00")),
    ]
    assert active_seconds(NY, start, end, pauses) == 8 * HOUR - (60 + 120 + 30 + 30) * MINUTE
    assert due_at(NY, start, 4 * HOUR, pauses) == ny("2025-09-15T16:30")
    assert due_at(NY, start, 4 * HOUR + 1, pauses) == ny("2025-10-15T09:00:01")


def test_an_interval_that_ends_before_it_starts_has_no_active_time() -> None:
    assert active_seconds(NY, ny("2025-09-16T09:00"), ny("2025-09-15T09:00")) == 0


def test_an_answer_does_not_depend_on_what_was_asked_before() -> None:
    # docs/sla.md C7: the tables grow on demand; growing must not change an answer
    fresh = open_on(WEEKDAYS, LUNCH, "Asia/Shanghai")
    asked = [active_seconds(fresh, sh("2025-09-15"), sh("2025-09-16")) for _ in range(2)]
    active_seconds(fresh, sh("1990-01-01"), sh("2040-01-01"))
    asked.append(active_seconds(fresh, sh("2025-09-15"), sh("2025-09-16")))
    assert asked == [27000] * 3


def test_whole_seconds_count_and_fractions_are_dropped() -> None:
    # docs/sla.md S2: whole seconds, half-open intervals
    start = ny("2025-09-15T09:00:00")
    assert active_seconds(NY, start, start + timedelta(seconds=10, microseconds=900_000)) == 10


def test_an_instant_without_a_zone_and_a_negative_target_are_refused() -> None:
    naive = datetime(2025, 9, 15, 9)
    with pytest.raises(ValueError, match="aware"):
        active_seconds(NY, naive, naive)
    with pytest.raises(ValueError, match="negative"):
        due_at(NY, ny("2025-09-15T09:00"), -1)
    with pytest.raises(ValueError, match="negative"):
        after_working_days(NY, ny("2025-09-15T09:00"), -1)


def test_due_instants_come_out_in_utc() -> None:
    assert due_at(NY, ny("2025-09-15T09:00"), HOUR).tzinfo is UTC


# --- C5: calendars that never open


def test_a_calendar_without_any_hours_is_refused_when_it_is_read() -> None:
    # V25
    with pytest.raises(CalendarNeverOpens):
        Calendar.from_mapping({"zone": "UTC", "week": {}})
    with pytest.raises(CalendarNeverOpens):
        Calendar.from_mapping({"zone": "UTC", "week": {"mon": []}, "exceptions": {"2025-10-01": []}})


def closed_every_day(first: str, days: int) -> list[str]:
    return [str(date.fromisoformat(first) + timedelta(days=number)) for number in range(days)]


@pytest.mark.parametrize("kind", ["holidays", "exceptions"])
def test_holidays_or_exceptions_that_close_everything_are_refused_at_first_use(kind: str) -> None:
    days = closed_every_day("2025-01-01", 400)
    closed: Any = days if kind == "holidays" else {day: [] for day in days}
    calendar = open_on(WEEKDAYS, LUNCH, "UTC", **{kind: closed})
    with pytest.raises(CalendarNeverOpens):
        due_at(calendar, utc("2025-01-02"), 1)
    with pytest.raises(CalendarNeverOpens):
        due_at(calendar, utc("2024-12-31"), 8 * HOUR)
    with pytest.raises(CalendarNeverOpens):
        next_opening(calendar, utc("2025-01-02"))
    with pytest.raises(CalendarNeverOpens):
        after_working_days(calendar, utc("2025-01-02"), 1)
    assert due_at(calendar, utc("2024-12-31"), HOUR) == utc("2024-12-31T10:00")
    assert closed_for_good_from(calendar) == date(2025, 1, 1)


def test_the_refusal_does_not_depend_on_how_far_the_tables_reach() -> None:
    calendar = open_on(WEEKDAYS, LUNCH, "UTC", holidays=closed_every_day("2025-01-01", 400))
    active_seconds(calendar, utc("2020-01-01"), utc("2030-01-01"))
    for start in ("2024-12-31", "2025-01-02"):
        with pytest.raises(CalendarNeverOpens):
            due_at(calendar, utc(start), 8 * HOUR)


def test_a_target_of_many_weeks_is_found_however_rarely_the_desk_opens() -> None:
    calendar = open_on(("mon",), ["09:00-10:00"], "UTC")
    assert due_at(calendar, utc("2025-09-15"), 500 * HOUR) == utc("2025-09-15T10:00") + timedelta(weeks=499)


def test_a_closed_year_less_a_day_is_walked_over() -> None:
    calendar = open_on(ALL_DAYS, ["00:00-24:00"], "UTC", holidays=closed_every_day("2025-01-01", 365))
    assert due_at(calendar, utc("2024-12-31T23:00"), 2 * HOUR) == utc("2026-01-01T01:00")
    assert closed_for_good_from(calendar) is None


def test_a_target_that_no_calendar_can_serve_ends_in_a_refusal() -> None:
    with pytest.raises(CalendarNeverOpens, match="before the year 10000"):
        due_at(open_on(ALL_DAYS, ["00:00-24:00"], "UTC"), utc("9990-01-01"), 20 * 366 * 24 * HOUR)


def test_a_calendar_that_lives_by_exceptions_is_closed_for_good_after_the_last() -> None:
    calendar = open_on((), [], "UTC", exceptions={"2025-09-15": ["09:00-10:00"]})
    assert due_at(calendar, utc("2025-09-15T09:30"), 30 * MINUTE) == utc("2025-09-15T10:00")
    with pytest.raises(CalendarNeverOpens):
        due_at(calendar, utc("2025-09-15T09:30"), 31 * MINUTE)
    assert closed_for_good_from(calendar) == date(2025, 9, 16)
    assert closed_for_good_from(SH) is None


# --- other questions


def test_the_next_opening_is_now_where_it_is_open() -> None:
    assert next_opening(SH, sh("2025-09-15T09:00")) == sh("2025-09-15T09:00")
    assert next_opening(SH, sh("2025-09-15T12:00")) == sh("2025-09-15T13:30")
    assert next_opening(SH, sh("2025-09-30T18:00")) == sh("2025-10-09T09:00")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2025-09-15T10:00", 2, "2025-09-17T10:00"),
        ("2025-09-19T10:00", 1, "2025-09-22T10:00"),
        ("2025-09-20T10:00", 1, "2025-09-22T10:00"),
        ("2025-09-30T10:00", 2, "2025-10-10T10:00"),
        ("2025-09-26T10:00", 1, "2025-09-28T10:00"),
        ("2025-09-15T10:00", 0, "2025-09-15T10:00"),
    ],
)
def test_working_days_skip_weekends_and_holidays_and_count_make_up_days(
    start: str, days: int, end: str
) -> None:
    assert after_working_days(SH, sh(start), days) == sh(end)


def test_open_spans_are_cut_to_what_was_asked() -> None:
    assert list(open_spans(SH, sh("2025-09-15T11:00"), sh("2025-09-15T14:00"))) == [
        (sh("2025-09-15T11:00"), sh("2025-09-15T12:00")),
        (sh("2025-09-15T13:30"), sh("2025-09-15T14:00")),
    ]
    assert list(open_spans(SH, sh("2025-09-15T14:00"), sh("2025-09-15T11:00"))) == []


def test_spans_are_united_and_taken_out_of_each_other() -> None:
    at = [utc("2025-09-15") + timedelta(hours=hour) for hour in range(10)]
    assert united([(at[3], at[4]), (at[1], at[2]), (at[2], at[3]), (at[6], at[6])]) == ((at[1], at[4]),)
    assert without([(at[1], at[8])], [(at[2], at[3]), (at[7], at[9]), (at[0], at[1])]) == (
        (at[1], at[2]),
        (at[3], at[7]),
    )


# --- what a wrong mapping is told


def faults_of(mapping: dict[str, Any]) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(CalendarError) as refused:
        Calendar.from_mapping(mapping)
    return {fault.path: f"{fault.message} / {fault.hint}" for fault in refused.value.faults}


def test_all_faults_of_a_calendar_are_told_at_once_with_their_keys() -> None:
    faults = faults_of(
        {
            "zone": "Asia/Shangha",
            "week": {"mon": ["09:00-12:00", "9-12"], "thurs": [], "tue": "09:00-18:00"},
            "weeks": [{"since": "soon", "week": {"fri": ["18:00-09:00"]}}],
            "holidays": ["2025-02-30"],
            "exceptions": {"2025-10-01": ["25:00-26:00"]},
            "holidys": [],
        }
    )
    assert set(faults) == {
        ("zone",),
        ("week", "mon", 1),
        ("week", "thurs"),
        ("week", "tue"),
        ("weeks", 0, "since"),
        ("holidays", 0),
        ("exceptions", "2025-10-01", 0),
        ("holidys",),
    }
    assert "did you mean Asia/Shanghai?" in faults[("zone",)]
    assert "did you mean holidays?" in faults[("holidys",)]


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("22:00-06:00", "22:00-06:00 closes before it opens / for hours past midnight write 22:00-30:00"),
        ("09:00-09:00", "closes before it opens"),
        ("24:00-26:00", "opens after its day"),
        ("09:00-48:01", "closes after the next one"),
        ("09:60-10:00", "expected one like 09:00-12:00"),
        ("0900-1200", "expected one like 09:00-12:00"),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: str, said: str) -> None:
    faults = faults_of({"zone": "UTC", "week": {"mon": [hours]}})
    assert said in faults[("week", "mon", 0)]


def test_a_country_is_no_list_of_holidays() -> None:
    assert (
        "expected a list of dates" in faults_of({"zone": "UTC", "week": {}, "holidays": "CN"})[("holidays",)]
    )


def test_dates_may_be_dates_already() -> None:
    holidays = [date(2025, 9, 15), datetime(2025, 9, 16, 12, tzinfo=UTC)]
    calendar = open_on(ALL_DAYS, LUNCH, "UTC", holidays=holidays)
    assert [opens_on(calendar, date(2025, 9, day)) for day in (15, 16, 17)] == [False, False, True]


@pytest.mark.parametrize(
    ("mapping", "path"),
    [
        ({"week": {"mon": ["09:00-10:00"]}}, ("zone",)),
        ({"zone": 8, "week": {"mon": ["09:00-10:00"]}}, ("zone",)),
        ({"zone": "UTC", "week": ["09:00-10:00"]}, ("week",)),
        ({"zone": "UTC", "week": {}, "weeks": {"since": "soon"}}, ("weeks", 0, "since")),
        ({"zone": "UTC", "week": {}, "weeks": ["2025-01-01"]}, ("weeks", 0)),
        ({"zone": "UTC", "week": {}, "exceptions": ["2025-01-01"]}, ("exceptions",)),
    ],
)
def test_what_has_another_shape_is_told_at_its_keys(
    mapping: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    assert list(faults_of(mapping)) == [path]


def test_two_weeks_cannot_begin_on_one_day() -> None:
    dated = {"since": "2025-01-01", "week": {"mon": ["09:00-10:00"]}}
    faults = faults_of({"zone": "UTC", "week": {}, "weeks": [dated, dated]})
    assert faults[("weeks", 1, "since")].startswith("two weeks begin on 2025-01-01")

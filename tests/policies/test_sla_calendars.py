"""The calendars of a desk, a country's holidays and make-up days (docs/sla.md C1, C5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sla_desk import LUNCH, WEEKDAYS, ZONE, configuration, sla_file

from tkt.errors import ConfigError
from tkt.policies.calendars import read_calendars
from tkt.schema import CalendarFile
from tkt.sla import ServiceLevels
from tkt.worktime import Calendar

CN = CalendarFile(
    country="CN",
    covers=[2025],
    holidays=["2025-10-01", "2025-10-02", "2025-10-03"],
    workdays=["2025-09-28", "2025-10-11"],
)
WEEK = {**dict.fromkeys(WEEKDAYS, LUNCH), "mon": ["10:00-16:00"]}


def calendar(*files: CalendarFile, **more: Any) -> Calendar:
    declared = {"zone": ZONE, "week": WEEK, "holidays": "CN", **more}
    config = configuration(sla_file([], calendars={"office": declared}), holidays=files)
    return ServiceLevels.from_configuration(config).calendars["office"]


def hours(it: Calendar, day: str) -> int:
    return sum(closes - opens for opens, closes in it.hours_on(date.fromisoformat(day)))


def test_a_countrys_holidays_are_closed_and_its_make_up_days_are_like_mondays() -> None:
    found = calendar(CN)
    assert [hours(found, day) for day in ("2025-10-01", "2025-09-28", "2025-10-12")] == [0, 360, 0]


def test_the_calendars_own_exceptions_win() -> None:
    found = calendar(CN, exceptions={"2025-10-01": ["09:00-10:00"], "2025-09-28": []})
    assert [hours(found, day) for day in ("2025-10-01", "2025-09-28")] == [60, 0]


def test_a_make_up_day_has_the_mondays_hours_of_its_own_time() -> None:
    dated = [{"since": "2025-10-06", "week": {"mon": ["09:00-10:00"]}}]
    found = calendar(CN, weeks=dated)
    assert [hours(found, day) for day in ("2025-09-28", "2025-10-11")] == [360, 60]


def test_where_mondays_are_closed_a_make_up_day_keeps_its_own_hours() -> None:
    found = calendar(CN, week={"sun": ["09:00-10:00"], "tue": LUNCH})
    assert [hours(found, day) for day in ("2025-09-28", "2025-10-11")] == [60, 0]


def test_several_files_of_one_country_are_taken_together() -> None:
    later = CalendarFile(country="CN", covers=[2026], holidays=["2026-01-01"])
    other = CalendarFile(country="DE", covers=[2026], holidays=["2026-01-02"])
    found = calendar(CN, later, other)
    assert [hours(found, day) for day in ("2025-10-01", "2026-01-01", "2026-01-02")] == [0, 0, 450]


def test_a_country_without_a_file_is_told_with_the_file_to_write() -> None:
    with pytest.raises(ConfigError, match="no calendar file holds the holidays of CN") as refused:
        calendar()
    assert "config/calendars/CN-YEAR.yaml" in str(refused.value.hint)


def test_faults_are_told_at_their_lines_with_the_calendars_name() -> None:
    declared = {"zone": "Asia/Shangha", "week": {"mon": ["09:00-12:00", "12:00-06:00"]}}
    lines = {("calendars", "office", "zone"): 3, ("calendars", "office", "week", "mon", 1): 5}
    config = configuration(sla_file([], calendars={"office": declared}), lines=lines)
    _, problems = read_calendars(config)
    assert [(it.path, it.line) for it in problems] == [("config/sla.yaml", 3), ("config/sla.yaml", 5)]
    assert (
        str(problems[0].message)
        == "calendar office: Asia/Shangha is no time zone, expected one like Asia/Shanghai"
    )
    assert str(problems[1].hint) == "for hours past midnight write 12:00-30:00"


def test_holidays_that_leave_no_open_day_in_a_year_are_told() -> None:
    closed = [str(date(2025, 1, 1) + timedelta(days=number)) for number in range(366)]
    with pytest.raises(
        ConfigError, match="calendar office is closed for 366 days in a row from 2025-01-01 on"
    ):
        calendar(holidays=closed)
    assert calendar(holidays=closed[:-10])


def test_a_wrong_date_among_a_countrys_days_is_told() -> None:
    with pytest.raises(ConfigError, match="the days of CN: 2025-02-30 is no date"):
        calendar(CalendarFile(country="CN", covers=[2025], holidays=["2025-02-30"]))

"""What kind of day each day of a calendar is, and what is doubtful in its files (docs/sla.md C1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sla_desk import LUNCH, WEEKDAYS, ZONE, configuration, sla_file

from tkt.policies.checking import check_service_levels
from tkt.policies.days import days_of
from tkt.schema import CalendarFile, Configuration
from tkt.sla import ServiceLevels

CN = CalendarFile(
    country="CN", covers=[2026], holidays=["2026-02-16", "2026-02-17"], workdays=["2026-02-14", "2026-02-28"]
)
BAVARIA = CalendarFile(country="DE", subdivision="BY", covers=[2027], holidays=["2027-01-06"])
GERMANY = CalendarFile(country="DE", covers=[2027], holidays=["2027-01-01"])


def config_with(*files: CalendarFile, **calendar: Any) -> Configuration:
    declared = {"zone": ZONE, "week": dict.fromkeys(WEEKDAYS, LUNCH), "holidays": "CN", **calendar}
    policy = {"name": "all", "targets": {}, "calendar": "office"}
    return configuration(sla_file([policy], calendars={"office": declared}), holidays=files)


def kinds(config: Configuration, *days: str) -> list[str]:
    calendar = ServiceLevels.from_configuration(config).calendars["office"]
    asked = (date.fromisoformat(f"2026-{day}") for day in days)
    return [days_of(config, "office", calendar, day, day)[0].kind for day in asked]


def doubts(config: Configuration) -> list[str]:
    return [str(it) for it in check_service_levels(config) if it.code == "calendar" or "make-up" in str(it)]


def test_days_are_open_closed_holidays_or_worked() -> None:
    found = kinds(config_with(CN), "02-12", "02-14", "02-15", "02-16", "02-28")
    assert found == ["open", "worked", "closed", "holiday", "worked"]


def test_the_calendars_own_exceptions_are_marked() -> None:
    own = {"2026-02-12": ["09:00-10:00"], "2026-02-13": [], "2026-02-16": LUNCH, "2026-02-14": []}
    found = kinds(config_with(CN, exceptions=own), "02-12", "02-13", "02-16", "02-14")
    assert found == ["special", "special", "worked", "closed"]


def test_a_part_of_a_country_has_files_of_its_own() -> None:
    for region, closed in (("DE-BY", "2027-01-06"), ("DE", "2027-01-01")):
        config = config_with(BAVARIA, GERMANY, holidays=region)
        calendar = ServiceLevels.from_configuration(config).calendars["office"]
        assert [f"{day}" for day in calendar.holidays] == [closed]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"holidays": ["2026-02-16", "2026-02-16"]}, ["2026-02-16 stands twice"]),
        (
            {"workdays": ["2026-02-16"]},
            ["2026-02-16 is a holiday and a make-up day too: it counts as worked"],
        ),
        (
            {"holidays": ["2026-02-16", "2028-02-17"]},
            ["2028-02-17 is in none of the years that the file covers: 2026"],
        ),
        ({"workdays": ["2025-12-28"]}, []),  # for the New Year of 2026
    ],
)
def test_what_is_doubtful_in_a_file_is_told_with_its_path(
    changes: dict[str, Any], expected: list[str]
) -> None:
    kept = {"holidays": CN.holidays, "workdays": CN.workdays, **changes}
    file = CalendarFile(country="CN", covers=[2026], **kept)
    assert doubts(config_with(file)) == [f"config/calendars/CN-2026.yaml: {it}" for it in expected]


def test_a_year_that_stands_in_two_files_is_told() -> None:
    again = CalendarFile(country="CN", covers=[2024, 2026], holidays=[])
    assert doubts(config_with(CN, again)) == [
        "config/calendars/CN-2024.yaml: config/calendars/CN-2026.yaml has CN of 2026 too"
    ]


def test_make_up_days_without_hours_are_told() -> None:
    config = config_with(CN, week={"tue": LUNCH})
    assert doubts(config) == [
        "config/sla.yaml: calendar office stays closed on make-up days: 2026-02-14, 2026-02-28"
    ]
    own = {"2026-02-14": LUNCH, "2026-02-28": []}
    assert doubts(config_with(CN, week={"tue": LUNCH}, exceptions=own)) == []

"""Which calendars does a desk have, and are they right? (docs/sla.md C1, C5)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tkt.errors import Problem
from tkt.i18n import msg
from tkt.policies.faults import fault
from tkt.schema import CalendarDecl, CalendarFile, Configuration
from tkt.schema.configuration import CALENDAR_FILES
from tkt.worktime import Calendar, CalendarError, closed_for_good_from
from tkt.worktime.hours import Hours

MONDAY = 0


def read_calendars(config: Configuration) -> tuple[dict[str, Calendar], list[Problem]]:
    """Every calendar that can be used by its name, and what is wrong with the others."""
    found: dict[str, Calendar] = {}
    problems: list[Problem] = []
    for name, declared in config.sla.calendars.items():
        try:
            calendar = Calendar.from_mapping(_mapping(declared))
        except CalendarError as error:
            problems += [_told(config, name, each.path, each) for each in error.faults]
            continue
        if isinstance(declared.holidays, str):
            problems += _country_faults(config, name, declared.holidays)
            calendar = _with_country(calendar, declared.holidays, config.calendars)
        problems += _never_opens(config, name, calendar)
        found[name] = calendar
    return found, problems


def _mapping(declared: CalendarDecl) -> Mapping[str, Any]:
    return {
        "zone": declared.zone,
        "week": declared.week,
        "weeks": [{"since": dated.since, "week": dated.week} for dated in declared.weeks],
        "holidays": [] if isinstance(declared.holidays, str) else declared.holidays,
        "exceptions": declared.exceptions,
    }


def _with_country(calendar: Calendar, country: str, files: tuple[CalendarFile, ...]) -> Calendar:
    """The calendar with a country's holidays, and its make-up days open as on a Monday.

    The calendar's own exceptions win; a calendar that is closed on Mondays keeps the hours of the day.
    """
    mine = [file for file in files if file.country == country]
    holidays = {day for file in mine for day in _days(file.holidays)}
    made_up: dict[date, Hours] = {}
    for day in (day for file in mine for day in _days(file.workdays)):
        hours = calendar.week_on(day)[MONDAY]
        if hours:
            made_up[day] = hours
    return replace(
        calendar, holidays=calendar.holidays | holidays, exceptions={**made_up, **calendar.exceptions}
    )


def _days(texts: list[str]) -> list[date]:
    return [day for day in map(_day, texts) if day is not None]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _country_faults(config: Configuration, name: str, country: str) -> list[Problem]:
    files = [file for file in config.calendars if file.country == country]
    place = ("calendars", name, "holidays")
    if not files:
        message = msg("no calendar file holds the holidays of {country}", country=country)
        hint = msg(
            "write {path} with country, covers and holidays, or list the dates here",
            path=f"{CALENDAR_FILES}/{country}-YEAR.yaml",
        )
        return [fault(config, place, message, hint)]
    texts = [text for file in files for text in (*file.holidays, *file.workdays) if _day(text) is None]
    return [
        fault(config, place, msg("the days of {country}: {value} is no date", country=country, value=text))
        for text in texts
    ]


def _never_opens(config: Configuration, name: str, calendar: Calendar) -> list[Problem]:
    day = closed_for_good_from(calendar)
    if day is None:
        return []
    message = msg("calendar {name} is closed for 366 days in a row from {day} on", name=name, day=day)
    return [fault(config, ("calendars", name), message)]


def _told(config: Configuration, name: str, path: tuple[str | int, ...], told: Any) -> Problem:
    message = msg("calendar {name}: {fault}", name=name, fault=told.message)
    return fault(config, ("calendars", name, *path), message, told.hint)

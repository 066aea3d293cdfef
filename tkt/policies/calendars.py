"""Which calendars does a desk have, and are they right? (docs/sla.md C1, C5)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from shlex import quote
from typing import Any

from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.policies.faults import fault
from tkt.schema import CalendarDecl, CalendarFile, Configuration
from tkt.schema.configuration import CALENDAR_FILES
from tkt.worktime import Calendar, CalendarError, closed_for_good_from
from tkt.worktime.hours import Hours

MONDAY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The years of which a calendar has the holidays of its region."""

    region: str  # CN, DE-BY
    announced: frozenset[int]
    estimated: frozenset[int]  # only what the law fixes: the authorities had not said more


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
            problems += _region_faults(config, name, declared.holidays)
            calendar = _with_region(calendar, files_of(config, name))
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


def calendar_files(config: Configuration) -> list[tuple[CalendarFile, str]]:
    """The files of config/calendars/, each with its path."""
    paths = [name for name in config.lines if name.startswith(f"{CALENDAR_FILES}/")]
    if len(paths) != len(config.calendars):  # made of values, by a test or a program
        paths = [f"{CALENDAR_FILES}/{it.region}-{min(it.covers, default=0)}.yaml" for it in config.calendars]
    return list(zip(config.calendars, paths, strict=True))


def files_of(config: Configuration, calendar: str) -> tuple[CalendarFile, ...]:
    """The files that a calendar takes its holidays from; none where it lists its dates itself."""
    region = config.sla.calendars[calendar].holidays
    return tuple(file for file in config.calendars if file.region == region)


def known_years(config: Configuration, calendar: str) -> Known | None:
    """What a calendar knows of its region's years; None where it lists its holidays itself."""
    region = config.sla.calendars[calendar].holidays
    if not isinstance(region, str):
        return None
    files = files_of(config, calendar)
    announced = frozenset(year for file in files if file.announced for year in file.covers)
    every = frozenset(year for file in files for year in file.covers)
    return Known(region=region, announced=announced, estimated=every - announced)


def days_in(texts: list[str]) -> list[date]:
    """The dates among these texts; what is none is a fault that `read_calendars` tells."""
    return [day for day in map(_day, texts) if day is not None]


def import_command(region: str, *years: int | str) -> str:
    """The command that writes the holidays of a region into the desk."""
    country, _, subdivision = region.partition("-")
    part = f" --subdivision {quote(subdivision)}" if subdivision else ""
    return f"tkt calendar import {country} {' '.join(map(str, years))}{part}"


def _with_region(calendar: Calendar, files: tuple[CalendarFile, ...]) -> Calendar:
    """The calendar with a region's holidays, and its make-up days open as on a Monday.

    The calendar's own exceptions win; a calendar that is closed on Mondays keeps the hours of the day.
    """
    holidays = {day for file in files for day in days_in(file.holidays)}
    made_up: dict[date, Hours] = {}
    for day in (day for file in files for day in days_in(file.workdays)):
        hours = calendar.week_on(day)[MONDAY]
        if hours:
            made_up[day] = hours
    return replace(
        calendar, holidays=calendar.holidays | holidays, exceptions={**made_up, **calendar.exceptions}
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _region_faults(config: Configuration, name: str, region: str) -> list[Problem]:
    files = files_of(config, name)
    place = ("calendars", name, "holidays")
    if not files:
        message = msg("no calendar file holds the holidays of {country}", country=region)
        hint = msg(
            "`{command}` writes {path}; or list the dates here",
            command=import_command(region, "YEAR"),
            path=f"{CALENDAR_FILES}/{region}-YEAR.yaml",
        )
        return [fault(config, place, message, hint)]
    texts = [text for file in files for text in (*file.holidays, *file.workdays) if _day(text) is None]
    return [
        fault(config, place, msg("the days of {country}: {value} is no date", country=region, value=text))
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

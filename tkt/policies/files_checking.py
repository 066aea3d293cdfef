"""Do the files of config/calendars/ make sense together, and with the calendars that use them? (docs/sla.md C1)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from tkt.errors import Problem, Severity
from tkt.i18n import Message, msg
from tkt.policies.calendars import calendar_files, days_in, files_of
from tkt.policies.faults import fault
from tkt.schema import CalendarFile, Configuration
from tkt.schema.configuration import nearest_line
from tkt.worktime import Calendar

DECEMBER = 12


def check_calendar_files(config: Configuration, calendars: Mapping[str, Calendar]) -> Iterator[Problem]:
    """Days that stand twice, days of other years, years in two files, make-up days that nobody works."""
    seen: dict[tuple[str, int], str] = {}
    for file, path in calendar_files(config):
        yield from _told_twice(config, file, path)
        yield from _other_years(config, file, path)
        for year in file.covers:
            other = seen.setdefault((file.region, year), path)
            if other != path:
                message = msg(
                    "{other} has {region} of {year} too", other=other, region=file.region, year=year
                )
                yield _problem(config, path, ("covers",), message)
    for name, calendar in calendars.items():
        yield from _idle_make_up_days(config, name, calendar)


def _told_twice(config: Configuration, file: CalendarFile, path: str) -> Iterator[Problem]:
    for key, days in (("holidays", file.holidays), ("workdays", file.workdays)):
        for day, times in Counter(days).items():
            if times > 1:
                yield _problem(config, path, (key, _last(days, day)), msg("{day} stands twice", day=day))
    for number, day in enumerate(file.workdays):
        if day in file.holidays:
            message = msg("{day} is a holiday and a make-up day too: it counts as worked", day=day)
            yield _problem(config, path, ("workdays", number), message)


def _other_years(config: Configuration, file: CalendarFile, path: str) -> Iterator[Problem]:
    """Days in years that the file does not cover; the turn of the year before them belongs to it."""
    for key, days in (("holidays", file.holidays), ("workdays", file.workdays)):
        for number, text in enumerate(days):
            for day in days_in([text]):
                if day.year not in file.covers and not _is_turn(day, file.covers):
                    message = msg(
                        "{day} is in none of the years that the file covers: {years}",
                        day=text,
                        years=tuple(file.covers),
                    )
                    yield _problem(config, path, (key, number), message)


def _is_turn(day: date, covers: list[int]) -> bool:
    return day.month == DECEMBER and day.year + 1 in covers


def _idle_make_up_days(config: Configuration, name: str, calendar: Calendar) -> Iterator[Problem]:
    """Make-up days that stay closed, because neither Mondays nor their own weekdays have hours."""
    own = config.sla.calendars[name].exceptions
    days = [day for file in files_of(config, name) for day in days_in(file.workdays)]
    idle = tuple(sorted(f"{day}" for day in days if not calendar.hours_on(day) and f"{day}" not in own))
    if idle:
        message = msg("calendar {name} stays closed on make-up days: {days}", name=name, days=idle)
        hint = msg("a make-up day is open as on a Monday; give these days their hours under `exceptions`")
        yield fault(config, ("calendars", name, "holidays"), message, hint, severity=Severity.WARNING)


def _last(days: list[str], day: str) -> int:
    return len(days) - 1 - days[::-1].index(day)


def _problem(config: Configuration, path: str, place: tuple[str | int, ...], message: Message) -> Problem:
    line_of = config.lines.get(path)
    line = nearest_line(line_of, place) if line_of else None
    return Problem(code="calendar", message=message, path=path, line=line, severity=Severity.WARNING)

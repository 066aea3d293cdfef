"""What kind of day is each day of a calendar: open as usual, closed, a holiday, worked to make up? (docs/sla.md C1)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from tkt.frozen import dataclass
from tkt.policies.calendars import days_in, files_of
from tkt.schema import Configuration
from tkt.worktime import Calendar
from tkt.worktime.hours import Hours

DayKind = Literal["open", "closed", "holiday", "worked", "special"]
"""`worked`: open though its week or a holiday would close it; `special`: an exception with other hours or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day of a calendar, with the open intervals that begin on it."""

    day: date
    kind: DayKind
    hours: Hours


def days_of(
    config: Configuration, name: str, calendar: Calendar, first: date, last: date
) -> list[CalendarDay]:
    """Each day from `first` to `last`, that one included, of the calendar that is declared as `name`."""
    made_up = frozenset(day for file in files_of(config, name) for day in days_in(file.workdays))
    own = frozenset(days_in(list(config.sla.calendars[name].exceptions)))
    return [
        CalendarDay(day=day, kind=_kind(calendar, day, made_up, own), hours=calendar.hours_on(day))
        for day in _between(first, last)
    ]


def _between(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _kind(calendar: Calendar, day: date, made_up: frozenset[date], own: frozenset[date]) -> DayKind:
    hours, weekly = calendar.hours_on(day), calendar.week_on(day)[day.weekday()]
    is_holiday = day in calendar.holidays
    if hours and (is_holiday or not weekly) and day in made_up | own:
        return "worked"
    if day in own and hours != weekly and not is_holiday:
        return "special"
    if hours:
        return "open"
    return "holiday" if is_holiday else "closed"

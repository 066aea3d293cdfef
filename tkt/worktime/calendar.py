"""When is a desk open? (docs/sla.md C1)"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from tkt.frozen import dataclass
from tkt.worktime.hours import CLOSED, Hours, Week

DAYS_OF_A_WEEK = 7
CLOSED_TOO_LONG = 366
"""So many closed days in a row make a calendar a fault (docs/sla.md C5)."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Open hours of a zone: weekly, dated, with holidays and exceptions.

    Precedence: exception, then holiday, then the week in force on that day.
    """

    zone: ZoneInfo
    weeks: tuple[tuple[date, Week], ...]  # (first day in force, hours), in order; the first since ever
    holidays: frozenset[date] = frozenset()
    exceptions: Mapping[date, Hours] = field(default_factory=dict, hash=False)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Calendar:
        """A calendar from the keys `zone week weeks holidays exceptions`; weekdays left out are closed.

        Errors: CalendarError with everything that is wrong; CalendarNeverOpens where no day has hours.
        Source: docs/sla.md C1, C5.
        """
        from tkt.worktime.reading import read_calendar

        return read_calendar(mapping)

    def hours_on(self, day: date) -> Hours:
        """The open intervals that begin on `day`, in minutes after its midnight."""
        special = self.exceptions.get(day)
        if special is not None:
            return special
        if day in self.holidays:
            return CLOSED
        return self.week_on(day)[day.weekday()]

    def week_on(self, day: date) -> Week:
        """The weekly hours in force on `day`, Monday first."""
        if len(self.weeks) == 1:
            return self.weeks[0][1]
        return self.weeks[bisect_right(self._since, day) - 1][1]

    @cached_property
    def _since(self) -> tuple[date, ...]:
        return tuple(since for since, _ in self.weeks)


def opens_on(calendar: Calendar, day: date) -> bool:
    """Whether `day` is a working day: some open interval begins on it."""
    return bool(calendar.hours_on(day))


def closed_for_good_from(calendar: Calendar) -> date | None:
    """The first day of a run of 366 closed days after the first open one; None where there is none.

    Only days that a date of the calendar touches can differ from its weeks, so only those and the
    year after them are looked at. Source: docs/sla.md C5.
    """
    dated = sorted({*calendar.holidays, *calendar.exceptions, *(since for since, _ in calendar.weeks[1:])})
    if not dated:
        return None
    day, last = dated[0], dated[-1] + timedelta(days=CLOSED_TOO_LONG + 7)
    closed_since = None
    has_opened = any(calendar.weeks[0][1])
    while day <= last:
        if opens_on(calendar, day):
            has_opened, closed_since = True, None
            day = max(day, _surely_open_until(calendar, dated, day) or last)
        elif has_opened:
            closed_since = closed_since or day
            if (day - closed_since).days + 1 >= CLOSED_TOO_LONG:
                return closed_since
        day += timedelta(days=1)
    return None


def _surely_open_until(calendar: Calendar, dated: Sequence[date], day: date) -> date | None:
    """The last day before which no run of closed days begins that goes on to another date of the calendar.

    `day` is open. None: there is no such date; a week that has no hours may be closed from the next day on.
    """
    if not any(calendar.week_on(day)):
        return day
    place = bisect_right(dated, day)
    return dated[place] - timedelta(days=DAYS_OF_A_WEEK + 1) if place < len(dated) else None

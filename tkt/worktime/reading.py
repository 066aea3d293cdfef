"""What does a calendar's mapping say, and what is wrong with it? (docs/sla.md C1, C5)"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from tkt.errors import did_you_mean
from tkt.i18n import Message, msg
from tkt.worktime.calendar import Calendar
from tkt.worktime.errors import CalendarError, CalendarFault, CalendarNeverOpens
from tkt.worktime.hours import CLOSED, CLOSED_WEEK, WEEKDAYS, BadHours, Hours, Week, read_hours

_KEYS = ("zone", "week", "weeks", "holidays", "exceptions")
Path = tuple[str | int, ...]


def read_calendar(mapping: Mapping[str, Any]) -> Calendar:
    """As `Calendar.from_mapping`."""
    reader = _Reader()
    calendar = reader.calendar(mapping)
    if reader.faults or calendar is None:
        raise CalendarError(reader.faults)
    if not any(any(week) for _, week in calendar.weeks) and not any(calendar.exceptions.values()):
        raise CalendarNeverOpens([CalendarFault(path=("week",), message=msg("the calendar never opens"))])
    return calendar


class _Reader:
    """Reads on past a fault, so that all of them are told at once."""

    def __init__(self) -> None:
        self.faults: list[CalendarFault] = []

    def fault(self, path: Path, message: Message, hint: Message | None = None) -> None:
        self.faults.append(CalendarFault(path=path, message=message, hint=hint))

    def calendar(self, mapping: Mapping[str, Any]) -> Calendar | None:
        for key in mapping:
            if key not in _KEYS:
                self.fault((key,), msg("a calendar has no {key}", key=key), did_you_mean(str(key), _KEYS))
        zone = self.zone(mapping.get("zone"))
        weeks = self.weeks(mapping)
        holidays = self.holidays(mapping.get("holidays") or ())
        exceptions = self.exceptions(mapping.get("exceptions") or {})
        if zone is None:
            return None
        return Calendar(zone=zone, weeks=weeks, holidays=holidays, exceptions=exceptions)

    def zone(self, name: object) -> ZoneInfo | None:
        if not isinstance(name, str) or not name:
            self.fault(("zone",), msg("a calendar needs a zone, expected one like Asia/Shanghai"))
            return None
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            hint = did_you_mean(name, available_timezones())
            self.fault(
                ("zone",), msg("{name} is no time zone, expected one like Asia/Shanghai", name=name), hint
            )
            return None

    def weeks(self, mapping: Mapping[str, Any]) -> tuple[tuple[date, Week], ...]:
        found = {date.min: self.week(mapping.get("week") or {}, ("week",))}
        dated_weeks = mapping.get("weeks") or ()
        if not isinstance(dated_weeks, (list, tuple)):
            dated_weeks = (dated_weeks,)
        for number, dated in enumerate(dated_weeks):
            path: Path = ("weeks", number)
            if not isinstance(dated, Mapping):
                self.fault(path, msg("expected a list of weeks, each with since and week"))
                continue
            since = self.day(dated.get("since"), (*path, "since"))
            if since in found:
                self.fault((*path, "since"), msg("two weeks begin on {day}", day=since))
            if since is not None:
                found[since] = self.week(dated.get("week") or {}, (*path, "week"))
        return tuple(sorted(found.items(), key=lambda item: item[0]))

    def week(self, mapping: object, path: Path) -> Week:
        if not isinstance(mapping, Mapping):
            self.fault(path, msg("expected weekdays with their hours, such as mon: [09:00-18:00]"))
            return CLOSED_WEEK
        for name in mapping:
            if name not in WEEKDAYS:
                self.fault(
                    (*path, name), msg("{name} is no weekday", name=name), did_you_mean(str(name), WEEKDAYS)
                )
        return tuple(self.hours(mapping.get(name) or (), (*path, name)) for name in WEEKDAYS)

    def hours(self, texts: object, path: Path) -> Hours:
        if not isinstance(texts, (list, tuple)):
            self.fault(path, msg("expected a list of open intervals, such as [09:00-12:00, 13:30-18:00]"))
            return CLOSED
        found = []
        for number, text in enumerate(texts):
            try:
                found.append(read_hours(str(text)))
            except BadHours as bad:
                self.fault((*path, number), bad.message, bad.hint)
        return tuple(sorted(found))

    def holidays(self, days: object) -> frozenset[date]:
        if not isinstance(days, (list, tuple, set, frozenset)):
            self.fault(("holidays",), msg("expected a list of dates, such as [2026-10-01]"))
            return frozenset()
        read = (self.day(day, ("holidays", number)) for number, day in enumerate(days))
        return frozenset(day for day in read if day is not None)

    def exceptions(self, mapping: object) -> dict[date, Hours]:
        if not isinstance(mapping, Mapping):
            self.fault(
                ("exceptions",), msg("expected dates with their hours, such as 2026-10-10: [09:00-18:00]")
            )
            return {}
        found = {}
        for key, texts in mapping.items():
            day = self.day(key, ("exceptions", key))
            hours = self.hours(texts or (), ("exceptions", key))
            if day is not None:
                found[day] = hours
        return found

    def day(self, value: object, path: Path) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(path, msg("{value} is no date, expected one like 2026-10-01", value=value))
            return None

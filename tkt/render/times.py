"""How are instants and spans said to a person: today 15:30, 30h 5m left, 25m over, 2d 3h ago?

Time by the wall has days; open time of a calendar has hours and minutes only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.durations import HOUR, MINUTE, NO_SECONDS_FROM, duration_text, open_time_text
from tkt.i18n import _, current_language, msg, render

NO_MINUTES_FROM = 10 * HOUR
"""Seconds from which a short text tells hours alone."""


def local(at: datetime, zone: str) -> datetime:
    """`at` on the wall clock of `zone`."""
    return at.astimezone(ZoneInfo(zone))


def stamp(at: datetime, zone: str) -> str:
    """`2026-11-21 09:15`, the same everywhere."""
    return f"{local(at, zone):%Y-%m-%d %H:%M}"


def stamp_near(at: datetime, other: datetime, zone: str) -> str:
    """`11-24 18:00` beside an instant of the same year, else with its year."""
    there = local(at, zone)
    return f"{there:%m-%d %H:%M}" if there.year == local(other, zone).year else stamp(at, zone)


def when(at: datetime, now: datetime, zone: str) -> str:
    """`today 15:30`, `tomorrow 09:00`, `11-23 09:00`, `2025-11-23`."""
    return whens(now, zone)(at)


def whens(now: datetime, zone: str) -> Callable[[datetime], str]:
    """`when`, for many instants of one list."""
    here, on_the_wall = local(now, zone), ZoneInfo(zone)
    today = here.date()
    names = {
        today - timedelta(days=1): _("yesterday"),
        today: _("today"),
        today + timedelta(days=1): _("tomorrow"),
    }

    def told(at: datetime) -> str:
        there = at.astimezone(on_the_wall)
        hour = f"{there.hour:02}:{there.minute:02}"
        name = names.get(there.date())
        if name is not None:
            return f"{name} {hour}"
        date = f"{there.month:02}-{there.day:02}"
        return f"{date} {hour}" if there.year == here.year else f"{there.year:04}-{date}"

    return told


def left(seconds: int) -> str:
    """Of open time: `30h 5m left`, or `25m over` once the due time has passed."""
    return lefts()(seconds)


def lefts(*, short: bool = False) -> Callable[[int], str]:
    """`left`, for many of one list. `short`: from ten hours on without minutes."""
    language = current_language()
    ahead, behind = _("{span} left"), _("{span} over")

    def told(seconds: int) -> str:
        span = abs(seconds)
        if short and span >= NO_MINUTES_FROM:
            span -= span % HOUR
        return (ahead if seconds >= 0 else behind).format(span=open_time_text(span, language))

    return told


def open_time(seconds: int) -> str:
    """Time of a calendar, in the reader's language: `30h 15m`."""
    return open_time_text(seconds, current_language())


def ago(at: datetime, now: datetime) -> str:
    """`2h 5m ago`, or `in 2h 5m` for what is still to come."""
    if at > now:
        return render(msg("in {span}", span=span_between(now, at)))
    return render(msg("{span} ago", span=span_between(at, now)))


def span_between(start: datetime, end: datetime) -> str:
    """How long it took, in wall time; no seconds from ten minutes on."""
    seconds = int((end - start).total_seconds())
    whole = seconds if abs(seconds) < NO_SECONDS_FROM else seconds - seconds % MINUTE
    return duration_text(whole, current_language())

"""How are instants and spans said to a person: today 15:30, 30h 5m left, 25m over, 2d 3h ago?

Time by the wall has days; open time of a calendar has hours and minutes only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.durations import MINUTE, NO_SECONDS_FROM, duration_text, open_time_text
from tkt.i18n import _, current_language, msg, render


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
    there, here = local(at, zone), local(now, zone)
    days = (there.date() - here.date()) // timedelta(days=1)
    names = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if days in names:
        return f"{names[days]} {there:%H:%M}"
    return f"{there:%m-%d %H:%M}" if there.year == here.year else f"{there:%Y-%m-%d}"


def left(seconds: int) -> str:
    """Of open time: `30h 5m left`, or `25m over` once the due time has passed."""
    span = open_time(abs(seconds))
    return render(msg("{span} left", span=span) if seconds >= 0 else msg("{span} over", span=span))


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

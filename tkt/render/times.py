"""How are instants and spans said to a person: today 15:30, 30h 5m left, 25m over, 2d 3h ago?

Time by the wall has days; open time of a calendar has hours and minutes only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.durations import HOUR, MINUTE, NO_SECONDS_FROM, duration_text, open_time_text
from tkt.i18n import N_, _, current_language, msg, render

_TO_THE_MINUTE = len("2026-11-21 09:15")
NO_MINUTES_FROM = 10 * HOUR
"""Seconds from which a short text tells hours alone."""
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
A_WEEK = timedelta(days=7)
"""Within less than this from today the name of a weekday means one day alone."""
_DUE = {
    (False, True): N_("by {time} {day}"),
    (False, False): N_("by {day} {time}"),
    (True, True): N_("since {time} {day}"),
    (True, False): N_("since {day} {time}"),
}
"""Whether it is past, whether its day is today or beside it → how a due instant is said."""
_TIME = "{time}"


def local(at: datetime, zone: str) -> datetime:
    """`at` on the wall clock of `zone`."""
    return at.astimezone(ZoneInfo(zone))


def stamp(at: datetime, zone: str) -> str:
    """`2026-11-21 09:15`, the same everywhere."""
    return local(at, zone).isoformat(" ", "minutes")[:_TO_THE_MINUTE]


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
    names = _days_beside(today)

    def told(at: datetime) -> str:
        there = at.astimezone(on_the_wall)
        hour = f"{there.hour:02}:{there.minute:02}"
        name = names.get(there.date())
        if name is not None:
            return f"{name} {hour}"
        date = f"{there.month:02}-{there.day:02}"
        return f"{date} {hour}" if there.year == here.year else f"{there.year:04}-{date}"

    return told


def due_words(at: datetime, now: datetime, zone: str) -> str:
    """`by 15:30 today`, `by Mon 09:00`, `by 12-24 18:00`; once it is past `since 15:30 today`.

    In Chinese `今天 15:30 前`, `周一 9:00 前`, `12月24日 18:00 前`; once it is past `今天 15:30 起`.
    """
    return dues(now, zone)(at)


def dues(now: datetime, zone: str, *, short: bool = False) -> Callable[[datetime], str]:
    """`due_words`, for many instants of one list.

    `short`: for a narrow column whose head says what it is: `today 15:30`, in Chinese `今天15:30前`.
    """
    on_the_wall = ZoneInfo(zone)
    today = now.astimezone(on_the_wall).date()
    named = _named_days(today)
    say = _short_due if short else _long_due
    is_padded = short or current_language() != "zh"
    beside: dict[tuple[int, bool], tuple[str, str]] = {}  # what stands before and after the time of a day

    def told(at: datetime) -> str:
        there, is_past = at.astimezone(on_the_wall), at < now
        known = beside.get((there.toordinal(), is_past))
        if known is None:
            day = there.date()
            before, _time, after = say(day, today, named.get(day, ""), is_past=is_past).partition(_TIME)
            known = beside[there.toordinal(), is_past] = (before, after)
        hour = f"{there.hour:02}" if is_padded else there.hour
        return f"{known[0]}{hour}:{there.minute:02}{known[1]}"

    return told


def _named_days(today: date) -> dict[date, str]:
    """The days that have a name of their own, seen from today."""
    days = (today + timedelta(days=offset) for offset in range(1 - A_WEEK.days, A_WEEK.days))
    named = {day: _(WEEKDAYS[day.weekday()]) for day in days}
    return {**named, **_days_beside(today)}


def _days_beside(today: date) -> dict[date, str]:
    return {
        today - timedelta(days=1): _("yesterday"),
        today: _("today"),
        today + timedelta(days=1): _("tomorrow"),
    }


def _long_due(day: date, today: date, name: str, *, is_past: bool) -> str:
    """With _TIME where the time stands."""
    said = name or _date(day, today, is_chinese=current_language() == "zh")
    is_beside_today = abs(day - today) <= timedelta(days=1)
    return _(_DUE[is_past, is_beside_today]).format(day=said, time=_TIME)


def _short_due(day: date, today: date, name: str, *, is_past: bool) -> str:
    said = name or _date(day, today, is_chinese=False)
    if current_language() != "zh":
        return f"{said} {_TIME}"
    gap = "" if name else " "
    return f"{said}{gap}{_TIME}{'起' if is_past else '前'}"


def _date(day: date, today: date, *, is_chinese: bool) -> str:
    """`12-24`, of another year with the year; `12月24日`."""
    has_year = day.year != today.year
    if is_chinese:
        return f"{day.year}年{day.month}月{day.day}日" if has_year else f"{day.month}月{day.day}日"
    return f"{day:%Y-%m-%d}" if has_year else f"{day:%m-%d}"


def left(seconds: int, is_past: bool = False) -> str:
    """Of open time: `30h 5m left`, or `25m over` once the due time has passed.

    `is_past`: it has, though it may be that no open time has passed since (docs/sla.md C4).
    """
    return lefts()(seconds, is_past)


def lefts(*, short: bool = False) -> Callable[[int, bool], str]:
    """`left`, for many of one list. `short`: from ten hours on without minutes."""
    language = current_language()
    ahead, behind = _("{span} left"), _("{span} over")

    def told(seconds: int, is_past: bool) -> str:
        span = abs(seconds)
        if short and span >= NO_MINUTES_FROM:
            span -= span % HOUR
        is_over = seconds < 0 or (seconds == 0 and is_past)
        return (behind if is_over else ahead).format(span=open_time_text(span, language))

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

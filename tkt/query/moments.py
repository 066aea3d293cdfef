"""Which stretch of time does a typed date, time or duration mean?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from tkt.durations import DurationError, parse_duration
from tkt.fields import normalised
from tkt.late import late

Span = tuple[datetime, datetime]
"""Half-open, in UTC: [first instant meant, first instant after it)."""

_DAY_WORDS = {
    "today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "前天": -2, "tomorrow": 1, "明天": 1, "后天": 2,
}  # fmt: skip
_SIDE_WORDS = {
    "now": "now",
    "现在": "now",
    "past": "past",
    "过去": "past",
    "future": "future",
    "将来": "future",
}
_EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
_LATEST = datetime(3000, 1, 1, tzinfo=UTC)

_MOMENT = late(
    r"(?P<year>[12][0-9]{3})(?:[-/](?P<month>[0-9]{1,2})(?:[-/](?P<day>[0-9]{1,2})"
    r"(?:(?:t| +)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<offset>z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_SPOKEN = late(rf"(?P<day>{'|'.join(_DAY_WORDS)})?(?: *{_TIME}(?P<offset>))?")
_LONGEST = 40  # characters of a duration that anybody means


def is_relative(text: str) -> bool:
    """Whether a moment is one of those that depend on now: today, 18:00, past …"""
    word = normalised(text).strip()
    return word in _SIDE_WORDS or (bool(word) and _SPOKEN.fullmatch(word) is not None)


def moment(text: str, *, now: datetime, zone: str) -> Span | None:
    """The stretch that `2026`, `2026-10`, `2026-10-01`, `2026-10-01T09:00`, `today`, `past` … mean.

    Dates and times without an offset are those of `zone`. None where the text means no moment.
    """
    word = normalised(text).strip()
    if word in _SIDE_WORDS:
        second = now + timedelta(seconds=1)
        return {"now": (now, second), "past": (_EARLIEST, now), "future": (second, _LATEST)}[
            _SIDE_WORDS[word]
        ]
    found = _MOMENT.fullmatch(word)
    try:
        return _dated(found, zone) if found else spoken(word, now=now, zone=zone)
    except ValueError:
        return None


def spoken(text: str, *, now: datetime, zone: str) -> Span | None:
    """The day of `today` or `后天`, the minute of `18:00` (today) or `tomorrow 9:00`; None for anything else."""
    word = normalised(text).strip()
    found = _SPOKEN.fullmatch(word)
    if found is None or not word:
        return None
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=_DAY_WORDS.get(found["day"], 0))
    if not found["hour"]:
        return _day(day, zone)
    try:
        return _timed(found, day, zone)
    except ValueError:
        return None


def seconds_in(text: str) -> int | None:
    """The seconds of `7d`, `-2h`, `1小时30分` or `0`; None where the text is no duration."""
    word = normalised(text).strip()
    if len(word) > _LONGEST:
        return None
    if word == "0":
        return 0
    sign, rest = (-1, word[1:]) if word.startswith("-") else (1, word)
    try:
        return sign * parse_duration(rest, days=True)
    except DurationError:
        return None


def _dated(found: re.Match[str], zone: str) -> Span:
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    if found["hour"]:
        return _timed(found, date(year, month, day), zone)
    if day:
        return _day(date(year, month, day), zone)
    if month:
        following = date(year + month // 12, month % 12 + 1, 1)
        return _midnight(date(year, month, 1), zone), _midnight(following, zone)
    return _midnight(date(year, 1, 1), zone), _midnight(date(year + 1, 1, 1), zone)


def _timed(found: re.Match[str], day: date, zone: str) -> Span:
    wall = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    start = datetime.combine(day, wall, tzinfo=_offset(found["offset"], zone)).astimezone(UTC)
    return start, start + (timedelta(seconds=1) if found["second"] else timedelta(minutes=1))


def _offset(text: str | None, zone: str) -> timezone | ZoneInfo:
    if not text:
        return ZoneInfo(zone)
    if text == "z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _day(day: date, zone: str) -> Span:
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)

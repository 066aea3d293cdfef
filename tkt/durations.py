"""How long is `1h30m`, and how is a number of seconds said?"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from tkt.errors import TktError
from tkt.i18n import Message, msg
from tkt.late import late

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

NO_SECONDS_FROM = 10 * MINUTE
"""Nobody needs the seconds of what took longer."""

_UNITS = (
    (WEEK, r"w|weeks?|个?星期|周"),
    (DAY, r"d|days?|天|日"),
    (HOUR, r"h|hrs?|hours?|个?小时|时"),
    (MINUTE, r"m|mins?|minutes?|分钟?"),
    (1, r"s|secs?|seconds?|秒钟?"),
)
_PLAIN = late(r"\s*".join(rf"(?:(\d{{1,9}})\s*(?:{names}))?" for _, names in _UNITS))
_ISO = late(r"p(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:t(?=\d)(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?)?")
_MINUTES = late(r"\d{1,9}", re.ASCII)
_WORKING_DAYS = late(r"(\d{1,4})\s*(?:working days?|business days?|个?工作日)")

_SHOWN = ((DAY, "d", "天"), (HOUR, "h", "小时"), (MINUTE, "m", "分"), (1, "s", "秒"))


class DurationError(TktError):
    """Text that is no duration, or one of days where only hours are exact (docs/sla.md C6)."""

    code: ClassVar[str] = "duration"


def parse_duration(text: str, *, days: bool = False) -> int:
    """Seconds of `90s 15m 2h 1h30m PT4H 2小时 1小时30分`; with `days` also `3d 2w 7 days 3天 2周`.

    A day is 24 hours here and a week seven of them. Errors: DurationError. Source: docs/sla.md C6.
    """
    numbers = _numbers(_tidy(text))
    if numbers is None:
        raise DurationError(_expected(text, days=days))
    if not days and (numbers[0] or numbers[1]):
        raise DurationError(
            msg("{text}: a day is ambiguous in a target, expected hours and minutes", text=text),
            hint=msg("write the open hours that are meant, such as 7h30m"),
        )
    return sum(number * unit for number, (unit, _) in zip(numbers, _UNITS, strict=True))


def parse_minutes(text: str) -> int:
    """Whole minutes, at least one, of `15m 1h30m 2小时` or plain `15`; a part of a minute counts as one.

    Errors: DurationError.
    """
    tidy = _tidy(text)
    numbers = (0, 0, 0, int(tidy), 0) if _MINUTES.fullmatch(tidy) else _numbers(tidy)
    if numbers is None or numbers[0] or numbers[1] or not any(numbers):
        raise DurationError(msg("{text} is no time spent, expected one like 15m, 1h30m or 90", text=text))
    seconds = sum(number * unit for number, (unit, _) in zip(numbers, _UNITS, strict=True))
    return -(-seconds // MINUTE)


def working_days(text: str) -> int | None:
    """The number in `2 working days` or `2个工作日`; None for anything else."""
    found = _WORKING_DAYS.fullmatch(_tidy(text))
    return int(found[1]) if found else None


def duration_text(seconds: int, language: str) -> str:
    """`2d 3h`, `1h 20m`, `45s` or `2天3小时`, `1小时20分`, `45秒`: the largest unit and the next one.

    What is smaller is left out; a negative duration gets a leading `-`.
    """
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    first = next((place for place, (unit, _, _) in enumerate(_SHOWN) if left >= unit), None)
    if first is None:
        return "0分" if language == "zh" else "0m"
    said = []
    for unit, en, zh in _SHOWN[first : first + 2]:
        number, left = divmod(left, unit)
        if number:
            said.append(f"{number}{zh if language == 'zh' else en}")
    return sign + ("" if language == "zh" else " ").join(said)


def open_time_text(seconds: int, language: str) -> str:
    """Open time of a calendar: `30h 15m`, `9m 5s` or `30小时15分`, `9分5秒`.

    Never days, as a day of 24 hours is none of a calendar's; no seconds from ten minutes on.
    """
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    if left >= NO_SECONDS_FROM:
        left -= left % MINUTE
    hours, rest = divmod(left, HOUR)
    parts = ((hours, "h", "小时"), (rest // MINUTE, "m", "分"), (rest % MINUTE, "s", "秒"))
    said = [f"{number}{zh if language == 'zh' else en}" for number, en, zh in parts if number]
    if not said:
        return "0分" if language == "zh" else "0m"
    return sign + ("" if language == "zh" else " ").join(said)


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _numbers(text: str) -> tuple[int, ...] | None:
    """Weeks, days, hours, minutes, seconds; None where the text is no duration."""
    found = _PLAIN.fullmatch(text) or _ISO.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    return tuple(int(number or 0) for number in found.groups())


def _expected(text: str, *, days: bool) -> Message:
    if days:
        return msg("{text} is not a duration, expected one like 2h, 1h30m or 3d", text=text)
    return msg("{text} is not a duration, expected one like 15m, 2h or 1h30m", text=text)

"""What do opening hours such as `09:00-12:00` or `22:00-30:00` say?"""

from __future__ import annotations

from tkt.i18n import Message, msg
from tkt.late import late

Hours = tuple[tuple[int, int], ...]
"""A day's open intervals in minutes after its midnight; a closing may lie on the next day."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Week = tuple[Hours, ...]
"""The hours of Monday to Sunday."""

CLOSED: Hours = ()
CLOSED_WEEK: Week = (CLOSED,) * 7

_DAY = 24 * 60
_HOURS = late(r"\s*(\d{1,2}):([0-5]\d)\s*-\s*(\d{1,2}):([0-5]\d)\s*")


class BadHours(ValueError):
    """Text that is no open interval; carries the message and the hint for a person."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


def read_hours(text: str) -> tuple[int, int]:
    """`09:00-12:00` as minutes after midnight; `24:00` and past midnight (`22:00-30:00`) allowed.

    Errors: BadHours. Source: docs/sla.md C1.
    """
    found = _HOURS.fullmatch(text)
    if found is None:
        raise BadHours(msg("{text} is not an open interval, expected one like 09:00-12:00", text=text))
    opens, closes = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if opens >= _DAY or closes > 2 * _DAY:
        raise BadHours(
            msg("{text} opens after its day or closes after the next one", text=text),
            msg("an interval opens before 24:00 and closes at 48:00 or before"),
        )
    if closes <= opens:
        raise BadHours(msg("{text} closes before it opens", text=text), _past_midnight(opens, closes))
    return opens, closes


def hours_text(interval: tuple[int, int]) -> str:
    """The interval as it is written in a calendar."""
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in interval)


def _minutes(hour: str, minute: str) -> int:
    return int(hour) * 60 + int(minute)


def _past_midnight(opens: int, closes: int) -> Message | None:
    if closes == opens:
        return None
    return msg("for hours past midnight write {text}", text=hours_text((opens, closes + _DAY)))

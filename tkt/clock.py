"""What time is it? Read once, at the door; everything below takes `now` as an argument."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from tkt.errors import UsageError
from tkt.i18n import msg

FIRST_YEAR, LAST_YEAR = 1970, 2200
"""What lies outside is a slip of the hand, and calendars would be counted for centuries."""
_TO_THE_SECOND = len("2026-11-21T01:15:00")


def now_at_the_door(wish: str | None = None, zone: str = "UTC") -> datetime:
    """`--now`, else `TKT_NOW`, else the system's clock; UTC, whole seconds (docs/sla.md S1, S2)."""
    text = wish or os.environ.get("TKT_NOW")
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    return parse_instant(text, zone=zone)


def is_set() -> bool:
    """Whether the environment says what time it is."""
    return bool(os.environ.get("TKT_NOW"))


def parse_instant(text: str, *, zone: str | None = None) -> datetime:
    """RFC 3339 text as a UTC instant of whole seconds.

    A time without an offset is read in `zone` where one is given, and refused otherwise.
    Errors: UsageError, also outside of the years 1970 to 2200.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or (found.tzinfo is None and zone is None):
        raise UsageError(
            msg("{text} is not an instant, expected one like 2026-11-21T09:15:00+08:00", text=text),
        )
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise too_far(text)
    if found.tzinfo is None and zone is not None:
        from zoneinfo import ZoneInfo

        found = found.replace(tzinfo=ZoneInfo(zone))
    return found.astimezone(UTC).replace(microsecond=0)


def instant_text(at: datetime) -> str:
    """`2026-11-21T01:15:00Z`, the one way in which tkt writes an instant."""
    return at.astimezone(UTC).isoformat(timespec="seconds")[:_TO_THE_SECOND] + "Z"


def too_far(text: str) -> UsageError:
    """The error for a time that nobody means."""
    return UsageError(
        msg(
            "{text} is out of reach, expected a year from {first} to {last}",
            text=text,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    )

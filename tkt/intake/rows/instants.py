"""Which instant does somebody mean who writes a date into a table?

`2026-11-21T09:15:00+08:00`, `2026/11/21 9:05`, `2026年11月21日 14:30`, `下午2:30`, or the number of days
that a spreadsheet counts. What could mean two days (`01/02/2026`) is none, unless a map says its format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.clock import FIRST_YEAR, LAST_YEAR
from tkt.frozen import dataclass
from tkt.late import late

_DATE = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
_HALF = r"(?P<half>上午|下午|凌晨|早上|中午|晚上|[aApP]\.?[mM]\.?)?"
_TIME = r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?(?:\s*[:]?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?"
_OFFSET = r"(?P<offset>[zZ]|[+-]\d{2}:?\d{2})?"
_WEEKDAY = r"(?:\(?(?:星期|周)[一二三四五六日天]\)?)?"
_FORM = late(
    rf"{_DATE}\s*{_WEEKDAY}(?:\s*[T,]?\s*{_HALF}\s*{_TIME}\s*(?P<behind>[aApP]\.?[mM]\.?)?\s*{_OFFSET})?"
)
_SERIAL = late(r"\d{5}(?:\.\d+)?")
_LATER = ("下午", "晚上", "p")
_EPOCH = datetime(1899, 12, 30)
_SERIALS = (20_000, 110_000)
"""Days that a spreadsheet counts for the years 1954 to 2201."""
EXAMPLE = "2026-11-21 14:30"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC, whole seconds); `is_day`: only its day was written, and it is the day's first second."""

    at: datetime
    is_day: bool = False

    @property
    def end(self) -> datetime:
        """The last second that can be meant."""
        return self.at + timedelta(days=1, seconds=-1) if self.is_day else self.at


def told_at(at: datetime, zone: ZoneInfo) -> str:
    """An instant as a table would have it: `2026-11-21 14:30:00` on the wall clock of the zone."""
    return at.astimezone(zone).replace(tzinfo=None).isoformat(" ", "seconds")


def moment_of(
    cell: str | int | float | datetime, zone: ZoneInfo, formats: Sequence[str] = ()
) -> Moment | None:
    """What a cell means, in `zone` where no offset stands there; None where that cannot be known."""
    try:
        found = _wall(cell, formats)
        if found is None:
            return None
        wall, is_day = found
        at = (wall if wall.tzinfo else wall.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    at = (at + timedelta(milliseconds=500)).replace(microsecond=0)
    return Moment(at, is_day) if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _wall(cell: str | int | float | datetime, formats: Sequence[str]) -> tuple[datetime, bool] | None:
    if isinstance(cell, datetime):
        return cell, cell.time() == datetime.min.time()
    if isinstance(cell, (int, float)):
        return _serial(float(cell))
    text = " ".join(cell.split())
    for form in formats:
        found = _in_form(text, form)
        if found is not None:
            return found
    text = unicodedata.normalize("NFKC", text)
    return _serial(float(text)) if _SERIAL.fullmatch(text) else _written(text)


def _in_form(text: str, form: str) -> tuple[datetime, bool] | None:
    try:
        return datetime.strptime(text, form), not any(sign in form for sign in ("%H", "%I", "%X", "%c"))
    except (ValueError, OverflowError):
        return None


def _serial(days: float) -> tuple[datetime, bool] | None:
    """Days since the end of 1899, as spreadsheets count them."""
    if not _SERIALS[0] <= days <= _SERIALS[1]:
        return None
    return _EPOCH + timedelta(days=days), days == int(days)


def _written(text: str) -> tuple[datetime, bool] | None:
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    if found["hour"] is None:
        return datetime(year, month, day), True
    minute, second = (int(found[name] or 0) for name in ("minute", "second"))
    hour = _hour(int(found["hour"]), (found["half"] or found["behind"] or "").lower())
    wall = datetime(year, month, day, 0, minute, second) + timedelta(hours=hour)
    return _with_offset(wall, found["offset"]), False


def _hour(hour: int, half: str) -> int:
    if hour > 24 or (hour > 12 and half[:1] in ("a", "p")):
        raise ValueError(hour)
    if half.startswith("a") and hour == 12:
        return 0
    return hour + 12 if half.startswith(_LATER) and hour < 12 else hour


def _with_offset(wall: datetime, offset: str | None) -> datetime:
    if offset is None:
        return wall
    return datetime.fromisoformat(wall.isoformat() + offset.upper())

"""Which stretch of time does a report look at?

A window is half-open, `[start, end)`: what happens at the very instant of its end belongs to the
next one (docs/kpi.md K0).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.clock import FIRST_YEAR, LAST_YEAR, parse_instant, too_far
from tkt.errors import UsageError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late

_MONTH = late(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Window:
    """`[start, end)`; aware UTC instants, and the zone in which its dates were meant."""

    start: datetime
    end: datetime
    zone: str

    def contains(self, at: datetime | None) -> bool:
        """Whether something at that instant belongs to it; None never does."""
        return at is not None and self.start <= at < self.end


def parse_window(from_text: str | None, to_text: str | None, zone: str, now: datetime) -> Window:
    """The window of `--from` and `--to`; neither is the last full week of `zone`, Monday to Monday.

    A date is its midnight in `zone`, a month `2026-10` the midnight of its first day, anything
    else an RFC 3339 instant; the end is not included. Without `--to` it ends at `now`.
    Errors: UsageError for a text that is none of these, or an end that is not after the start.
    """
    if not from_text and not to_text:
        return last_full_week(zone, now)
    if not from_text:
        raise UsageError(
            msg("--to {to} needs a --from", to=to_text), hint=msg("--from 2026-10-01 --to 2026-11-01")
        )
    start = _instant(from_text, zone)
    end = _instant(to_text, zone) if to_text else now
    if start >= end:
        raise UsageError(
            msg(
                "the window ends at {to}, expected later than its start {start}",
                to=to_text or now,
                start=from_text,
            ),
            hint=msg("the end is not included: a day is --from 2026-10-01 --to 2026-10-02"),
        )
    return Window(start, end, zone)


def previous(window: Window) -> Window:
    """The window just before, as long on the wall clock of its zone."""
    start, end = _wall(window)
    return _placed(start - (end - start), start, window.zone)


def year_before(window: Window) -> Window:
    """The same window a year earlier: the same dates and as long, or 52 weeks earlier for whole weeks."""
    start, end = _wall(window)
    is_weeks = start.weekday() == 0 and start.time() == end.time() and (end - start).days % 7 == 0
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    then = start - timedelta(weeks=52) if is_weeks else start.replace(year=start.year - 1, day=day)
    return _placed(then, then + (end - start), window.zone)


def _wall(window: Window) -> tuple[datetime, datetime]:
    zone = ZoneInfo(window.zone)
    start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (window.start, window.end))
    return start, end


def _placed(start: datetime, end: datetime, zone: str) -> Window:
    begins, ends = (at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for at in (start, end))
    return Window(begins, ends, zone)


def last_full_week(zone: str, now: datetime) -> Window:
    """The last week, Monday to Monday in `zone`, that is over at `now`."""
    today = now.astimezone(ZoneInfo(zone)).date()
    monday = today - timedelta(days=today.weekday())
    return Window(_midnight(monday - timedelta(days=7), zone), _midnight(monday, zone), zone)


def _instant(text: str, zone: str) -> datetime:
    month = _MONTH.fullmatch(text)
    try:
        return _midnight(date.fromisoformat(f"{text}-01" if month else text), zone)
    except ValueError:
        return parse_instant(text, zone=zone)


def _midnight(day: date, zone: str) -> datetime:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise too_far(str(day))
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)

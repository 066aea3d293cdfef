"""Which stretch of time does a report look at?

A window is half-open, `[start, end)`: what happens at the very instant of its end belongs to the
next one (docs/kpi.md K0).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from tkt.clock import FIRST_YEAR, LAST_YEAR, parse_instant, too_far
from tkt.errors import UsageError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late

Span = Literal["week", "month", "quarter"]

SPANS: Mapping[str, Span] = {"week": "week", "month": "month", "quarter": "quarter"}
_WEEK = late(r"(\d{4})-?[Ww](\d{1,2})")
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
    before = _placed(start - (end - start), start, window.zone)
    return Window(before.start, window.start, window.zone)  # also in an hour that a zone has twice


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
    return last_full("week", zone, now)


def last_full(span: Span, zone: str, now: datetime) -> Window:
    """The last week, month or quarter of the calendar that is over at `now` in `zone`."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if span == "week":
        end = today - timedelta(days=today.weekday())
        start = end - timedelta(days=7)
    else:
        months = 1 if span == "month" else 3
        end = today.replace(day=1, month=today.month - (today.month - 1) % months)
        start = _months_before(end, months)
    return Window(_midnight(start, zone), _midnight(end, zone), zone)


def iso_week(text: str, zone: str) -> Window:
    """The week that `2026-W47` names, Monday to Monday in `zone`. Errors: UsageError."""
    found = _WEEK.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        raise UsageError(
            msg("{week} is no week, expected a year and a week of it", week=text),
            hint=msg("--week 2026-W47"),
        ) from error
    return Window(_midnight(monday, zone), _midnight(monday + timedelta(days=7), zone), zone)


def parse_span(text: str, zone: str, now: datetime) -> Window:
    """The window that words name: `last week`, `month`, `2026-W47`, `2026-10`, `2026-10-01..2026-11-01`.

    Errors: UsageError.
    """
    plain = text.strip().casefold().removeprefix("last ")
    if plain in SPANS:
        return last_full(SPANS[plain], zone, now)
    if ".." in plain:
        start, _, end = text.strip().partition("..")
        return parse_window(start.strip(), end.strip() or None, zone, now)
    if _MONTH.fullmatch(plain):
        first = _instant(plain, zone)
        following = (first.astimezone(ZoneInfo(zone)).date() + timedelta(days=31)).replace(day=1)
        return Window(first, _midnight(following, zone), zone)
    if _WEEK.fullmatch(plain):
        return iso_week(plain, zone)
    raise UsageError(
        msg("{text} is no window", text=text),
        hint=msg("week, month, quarter, 2026-W47, 2026-10 or 2026-10-01..2026-11-01"),
    )


def week_name(window: Window) -> str:
    """`2026-W47`, of the week in which it begins."""
    year, week, _ = window.start.astimezone(ZoneInfo(window.zone)).isocalendar()
    return f"{year}-W{week:02}"


def weeks_until(end: datetime, zone: str, count: int) -> tuple[Window, ...]:
    """The `count` weeks, Monday to Monday in `zone`, up to the one that holds the moment before `end`."""
    last = (end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()
    monday = last - timedelta(days=last.weekday())
    starts = [monday - timedelta(days=7 * back) for back in range(count - 1, -2, -1)]
    instants = [_midnight(day, zone) for day in starts]
    return tuple(Window(start, stop, zone) for start, stop in pairwise(instants))


def _months_before(day: date, months: int) -> date:
    passed = day.year * 12 + day.month - 1 - months
    return date(passed // 12, passed % 12 + 1, 1)


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

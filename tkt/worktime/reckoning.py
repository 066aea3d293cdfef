"""How many open seconds are between two instants, and when have so many passed? (docs/sla.md C3, C5)"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from tkt.i18n import msg
from tkt.worktime.calendar import Calendar, opens_on
from tkt.worktime.errors import CalendarFault, CalendarNeverOpens
from tkt.worktime.spans import Seconds, Span, instant_of, joined_seconds, pieces_between, seconds_of
from tkt.worktime.table import DAY, REACH, Table, table_of

_NEAR = 60 * DAY
"""How far beyond its seconds a target is looked for first: most calendars need no more."""
_END_OF_TIME = seconds_of(datetime(9999, 12, 1, tzinfo=UTC))


def active_seconds(calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Span] = ()) -> int:
    """Seconds of `[start, end)` inside open intervals and outside `pauses`; 0 where end is before start.

    Units: aware instants; pauses may overlap and lie anywhere. Errors: ValueError for a naive instant.
    Source: docs/sla.md C3.
    """
    first, last = seconds_of(start), seconds_of(end)
    if last <= first:
        return 0
    table = table_of(calendar, first, last)
    if not pauses:
        return table.served(last) - table.served(first)
    total = 0
    for piece_start, piece_end in pieces_between(first, _joined(pauses)):
        if piece_start >= last:
            break
        piece_end = last if piece_end is None else min(piece_end, last)
        total += table.served(piece_end) - table.served(piece_start)
    return total


def due_at(calendar: Calendar, start: datetime, seconds: int, pauses: Sequence[Span] = ()) -> datetime:
    """The earliest instant at which `seconds` of open, unpaused time have passed since `start`.

    Units: aware instants in, UTC out; `seconds` of calendar time, 0 is `start` itself.
    Errors: ValueError for a negative number; CalendarNeverOpens where 366 days pass without an open
    second. Source: docs/sla.md C3, C5.
    """
    if seconds < 0:
        raise ValueError(f"a target is not negative, but {seconds} was given")
    at = seconds_of(start)
    if seconds == 0:
        return instant_of(at)
    if pauses:
        at, seconds = _past_pauses(calendar, at, seconds, _joined(pauses))
    return instant_of(_used_up_at(calendar, at, seconds))


def due_and_active(calendar: Calendar, start: datetime, seconds: int, end: datetime) -> tuple[datetime, int]:
    """`due_at` and `active_seconds` without pauses, for little more than the price of one; `seconds` is 1 or more.

    Errors: as `due_at`.
    """
    first, last = seconds_of(start), seconds_of(end)
    due = _used_up_at(calendar, first, seconds)
    if last <= first:
        return instant_of(due), 0
    table = table_of(calendar, first, last)
    return instant_of(due), table.served(last) - table.served(first)


def open_spans(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Span]:
    """The open spans of `[start, end)`, cut to it, in order; UTC."""
    first, last = seconds_of(start), seconds_of(end)
    if last <= first:
        return
    table = table_of(calendar, first, last)
    for index in range(table.following(first), len(table.opens)):
        opens, closes = table.opens[index], table.closes[index]
        if opens >= last:
            return
        yield instant_of(max(opens, first)), instant_of(min(closes, last))


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """`at` where the calendar is open then, else the next instant at which it opens; UTC.

    Errors: CalendarNeverOpens after 366 closed days. Source: docs/sla.md C5.
    """
    start = seconds_of(at)
    table = table_of(calendar, start, start + REACH)
    index = table.following(start)
    if index == len(table.opens) or table.opens[index] - start > REACH:
        raise _never_opens(start)
    return instant_of(max(start, table.opens[index]))


def after_working_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The same wall time, `days` working days after the day of `start`; UTC.

    The day of `start` itself is never counted, open or not. Errors: ValueError for a negative
    number; CalendarNeverOpens after 366 closed days.
    """
    if days < 0:
        raise ValueError(f"days are not negative, but {days} was given")
    wall = start.astimezone(calendar.zone)
    closed = 0
    while days:
        wall += timedelta(days=1)
        closed = 0 if opens_on(calendar, wall.date()) else closed + 1
        days -= closed == 0
        if closed > REACH // DAY:
            raise _never_opens(seconds_of(start))
    return wall.astimezone(UTC)


def _never_opens(after: int) -> CalendarNeverOpens:
    """The fault of a calendar that stays closed after an instant."""
    day = instant_of(after).date()
    message = msg("the calendar does not open in the 366 days after {day}", day=day)
    return CalendarNeverOpens([CalendarFault(path=("week",), message=message)])


def _never_used_up(seconds: int) -> CalendarNeverOpens:
    message = msg("{hours} open hours do not pass before the year 10000", hours=seconds // 3600)
    return CalendarNeverOpens([CalendarFault(path=("week",), message=message)])


def _joined(pauses: Sequence[Span]) -> list[Seconds]:
    return joined_seconds((seconds_of(start), seconds_of(end)) for start, end in pauses)


def _past_pauses(calendar: Calendar, start: int, seconds: int, pauses: Sequence[Seconds]) -> tuple[int, int]:
    """The start of the stretch without a pause in which `seconds` run out, and those left at it."""
    begins = start
    for begins, ends in pieces_between(start, pauses):
        if ends is None:
            break
        table = table_of(calendar, begins, ends)
        served = table.served(ends) - table.served(begins)
        if served >= seconds:
            break
        seconds -= served
    return begins, seconds


def _used_up_at(calendar: Calendar, start: int, seconds: int) -> int:
    """The earliest instant at which `seconds` (1 or more) open seconds have passed since `start`."""
    reach = start + seconds + _NEAR
    while True:
        table = table_of(calendar, start, reach if reach < _END_OF_TIME else _END_OF_TIME)
        found = _within(table, start, seconds)
        if found is not None:
            return found
        if reach >= _END_OF_TIME:
            raise _never_used_up(seconds)
        reach += reach - start


def _within(table: Table, start: int, seconds: int) -> int | None:
    """As `_used_up_at` inside one table; None where the table is too short to tell."""
    opens, closes, before = table.opens, table.closes, table.before
    first = bisect_right(closes, start)
    if first < len(opens) and opens[first] <= start:
        if start + seconds <= closes[first]:
            return start + seconds  # open all the while
        served = before[first] + start - opens[first]
    else:
        served = table.served(start)
    wanted = served + seconds
    index = bisect_left(before, wanted) - 1
    reached = index >= first and wanted <= before[index] + closes[index] - opens[index]
    end = index if reached else len(opens) - 1
    if first <= end and opens[first] - start > REACH:
        raise _never_opens(start)
    for desert in table.deserts:
        if first < desert <= end:
            raise _never_opens(closes[desert - 1])
    if reached:
        return opens[index] + wanted - before[index]
    walked_to = max(start, table.closes[-1]) if table.closes else start
    if table.end - walked_to > REACH:
        raise _never_opens(walked_to)
    return None

"""Which spans of a calendar are open, with the open seconds before each? (docs/sla.md C7)

A table holds the days it was built for, in seconds since 1970; `table_of` keeps one for each
calendar and builds a wider one where a question reaches beyond it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import accumulate

from tkt.frozen import dataclass
from tkt.worktime.calendar import CLOSED_TOO_LONG, Calendar
from tkt.worktime.spans import Seconds, joined_seconds
from tkt.worktime.walls import wall_seconds

DAY = 24 * 60 * 60
REACH = CLOSED_TOO_LONG * DAY
"""No closed stretch is longer than this; a longer one is a fault of the calendar (docs/sla.md C5)."""

_CHUNK = 128  # a table begins and ends at whole chunks of days, so that it seldom has to grow
_SPILL = 4  # hours reach up to two days beyond their own, and zones differ by a day
_FIRST = date(1, 1, 8).toordinal()
_LAST = date(9999, 12, 24).toordinal()
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Table:
    """The open spans of `[start, end)`, joined and in order."""

    start: int
    end: int
    opens: list[int]
    closes: list[int]
    before: list[int]  # open seconds of the table before each span
    deserts: list[int]  # the spans before which it was closed for longer than REACH, by index

    def served(self, at: int) -> int:
        """Open seconds of the table before `at`."""
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        opens, closes = self.opens[index], self.closes[index]
        return self.before[index] + (at if at < closes else closes) - opens

    def following(self, at: int) -> int:
        """The index of the span that is open at `at`, else of the next one."""
        return bisect_right(self.closes, at)


def table_of(calendar: Calendar, start: int, end: int) -> Table:
    """A table that covers `[start, end)` as far as the years 1 to 9999 go."""
    known: Table | None = calendar.__dict__.get("_table")
    if known is not None and known.start <= start and end <= known.end:
        return known
    if known is not None:
        start, end = min(start, known.start), max(end, known.end)
    built = _built(calendar, start, end)
    # a cache beside the frozen fields: it changes how long an answer takes, never the answer
    calendar.__dict__["_table"] = built
    return built


def _built(calendar: Calendar, start: int, end: int) -> Table:
    first = max(_FIRST, (start // DAY // _CHUNK) * _CHUNK + _EPOCH)
    last = min(_LAST, (end // DAY // _CHUNK + 1) * _CHUNK + _EPOCH)
    lower, upper = (first - _EPOCH) * DAY, (last - _EPOCH) * DAY
    whole = joined_seconds(_day_spans(calendar, first - _SPILL, last + _SPILL))
    spans = [
        (max(opens, lower), min(closes, upper)) for opens, closes in whole if closes > lower and opens < upper
    ]
    lengths = (closes - opens for opens, closes in spans)
    return Table(
        start=lower if first > _FIRST else start,
        end=upper if last < _LAST else end,
        opens=[opens for opens, _ in spans],
        closes=[closes for _, closes in spans],
        before=list(accumulate(lengths, initial=0))[: len(spans)],
        deserts=[i for i in range(1, len(spans)) if spans[i][0] - spans[i - 1][1] > REACH],
    )


def _day_spans(calendar: Calendar, first: int, last: int) -> Iterator[Seconds]:
    zone = calendar.zone
    for ordinal in range(first, last):
        day = date.fromordinal(ordinal)
        hours = calendar.hours_on(day)
        if not hours:
            continue
        midnight = datetime.combine(day, time())
        for opens, closes in hours:
            yield (
                wall_seconds(zone, midnight, opens, "opening"),
                wall_seconds(zone, midnight, closes, "closing"),
            )

"""What does a clock's life look like as a bar: where did it run, stand still, and when was it due?

A cell is a piece of wall time and shows what most of it was; whatever ran or stood still has a cell at least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tkt.i18n import N_, _
from tkt.render.screen import Screen
from tkt.render.text import width
from tkt.sla import Explained, Verdict

WIDEST = 76
"""Cells of a bar, however wide the window is; also in a pipe."""
NARROWEST = 8
_LABEL = 5
"""Columns of `15:00` and `11-16`."""


class Sign(NamedTuple):
    """How something looks, and what it means."""

    drawn: str
    plain: str  # where nothing but ASCII is sure to arrive
    style: str
    name: str


CELLS: Mapping[str, Sign] = {
    "counted": Sign("█", "#", "green", N_("counted")),
    "over": Sign("▚", "!", "red", N_("past due")),
    "paused": Sign("░", "~", "yellow", N_("paused")),
    "closed": Sign("·", ".", "dim", N_("closed")),
    "resolved": Sign("═", "=", "blue", N_("resolved")),
    "ahead": Sign(" ", " ", "", ""),
}
MARKS: Mapping[str, Sign] = {
    "breach": Sign("✗", "X", "red", N_("breached")),
    "done": Sign("✓", "*", "green", N_("done")),
    "due": Sign("▲", "^", "", N_("due")),
    "now": Sign("|", "|", "dim", N_("now")),
}
"""The first that falls on a cell stands there, the next beside it."""
_STEPS = (
    *(timedelta(minutes=it) for it in (1, 5, 15, 30)),
    *(timedelta(hours=it) for it in (1, 2, 3, 6, 12)),
    *(timedelta(days=it) for it in (1, 2, 7, 14, 28, 91, 364)),
)
_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


class Picture(NamedTuple):
    """A bar, what is marked below it, and the days and hours below that; and the signs that it took."""

    lines: tuple[str, ...]
    signs: tuple[Sign, ...]


def picture_of(explained: Explained, zone: str, now: datetime, screen: Screen) -> Picture | None:
    """A cycle from its start to its end, else to `now`, or on to the due instant; None where nothing ran."""
    scale = _scale(explained, max(min(screen.columns - 4, WIDEST), NARROWEST))
    if scale is None:
        return None
    kinds = _cells(explained, scale)
    marks = _marks(explained.verdict, scale, now)
    lines = (
        "".join(_drawn(CELLS[kind], len(list(run)), screen) for kind, run in groupby(kinds)).rstrip(),
        _mark_line(marks, screen),
        screen.styled(_axis(scale, zone), "dim"),
    )
    used = {kind: CELLS[kind] for kind in CELLS if kind in kinds and CELLS[kind].name}
    signs = (*used.values(), *(MARKS[name] for name in MARKS if name in marks.values()))
    return Picture(tuple(line for line in lines if line.strip()), signs)


def legend(signs: Iterable[Sign], screen: Screen) -> Iterator[str]:
    """What these signs mean, in as many lines as it takes."""
    used = set(signs)
    line, taken = "", 0
    for sign in (it for it in (*CELLS.values(), *MARKS.values()) if it in used):
        room = width(_(sign.name)) + 2
        if line and taken + 2 + room > screen.columns:
            yield line
            line, taken = "", 0
        gap = "  " if line else ""
        line, taken = f"{line}{gap}{_look(sign, screen)} {_(sign.name)}", taken + len(gap) + room
    if line:
        yield line


class _Scale(NamedTuple):
    """So many cells from an instant to another."""

    start: datetime
    end: datetime
    cells: int

    def place(self, at: datetime) -> int:
        """The cell of an instant; the end is in the last one."""
        passed = (at - self.start) / (self.end - self.start)
        return min(max(int(passed * self.cells), 0), self.cells - 1)

    def places(self, start: datetime, end: datetime) -> range:
        """The cells that `[start, end)` has a part of."""
        return range(self.place(start), self.place(end - _TICK) + 1)

    def edge(self, cell: int) -> datetime:
        """Where a cell begins."""
        return self.start + (self.end - self.start) * cell / self.cells


def _scale(explained: Explained, cells: int) -> _Scale | None:
    verdict, intervals = explained.verdict, explained.intervals
    if not intervals:
        return None
    end = intervals[-1].end
    if verdict.is_running and verdict.due_at is not None:
        end = max(end, verdict.due_at)
    return _Scale(intervals[0].start, end, cells)


def _cells(explained: Explained, scale: _Scale) -> list[str]:
    """What each cell shows: what most of it was."""
    parts = list(_parts(explained))
    shares: list[Counter[str]] = [Counter() for _cell in range(scale.cells)]
    for part in parts:
        for cell in scale.places(part.start, part.end):
            shares[cell][part.kind] += _overlap(part, scale.edge(cell), scale.edge(cell + 1))
    kinds = [share.most_common(1)[0][0] if share.total() > 0 else "ahead" for share in shares]
    for part in parts:
        place = scale.place(part.start + (part.end - part.start) / 2)
        if part.kind != "closed" and not _is_shown(part, kinds, scale):
            kinds[place] = part.kind
    return kinds


class _Part(NamedTuple):
    kind: str
    start: datetime
    end: datetime


def _parts(explained: Explained) -> Iterator[_Part]:
    """The intervals, what counted after the breach apart."""
    late_from = explained.verdict.breached_at
    for it in explained.intervals:
        if it.kind != "counted" or late_from is None or it.end <= late_from:
            yield _Part(it.kind, it.start, it.end)
        elif it.start >= late_from:
            yield _Part("over", it.start, it.end)
        else:
            yield _Part("counted", it.start, late_from)
            yield _Part("over", late_from, it.end)


def _overlap(part: _Part, start: datetime, end: datetime) -> int:
    """Milliseconds that a part has of a cell."""
    seconds = (min(part.end, end) - max(part.start, start)).total_seconds()
    return max(int(seconds * 1000), 0)


def _is_shown(part: _Part, kinds: Sequence[str], scale: _Scale) -> bool:
    return any(kinds[cell] == part.kind for cell in scale.places(part.start, part.end))


def _marks(verdict: Verdict, scale: _Scale, now: datetime) -> dict[int, str]:
    """Cell → what is marked there."""
    places: dict[str, datetime | None] = {
        "breach": verdict.breached_at,
        "done": verdict.fulfilled_at,
        "due": verdict.due_at if verdict.due_at != verdict.breached_at else None,
        "now": now if verdict.is_running else None,
    }
    found: dict[int, str] = {}
    for name, at in places.items():
        if at is not None and scale.start <= at <= scale.end:
            found[_free(scale.place(at), found, scale.cells)] = name
    return found


def _free(place: int, taken: Mapping[int, str], cells: int) -> int:
    """The nearest cell that has no mark yet."""
    beside = (place, place + 1, place - 1, place + 2, place - 2, place + 3, place - 3)
    return next(it for it in beside if it not in taken and 0 <= it < cells)


def _mark_line(marks: Mapping[int, str], screen: Screen) -> str:
    line, at = "", 0
    for place in sorted(marks):
        line += " " * (place - at) + _look(MARKS[marks[place]], screen)
        at = place + 1
    return line


def _axis(scale: _Scale, zone: str) -> str:
    """`11-16 09:12   12:00   15:00`: when it began, and as many hours or days as there is room for."""
    wall = ZoneInfo(zone)
    step = _step(scale)
    line = f"{scale.start.astimezone(wall):%m-%d %H:%M}"
    for tick in _ticks(scale, wall, step):
        label = f"{tick:%m-%d}" if step >= _DAY or (tick.hour, tick.minute) == (0, 0) else f"{tick:%H:%M}"
        place = scale.place(tick)
        if place >= len(line) + 2 and place + _LABEL <= scale.cells:
            line += " " * (place - len(line)) + label
    return line[: scale.cells]


def _step(scale: _Scale) -> timedelta:
    """The smallest step whose labels do not touch."""
    cell = (scale.end - scale.start) / scale.cells
    return next((it for it in _STEPS if it >= cell * (_LABEL + 2)), _STEPS[-1])


def _ticks(scale: _Scale, wall: ZoneInfo, step: timedelta) -> Iterator[datetime]:
    """Every round wall time between start and end, as it is on the wall."""
    first = scale.start.astimezone(wall).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    count = int((scale.end - scale.start) / step) + int(_DAY / step) + 2
    for number in range(1, count + 1):
        at = (first + number * step).replace(tzinfo=wall)
        if scale.start < at < scale.end:
            yield at


def _drawn(sign: Sign, times: int, screen: Screen) -> str:
    return screen.styled((sign.drawn if screen.has_unicode else sign.plain) * times, sign.style)


def _look(sign: Sign, screen: Screen) -> str:
    return _drawn(sign, 1, screen)

"""worktime: what must hold for any calendar and any interval (docs/sla.md C2, C3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tkt.worktime import (
    Calendar,
    Span,
    active_seconds,
    closed_for_good_from,
    due_and_active,
    due_at,
    open_spans,
    opens_on,
    united,
    without,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "UTC")
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
YEAR = 365 * 24 * 3600


def instants(reach: int = YEAR) -> st.SearchStrategy[datetime]:
    return st.integers(0, reach).map(lambda seconds: FIRST + timedelta(seconds=seconds))


@st.composite
def intervals(draw: st.DrawFn) -> str:
    opens = draw(st.integers(0, 24 * 60 - 1))
    closes = opens + draw(st.integers(1, 12 * 60))
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


HOURS = st.lists(intervals(), max_size=3)
DAYS = st.integers(-5, 400).map(lambda day: str(date(2025, 1, 1) + timedelta(days=day)))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = draw(st.dictionaries(st.sampled_from(WEEKDAYS), HOURS))
    assume(any(week.values()))
    return Calendar.from_mapping(
        {
            "zone": draw(st.sampled_from(ZONES)),
            "week": week,
            "holidays": draw(st.lists(DAYS, max_size=8)),
            "exceptions": draw(st.dictionaries(DAYS, HOURS, max_size=4)),
        }
    )


@st.composite
def pause_lists(draw: st.DrawFn) -> list[Span]:
    starts = draw(st.lists(instants(), max_size=4))
    return [(start, start + timedelta(seconds=draw(st.integers(0, 10 * 24 * 3600)))) for start in starts]


@settings(deadline=None)
@given(calendar=calendars(), start=instants(), seconds=st.integers(1, 400_000), pauses=pause_lists())
def test_active_and_due_are_inverse(
    calendar: Calendar, start: datetime, seconds: int, pauses: list[Span]
) -> None:
    # docs/sla.md C3: due is the earliest instant t at which active([start, t) - pauses) = target
    due = due_at(calendar, start, seconds, pauses)
    assert active_seconds(calendar, start, due, pauses) == seconds
    assert active_seconds(calendar, start, due - timedelta(seconds=1), pauses) == seconds - 1


@settings(deadline=None)
@given(calendar=calendars(), start=instants(), seconds=st.integers(1, 400_000), end=instants())
def test_both_at_once_are_what_each_alone_is(
    calendar: Calendar, start: datetime, seconds: int, end: datetime
) -> None:
    both = (due_at(calendar, start, seconds), active_seconds(calendar, start, end))
    assert due_and_active(calendar, start, seconds, end) == both


@settings(deadline=None)
@given(calendar=calendars(), start=instants(), end=instants(), pauses=pause_lists())
def test_due_after_the_active_time_is_never_later_than_the_end(
    calendar: Calendar, start: datetime, end: datetime, pauses: list[Span]
) -> None:
    active = active_seconds(calendar, start, end, pauses)
    if active:
        assert due_at(calendar, start, active, pauses) <= end


@settings(deadline=None)
@given(calendar=calendars(), at=st.tuples(instants(), instants(), instants()), pauses=pause_lists())
def test_active_time_adds_up_over_neighbouring_intervals(
    calendar: Calendar, at: tuple[datetime, datetime, datetime], pauses: list[Span]
) -> None:
    first, middle, last = sorted(at)
    whole = active_seconds(calendar, first, last, pauses)
    parts = active_seconds(calendar, first, middle, pauses) + active_seconds(calendar, middle, last, pauses)
    assert whole == parts
    assert 0 <= whole <= (last - first).total_seconds()


@settings(deadline=None)
@given(calendar=calendars(), start=instants(), end=instants(), pauses=pause_lists())
def test_active_time_is_what_the_open_spans_without_the_pauses_hold(
    calendar: Calendar, start: datetime, end: datetime, pauses: list[Span]
) -> None:
    left = without(open_spans(calendar, start, end), pauses)
    assert active_seconds(calendar, start, end, pauses) == sum((b - a).total_seconds() for a, b in left)


@settings(deadline=None)
@given(pauses=pause_lists())
def test_united_spans_are_apart_in_order_and_hold_the_same_instants(pauses: list[Span]) -> None:
    joined = united(pauses)
    for (_, end), (start, _) in pairwise(joined):
        assert end < start
    for instant in {edge for pause in pauses for edge in pause}:
        inside = any(start <= instant < end for start, end in pauses)
        assert inside == any(start <= instant < end for start, end in joined)


@given(calendar=calendars(), start=instants(20 * 24 * 3600), minutes=st.integers(1, 3 * 24 * 60))
@settings(max_examples=40, deadline=None)
def test_active_time_agrees_with_walking_the_wall_clock_minute_by_minute(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    # an independent count: the minutes in which a wall clock of the zone shows an open time. Valid
    # where the clocks do not change, as in the first weeks of a year in these northern zones
    assume(calendar.zone.key != "Australia/Lord_Howe")
    start = start.replace(second=0)
    counted = 0
    for number in range(minutes):
        wall = (start + timedelta(minutes=number)).astimezone(calendar.zone)
        counted += is_open_by_the_wall(calendar, wall)
    assert active_seconds(calendar, start, start + timedelta(minutes=minutes)) == counted * 60


def is_open_by_the_wall(calendar: Calendar, wall: datetime) -> bool:
    minute = wall.hour * 60 + wall.minute
    today = calendar.hours_on(wall.date())
    yesterday = calendar.hours_on(wall.date() - timedelta(days=1))
    return any(opens <= minute < closes for opens, closes in today) or any(
        opens <= minute + 24 * 60 < closes for opens, closes in yesterday
    )


@given(
    days=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 420), st.booleans()), max_size=5),
    weeks=st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=3),
    is_open=st.booleans(),
)
@settings(max_examples=60)
def test_closed_for_good_is_what_a_walk_over_every_day_finds(
    days: list[tuple[int, int, bool]], weeks: list[tuple[int, bool]], is_open: bool
) -> None:
    first, hours, none = date(2024, 1, 1), ((540, 600),), ()
    whole = {True: (none, none, hours, *[none] * 4), False: (none,) * 7}
    dated = {first + timedelta(days=start + n): opens for start, many, opens in days for n in range(many)}
    calendar = Calendar(
        zone=ZoneInfo("UTC"),
        weeks=tuple(
            sorted({first: whole[is_open], **{first + timedelta(days=s): whole[w] for s, w in weeks}}.items())
        ),
        holidays=frozenset(day for day, opens in dated.items() if not opens),
        exceptions={day: hours for day, opens in dated.items() if opens},
    )
    assert closed_for_good_from(calendar) == walked(calendar)


def walked(calendar: Calendar) -> date | None:
    """Day by day from before the first date of the calendar to two years after the last."""
    if not (calendar.holidays or calendar.exceptions or calendar.weeks[1:]):
        return None
    closed, has_opened = 0, any(calendar.weeks[0][1])
    starts = [*calendar.holidays, *calendar.exceptions, *(since for since, _ in calendar.weeks[1:])]
    for ordinal in range(min(starts).toordinal(), max(starts).toordinal() + 800):
        day = date.fromordinal(ordinal)
        if opens_on(calendar, day):
            closed, has_opened = 0, True
        elif has_opened:
            closed += 1
            if closed >= 366:
                return day - timedelta(days=closed - 1)
    return None

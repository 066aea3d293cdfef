"""docs/kpi.md K0: every number names its window `[from, to)` in a stated zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tkt.errors import UsageError
from tkt.kpis.window import Window, parse_window

SHANGHAI = "Asia/Shanghai"
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)  # Saturday 09:00 in Shanghai


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


def test_a_window_is_half_open() -> None:
    window = Window(utc(2026, 10, 1), utc(2026, 11, 1), "UTC")
    assert window.contains(utc(2026, 10, 1))
    assert not window.contains(utc(2026, 11, 1))
    assert not window.contains(None)


def test_dates_are_midnights_of_the_desks_zone_and_the_end_is_not_included() -> None:
    assert parse_window("2026-10-01", "2026-11-01", SHANGHAI, NOW) == Window(
        utc(2026, 9, 30, 16), utc(2026, 10, 31, 16), SHANGHAI
    )


def test_months_are_their_first_days() -> None:
    assert parse_window("2026-10", "2026-11", SHANGHAI, NOW) == parse_window(
        "2026-10-01", "2026-11-01", SHANGHAI, NOW
    )


def test_without_words_it_is_the_last_full_week() -> None:
    # Monday 2026-11-09 to Monday 2026-11-16
    assert parse_window(None, None, SHANGHAI, NOW) == Window(
        utc(2026, 11, 8, 16), utc(2026, 11, 15, 16), SHANGHAI
    )


def test_the_week_is_the_desks_and_not_the_machines() -> None:
    # Sunday 23:30 in London is Monday 07:30 in Shanghai: there the week is over
    late = utc(2026, 11, 22, 23, 30)
    assert parse_window(None, None, SHANGHAI, late).end == utc(2026, 11, 22, 16)
    assert parse_window(None, None, "Europe/London", late).end == utc(2026, 11, 16)


def test_a_day_on_which_clocks_change_has_23_hours() -> None:
    window = parse_window("2026-03-29", "2026-03-30", "Europe/Berlin", NOW)
    assert (window.end - window.start).total_seconds() == 23 * 3600


def test_instants_may_be_exact_and_the_end_may_be_left_out() -> None:
    assert parse_window("2026-11-20T09:00", None, SHANGHAI, NOW) == Window(
        utc(2026, 11, 20, 1), NOW, SHANGHAI
    )
    assert parse_window("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", SHANGHAI, NOW).end == utc(
        2026, 11, 20, 10
    )


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-11-01", "2026-11-01", "expected later than its start"),
        ("2026-11-02", "2026-11-01", "expected later than its start"),
        ("2027-01-01", None, "expected later than its start"),
        (None, "2026-11-01", "needs a --from"),
        ("last summer", None, "is not an instant"),
        ("2026-13", None, "is not an instant"),
        ("2026-02-30", None, "is not an instant"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(start: str | None, end: str | None, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_window(start, end, SHANGHAI, NOW)

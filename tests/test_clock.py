"""What time is it, and which times does nobody mean?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tkt.clock import instant_text, parse_instant
from tkt.errors import UsageError
from tkt.kpis.window import parse_window


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00Z", "2200-12-31T23:59:59+08:00", "2026-11-21"])
def test_what_somebody_can_mean_is_read(text: str) -> None:
    assert parse_instant(text, zone="Asia/Shanghai").tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00+08:00", "1969-12-31", "2201-01-01", "9999-12-31T23:59:59-08:00", "9999", "", "x"],
)
def test_what_nobody_means_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_instant(text, zone="Asia/Shanghai")


def test_an_early_year_is_written_with_four_digits() -> None:
    assert instant_text(datetime(33, 4, 3, 1, 2, 3, 999, tzinfo=UTC)) == "0033-04-03T01:02:03Z"
    assert instant_text(parse_instant("2026-11-21T09:15:00+08:00")) == "2026-11-21T01:15:00Z"


@pytest.mark.parametrize(("start", "end"), [("0001-01-01", None), ("2026-01", "9999-12"), ("1969-12", None)])
def test_a_window_lies_within_reach(start: str, end: str | None) -> None:
    with pytest.raises(UsageError):
        parse_window(start, end, "Asia/Shanghai", datetime(2026, 11, 21, tzinfo=UTC))

"""Which instant somebody means who writes a date into a table."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.clock import instant_text
from tkt.intake.rows.instants import moment_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(cell: str | float, *formats: str) -> str | None:
    found = moment_of(cell, SHANGHAI, formats)
    return None if found is None else instant_text(found.at)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-21T09:15:00+08:00", "2026-11-21T01:15:00Z"),
        ("2026-11-21T01:15:00Z", "2026-11-21T01:15:00Z"),
        ("2026-11-21 09:15:00+08:00", "2026-11-21T01:15:00Z"),
        ("2026/11/21 9:05", "2026-11-21T01:05:00Z"),
        ("2026.11.21 9:05:07", "2026-11-21T01:05:07Z"),
        ("2026年11月21日 14:30", "2026-11-21T06:30:00Z"),
        ("2026年11月21日 14时30分", "2026-11-21T06:30:00Z"),
        ("2026年11月21日 星期六 下午2:30", "2026-11-21T06:30:00Z"),
        ("2026年11月21日", "2026-11-20T16:00:00Z"),
        ("２０２６－１１－２１ １４：３０", "2026-11-21T06:30:00Z"),
        ("2026-11-21 2:30 PM", "2026-11-21T06:30:00Z"),
        ("2026-11-21 12:30 AM", "2026-11-20T16:30:00Z"),
        ("46347.604166666664", "2026-11-21T06:30:00Z"),
    ],
)
def test_what_people_write(text: str, instant: str) -> None:
    assert at(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "01/02/2026",
        "21.11.2026",
        "2026-13-01",
        "2026-02-30",
        "2026-11-21 25:00",
        "soon",
        "12",
        "1888-01-01",
        "14:30",
    ],
)
def test_what_could_be_any_day_is_none(text: str) -> None:
    assert at(text) is None


def test_a_format_of_the_map_comes_first() -> None:
    assert at("01/02/2026 10:00", "%d/%m/%Y %H:%M") == "2026-02-01T02:00:00Z"


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_the_serial_of_a_spreadsheet_is_its_time(wall: datetime) -> None:
    wall = wall.replace(microsecond=0)
    serial = (wall - datetime(1899, 12, 30)) / timedelta(days=1)
    found = moment_of(serial, ZoneInfo("UTC"))
    assert found is not None
    assert abs(found.at.replace(tzinfo=None) - wall) <= timedelta(seconds=1)

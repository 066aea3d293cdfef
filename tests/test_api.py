"""The names that docs/api.md promises to other programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from helpers import DeskAtWork

from tkt.desk import Desk
from tkt.worktime import Calendar, CalendarNeverOpens, active_seconds, due_at

CALENDAR = {
    "zone": "Asia/Shanghai",
    "week": {"mon": ["09:00-12:00", "13:30-18:00"], "fri": ["22:00-30:00"]},
    "holidays": ["2025-10-01"],
    "exceptions": {"2025-10-11": ["09:00-12:00"], "2025-10-12": []},
}


def test_the_calendar_of_the_document() -> None:
    calendar = Calendar.from_mapping(CALENDAR)
    monday = datetime(2025, 10, 13, 1, tzinfo=UTC)  # 09:00 in Shanghai
    assert active_seconds(calendar, monday, monday + timedelta(hours=9)) == 7 * 3600 + 1800
    assert due_at(calendar, monday, 4 * 3600) == datetime(2025, 10, 13, 6, 30, tzinfo=UTC)
    pause = (monday + timedelta(hours=1), monday + timedelta(hours=2))
    assert due_at(calendar, monday, 4 * 3600, [pause]) == datetime(2025, 10, 13, 7, 30, tzinfo=UTC)


def test_a_calendar_that_never_opens_is_refused() -> None:
    with pytest.raises(CalendarNeverOpens):
        Calendar.from_mapping({"zone": "UTC", "week": {}})


def test_a_desk_is_read_by_another_program(desk: DeskAtWork) -> None:
    ticket = desk.json("new", "--channel", "phone", "--text", "x", "--impact", "many", "--urgency", "red")[
        "id"
    ]
    opened = Desk.open(desk.root)
    (found,) = opened.tickets("status:open priority:P1")
    assert found.id == ticket
    now = found.received_at + timedelta(minutes=1)
    assert {verdict.state for verdict in opened.verdicts(found, now=now)} == {"active"}
    assert opened.tickets("status:closed") == ()

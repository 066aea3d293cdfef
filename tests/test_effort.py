"""tkt.effort: the minutes that people spent on a ticket."""

from __future__ import annotations

from datetime import UTC, datetime

from tkt.effort import effort_of, minutes_of
from tkt.model import Event


def event(did: str, **data: object) -> Event:
    return Event(id="e1", at=datetime(2026, 3, 2, tzinfo=UTC), by="li", did=did, data=data)


def test_minutes_stand_at_what_was_done_and_at_events_of_their_own() -> None:
    events = [
        event("opened", status="new"),
        event("message", to="customer", text="x", spent=15),
        event("note", text="x", spent=5),
        event("moved", to="resolved", spent=20),
        event("task-done", task="t1", spent=3),
        event("spent", minutes=30, on="visit"),
    ]
    assert effort_of(events) == 73
    assert effort_of([]) == 0


def test_what_is_no_whole_number_of_minutes_counts_for_nothing() -> None:
    assert [minutes_of(event("note", spent=it)) for it in ("15m", None, True, -5, 1.5, 0)] == [0] * 6
    assert minutes_of(event("spent", spent=10)) == 0

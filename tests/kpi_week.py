"""One week of a small desk, Monday 2026-10-05 to Monday 2026-10-12 in Shanghai, its numbers known by hand.

A1  solved within the day          A2  asked back, solved, reopened, solved again
A3  from before, still unsolved    A4  solved live on the telephone
A5  spam                           A6  a request of the house itself (internal)
A7  Friday afternoon's, nobody has answered it yet
"""

from __future__ import annotations

from kpi_desk import (
    CONFIG,
    HOUR,
    MINUTE,
    asked,
    at,
    event,
    given,
    heard,
    judged_as,
    moved,
    said,
    ticket,
    verdict,
    window,
)

from tkt.metrics import KpiReport, kpi_report

A1 = ticket(
    "261005-AAAA1", "2026-10-05T09:00",
    given("2026-10-05T09:05", "li.wei"), moved("2026-10-05T09:05", "assigned"),
    moved("2026-10-05T09:10", "in-progress"), said("2026-10-05T09:30"),
    moved("2026-10-05T11:00", "resolved", spent=30), moved("2026-10-12T11:00", "closed"),
    type="product", category="fault", team="tech", owner="li.wei", priority="P2",
)  # fmt: skip
A2 = ticket(
    "261005-AAAA2", "2026-10-05T14:00",
    given("2026-10-05T14:30", "li.wei"), moved("2026-10-05T14:30", "in-progress"),
    said("2026-10-05T15:00"), asked("2026-10-05T15:00"),
    heard("2026-10-05T16:00"), moved("2026-10-05T16:10", "in-progress"),
    moved("2026-10-05T17:00", "resolved"),
    moved("2026-10-06T09:00", "in-progress"), given("2026-10-06T09:00", "wang.fang", "li.wei"),
    said("2026-10-06T09:50"), moved("2026-10-06T10:00", "resolved"),
    type="product", category="fault", team="support", owner="wang.fang", priority="P3",
)  # fmt: skip
A3 = ticket(
    "261003-AAAA3", "2026-10-03T10:00",
    given("2026-10-05T09:30", "li.wei"), moved("2026-10-05T09:30", "in-progress"),
    moved("2026-10-06T10:00", "waiting", waiting={"on": "vendor"}),
    type="product", category="fault", team="tech", owner="li.wei", priority="P1",
)  # fmt: skip
A4 = ticket(
    "261007-AAAA4", "2026-10-07T10:00",
    event("2026-10-07T10:05", "note", by="wang.fang", spent=10, recorded_at=at("2026-10-07T18:00")),
    moved("2026-10-07T10:10", "resolved"),
    type="product", category="fault", team="support", owner="wang.fang", priority="P3",
)  # fmt: skip
A5 = ticket(
    "261008-AAAA5",
    "2026-10-08T03:00",
    event("2026-10-08T09:00", "disposed", **{"as": "spam"}),
    moved("2026-10-08T09:00", "closed"),
)
A6 = ticket("261008-AAAA6", "2026-10-08T10:00", type="request", category="it")
A7 = ticket("261009-AAAA7", "2026-10-09T16:00", priority=None)

TICKETS = (A1, A2, A3, A4, A5, A6, A7)

VERDICTS = {
    A1.id: [
        verdict("first_response", "met", start_at="2026-10-05T09:00", due_at="2026-10-05T10:00", fulfilled_at="2026-10-05T09:30", elapsed_s=30 * MINUTE),
        verdict("resolution", "met", start_at="2026-10-05T09:00", due_at="2026-10-05T17:30", fulfilled_at="2026-10-05T11:00", elapsed_s=2 * HOUR),
    ],
    A2.id: [
        verdict("first_response", "met", start_at="2026-10-05T14:00", due_at="2026-10-05T16:00", fulfilled_at="2026-10-05T15:00", elapsed_s=HOUR),
        verdict("next_response", "breached", start_at="2026-10-05T16:00", due_at="2026-10-05T18:00", breached_at="2026-10-05T18:00", fulfilled_at="2026-10-06T09:50", elapsed_s=2 * HOUR + 50 * MINUTE),
        verdict("resolution", "met", start_at="2026-10-05T14:00", due_at="2026-10-07T11:00", fulfilled_at="2026-10-06T10:00", elapsed_s=3 * HOUR),
    ],
    A3.id: [
        verdict("first_response", "breached", start_at="2026-10-03T10:00", due_at="2026-10-05T09:15", breached_at="2026-10-05T09:15"),
        verdict("resolution", "active", start_at="2026-10-03T10:00", due_at="2026-11-05T11:30"),
    ],
    A4.id: [
        verdict("first_response", "met", start_at="2026-10-07T10:00", due_at="2026-10-07T12:00", fulfilled_at="2026-10-07T10:00", elapsed_s=0, via="live"),
        verdict("resolution", "met", start_at="2026-10-07T10:00", due_at="2026-10-09T11:00", fulfilled_at="2026-10-07T10:10", elapsed_s=10 * MINUTE),
    ],
    A5.id: [verdict("first_response", "cancelled", start_at="2026-10-08T03:00")],
    A6.id: [verdict("first_response", "met", start_at="2026-10-08T10:00", due_at="2026-10-08T11:00", fulfilled_at="2026-10-08T10:01", elapsed_s=MINUTE)],
    A7.id: [verdict("first_response", "n/a", reason="uncovered", start_at="2026-10-09T16:00", policy=None)],
}  # fmt: skip


def the_week(**more: object) -> KpiReport:
    """Its report, read on Monday 2026-11-02 at 10:00."""
    now = at("2026-11-02T10:00")
    return kpi_report(
        judged_as(TICKETS, VERDICTS, now),
        CONFIG,
        window("2026-10-05T00:00", "2026-10-12T00:00"),
        now,
        **{"commit": "3f2a9c1d5e7b", "clean": True, **more},  # type: ignore[arg-type]
    )

"""What does a clock say of a ticket?"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

CALENDAR_CLOSED = "calendar-closed"
State = Literal["active", "paused", "met", "breached", "cancelled", "exempt", "n/a"]


class Verdict(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One cycle of one clock, judged at an instant. Seconds are of the calendar, instants UTC.

    State `n/a` means that nothing was promised or nothing can be known; `reason` says which:
    uncovered, untargeted, no-target, agent-raised, not-recorded, calendar-closed (its calendar does
    not open in the next 366 days, C5). Elsewhere `reason` is reclassified for a breach by a new
    target (L6), or why the cycle was cancelled.
    """

    ticket: str
    clock: str
    cycle: str  # the id of the event that started it
    state: State
    policy: str | None = None  # None: uncovered
    priority: str | None = None
    calendar: str | None = None
    ladder: str | None = None
    target_s: int | None = None
    start_at: datetime | None = None
    due_at: datetime | None = None  # None also while a pause puts it off
    fulfilled_at: datetime | None = None
    ended_at: datetime | None = None  # fulfilled or cancelled; None: it still runs
    breached_at: datetime | None = None
    elapsed_s: int | None = None
    paused_s: int | None = None  # open seconds that were taken out
    remaining_s: int | None = None  # negative after due; None once it has ended
    via: str | None = None  # resolve, live
    reason: str | None = None
    acknowledged: bool = False
    untargeted: bool = False  # past `new` without a priority, or without a row for it (P1)

    @property
    def is_running(self) -> bool:
        """Whether it is judged and has not ended; a breached cycle may still run."""
        return self.ended_at is None and self.state in ("active", "paused", "breached")

    @property
    def late_since(self) -> datetime | None:
        """When it was late, where the present due instant does not say so: no later target clears a breach (L6)."""
        at, due = self.breached_at, self.due_at
        is_over = self.remaining_s is not None and self.remaining_s < 0
        return at if due is None or (at is not None and at < due and not is_over) else None

    @property
    def is_calendar_closed(self) -> bool:
        """Whether it cannot be judged because its calendar does not open in the next 366 days (C5)."""
        return self.state == "n/a" and self.reason == CALENDAR_CLOSED

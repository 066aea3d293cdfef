"""How much open time lies between two instants, and when is a target used up? (docs/sla.md C1 to C5, C7)

A `Calendar` says when a desk is open; instants go in aware and come out in UTC, whole seconds.
"""

from __future__ import annotations

from tkt.worktime.calendar import Calendar, closed_for_good_from, opens_on
from tkt.worktime.errors import CalendarError, CalendarFault, CalendarNeverOpens
from tkt.worktime.reckoning import (
    active_seconds,
    after_working_days,
    due_and_active,
    due_at,
    next_opening,
    open_spans,
)
from tkt.worktime.spans import Span, united, without

__all__ = [
    "Calendar",
    "CalendarError",
    "CalendarFault",
    "CalendarNeverOpens",
    "Span",
    "active_seconds",
    "after_working_days",
    "closed_for_good_from",
    "due_and_active",
    "due_at",
    "next_opening",
    "open_spans",
    "opens_on",
    "united",
    "without",
]

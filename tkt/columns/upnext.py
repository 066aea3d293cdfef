"""Which ticket is to be taken up next, and why that one?

Mine first, the most pressing at the front: a customer who waits for an answer, what is late, what is due
soon, what was to be done by now, what was waited for and has not come; then what nobody of my teams has
taken, and at last what does not press.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum

from tkt.columns import Columns
from tkt.fields.lookup import instant_in, part_of
from tkt.frozen import dataclass
from tkt.workflow import action_ahead

SOON = timedelta(hours=4)
"""What is due within this time is due soon."""
_LATER = float("inf")


class Why(IntEnum):
    """Why a ticket is next; the lower the sooner."""

    REPLY = 1
    LATE = 2
    SOON = 3
    PLANNED = 4
    CHASE = 5
    FREE = 6
    CALM = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A ticket and why it is to be taken up; `at` is the instant that makes it so."""

    row: Columns
    why: Why
    at: datetime | None = None
    is_overdue: bool = False

    @property
    def order(self) -> tuple[int, bool, str, float, str]:
        """The lowest is next: what is free, or late already, by its priority first, everything else by its instant."""
        priority = (self.row.priority or "~") if self.is_overdue or self.why is Why.FREE else ""
        return (
            self.why,
            not self.is_overdue,
            priority,
            self.at.timestamp() if self.at else _LATER,
            self.row.id,
        )


def up_next(rows: Iterable[Columns], me: str, now: datetime) -> Pick | None:
    """The one to take up next of `rows`, which are mine or nobody's; None where there is none."""
    picks = (pick for row in rows if (pick := pick_of(row, me, now)) is not None)
    return min(picks, key=lambda pick: pick.order, default=None)


def pick_of(row: Columns, me: str, now: datetime) -> Pick | None:
    """Why this ticket could be next; None where nothing is to be done about it now."""
    due = _instant(row.lookup("due"))
    needs = row.lookup("needs")
    if row.owner is None:
        return Pick(row=row, why=Why.FREE, at=due) if row.status not in row.config.finished else None
    if row.owner != me:
        return None
    if isinstance(needs, (tuple, list)) and "reply" in needs:
        return Pick(row=row, why=Why.REPLY, at=due, is_overdue=due is not None and due <= now)
    if row.status in row.config.finished:
        return None
    return _mine(row, due, now)


def _mine(row: Columns, due: datetime | None, now: datetime) -> Pick | None:
    if due is not None and due <= now + SOON:
        is_late = due <= now
        return Pick(row=row, why=Why.LATE if is_late else Why.SOON, at=due, is_overdue=is_late)
    is_waiting = row.config.status_category(row.status) == "waiting"
    by = instant_in(part_of(row.values, "next_action", "by"), row.config)
    if by is not None and by <= now and (not is_waiting or action_ahead(row.ticket, row.config)):
        return Pick(row=row, why=Why.PLANNED, at=by)
    if not is_waiting:
        return Pick(row=row, why=Why.CALM, at=due)
    until = _instant(row.lookup("until"))
    return Pick(row=row, why=Why.CHASE, at=until) if until is not None and until <= now else None


def _instant(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None

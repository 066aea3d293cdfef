"""What does one row say as a whole?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tkt.model import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row that can be used. A key that is not in `values` has no column."""

    row: int
    number: str
    ticket_id: str | None  # what the table calls its id, where it is tkt's own
    is_derived: bool  # the number was made from what the row says
    received: datetime
    status: str
    values: Mapping[str, Value]  # None: the cell is empty
    is_titled: bool  # its title stands in the table
    is_prioritised: bool  # its priority stands in the table
    words: str | None
    notes: tuple[str, ...]
    answer: str | None
    answered: datetime | None
    resolved: datetime | None  # where the status is a finished one: when it was solved
    closed: datetime | None
    updated: datetime | None
    lacks_messages: bool

    @property
    def ended(self) -> datetime | None:
        """When the status that the row has was reached, where that is a finished one."""
        return self.closed or self.resolved

    @property
    def last(self) -> datetime:
        """The last instant that the row knows of."""
        known = (self.received, self.answered, self.resolved, self.closed, self.updated)
        return max(at for at in known if at is not None)

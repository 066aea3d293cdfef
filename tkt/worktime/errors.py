"""What can be wrong with a calendar?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFault:
    """One fault in a calendar's mapping, with the keys that lead to it."""

    path: tuple[str | int, ...]
    message: Message
    hint: Message | None = None


class CalendarError(TktError):
    """A calendar cannot be understood; `faults` holds everything that is wrong with it."""

    code: ClassVar[str] = "calendar"

    def __init__(self, faults: Sequence[CalendarFault]) -> None:
        super().__init__(faults[0].message, hint=faults[0].hint)
        self.faults = tuple(faults)


class CalendarNeverOpens(CalendarError):
    """No open second in 366 days, or not enough of them before the end of time (docs/sla.md C5)."""

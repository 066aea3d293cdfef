"""What does somebody want to know of a desk: which tickets, which stretch of time, beside what?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from tkt.frozen import dataclass
from tkt.kpis.window import Window, previous, year_before

Compare = Literal["", "previous", "year"]
Windowed = Callable[[str, datetime], Window]
"""The desk's zone and `now` → which stretch of time is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is to be about, and how much it is to tell."""

    window: Windowed | None = None  # None: the last full week
    query: str = ""  # which tickets; empty: all
    by: str | None = None  # a field: again for each of its values
    internal: bool = False  # the requests of the house itself, and not the customers'
    compare: Compare = ""
    keywords: bool = False  # K19 in the report of all key figures; takes longer
    ids: bool = False  # the tickets behind each number are to be named
    metrics: tuple[str, ...] = ()  # of the report of key figures only these, by their numbers; none: all
    title: str = ""  # what the report is called; empty: as its kind
    is_grouped: bool = (
        True  # False: numbers alone, without what tickets are grouped by; of a large desk without their ids
    )

    def compared(self, window: Window) -> Window | None:
        """The window that is set beside `window`, as long; None where nothing is compared."""
        if not self.compare:
            return None
        return previous(window) if self.compare == "previous" else year_before(window)

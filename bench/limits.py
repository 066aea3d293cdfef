"""What is good enough? Every limit, in one table; they hold for a desk of 100,000 tickets on two cores."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 100_000
GROWTH = 10.0
"""From 10,000 to 100,000 tickets nothing may grow by more: linear, within what a clock shows."""
STEP = (10_000, 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Of one case: a ratio to its floor, or seconds and megabytes."""

    ratio: float | None = None
    seconds: float | None = None
    megabytes: float | None = None

    def __str__(self) -> str:
        parts = [
            f"{self.ratio:g} ×" if self.ratio is not None else "",
            f"{self.seconds:g} s" if self.seconds is not None else "",
            f"{self.megabytes:g} MB" if self.megabytes is not None else "",
        ]
        return ", ".join(part for part in parts if part)


LIMITS: dict[str, Limit] = {
    "start": Limit(ratio=1.6),
    "list": Limit(ratio=1.2),
    "pipe": Limit(ratio=5.0),
    "show": Limit(ratio=2.0),
    "show-part": Limit(ratio=2.0),
    "search-zh": Limit(ratio=1.0),
    "search-en": Limit(ratio=1.0),
    "sla-clone": Limit(ratio=1.0),
    "sla-half": Limit(ratio=1.0),
    "verdicts": Limit(seconds=10.0, megabytes=150.0),
    "new": Limit(ratio=1.0),
    "kpi": Limit(seconds=5.0, megabytes=500.0),
    "kpi-all": Limit(seconds=5.0, megabytes=500.0),
    "site": Limit(seconds=60.0, megabytes=1000.0),
    "site-again": Limit(seconds=10.0, megabytes=1000.0),
    "help-centre": Limit(seconds=20.0),
    "index": Limit(ratio=1.1),
    "checkout": Limit(ratio=1.5),
}

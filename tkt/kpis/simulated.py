"""What came of judging the past by other targets: which counts, and which verdicts change?

Values alone; `tkt.simulation` gathers them from a desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from tkt.clocks.table import CLOCKS
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.kpis.window import Window

Side = Literal["today", "other"]
SIDES: tuple[Side, Side] = ("today", "other")
Key = tuple[str, str | None, str]
"""A field that is grouped by (empty: all tickets), one of its values, a family of clocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The cycles of one clock that were decided in the window."""

    met: int = 0
    breached: int = 0

    @property
    def n(self) -> int:
        """How many."""
        return self.met + self.breached

    @property
    def rate(self) -> float | None:
        """The share that was met; None where there is none."""
        return self.met / self.n if self.n else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cycle that would have been judged otherwise."""

    ticket: str
    title: str
    priority: str | None
    clock: str
    cycle: str
    today: str  # its state: met, breached, active …
    other: str
    due_today: datetime | None
    due_other: datetime | None


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """What came of it. `tallies`: (key, side) → what was decided; `changes`: the first of them, by ticket."""

    window: Window
    now: datetime
    tickets: int  # that were judged
    tallies: Mapping[tuple[Key, Side], Tally]
    changes: Sequence[Change]
    better: int  # cycles that were breached and would not have been
    worse: int  # that would have been
    others: int  # that only one of the two judges
    problems: tuple[Problem, ...]

    def values(self, by: str) -> list[str | None]:
        """The values of a field that anything was decided for, in order, those without one last."""
        found = {value for (name, value, _), _ in self.tallies if name == by}
        return sorted(found, key=lambda value: (value is None, value or ""))

    def clocks(self, by: str = "", value: str | None = None) -> list[str]:
        """The clocks that anything was decided of, as people read them."""
        found = {key[2] for key, _ in self.tallies if key[:2] == (by, value)}
        return [*(clock for clock in CLOCKS if clock in found), *sorted(found - set(CLOCKS))]

    def tally(self, side: Side, clock: str, by: str = "", value: str | None = None) -> Tally:
        """What was decided of a clock, for all tickets or those of one value."""
        return self.tallies.get(((by, value, clock), side), Tally())

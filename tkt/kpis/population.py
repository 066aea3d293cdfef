"""Which tickets does a report count, and which does it leave out? (docs/kpi.md K0, docs/sla.md L11)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from tkt.frozen import dataclass
from tkt.kpis.facts import INTERNAL
from tkt.kpis.life import Life
from tkt.kpis.visits import Visits, visits_of
from tkt.kpis.window import Window
from tkt.schema import Configuration
from tkt.sla import Outcome, family_of

CUSTOMER = "customer"
INHERITED = "split"


@dataclass(frozen=True)
class Population:
    """The lives that a KPI is computed over, and from where it looks at them."""

    everybody: tuple[Life, ...]
    config: Configuration
    window: Window
    now: datetime
    internal: bool = False  # count the tickets of the house itself, and leave the customers' out

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """The tickets that count."""
        return tuple(life for life in self.everybody if self._reason(life) is None)

    @cached_property
    def left_out(self) -> dict[str, tuple[Life, ...]]:
        """The tickets that do not count, by the reason: spam, test, duplicate, merged, internal …"""
        found: dict[str, list[Life]] = {}
        for life in self.everybody:
            reason = self._reason(life)
            if reason is not None:
                found.setdefault(reason, []).append(life)
        return {reason: tuple(lives) for reason, lives in sorted(found.items())}

    @property
    def horizon(self) -> datetime:
        """The instant by which ages are told: the window's end, or now while the window is not over."""
        return min(self.window.end, self.now)

    def cycles(self, clock: str) -> Sequence[tuple[Life, Outcome]]:
        """Every cycle of a clock that had not ended when the window began."""
        return self._cycles.get(clock, [])

    @property
    def clocks(self) -> frozenset[str]:
        """The clocks that any of those cycles is of."""
        return frozenset(self._cycles)

    @cached_property
    def _cycles(self) -> dict[str, list[tuple[Life, Outcome]]]:
        """By clock or family of clocks; what a split-off ticket inherited counts on the one it was split from.

        Most tickets of an old desk were over before the window, and are passed over.
        """
        found: dict[str, list[tuple[Life, Outcome]]] = {}
        for life in self.lives:
            if not life.is_settled_before(self.window.start):
                for cycle in life.cycles:
                    if cycle.via != INHERITED:
                        found.setdefault(family_of(cycle.clock), []).append((life, cycle))
        return found

    @cached_property
    def resolved(self) -> tuple[tuple[Life, datetime], ...]:
        """The tickets resolved in the window, each with its last resolve in it (docs/kpi.md K2)."""
        start, end = self.window.start, self.window.end
        found = ((life, [at for at in life.facts.resolves if start <= at < end]) for life in self.lives)
        return tuple((life, resolves[-1]) for life, resolves in found if resolves)

    @cached_property
    def visits(self) -> Visits:
        """Where those tickets were up to that resolve, and for how long."""
        return visits_of(self.resolved)

    def of(self, lives: Iterable[Life]) -> Population:
        """The same look at some of the tickets."""
        return replace(self, everybody=tuple(lives))

    def _reason(self, life: Life) -> str | None:
        facts = life.facts
        if facts.uncounted_as is not None or facts.is_internal is self.internal:
            return facts.uncounted_as
        return INTERNAL if facts.is_internal else CUSTOMER

"""Which tickets does a report count, and which does it leave out? (docs/kpi.md K0, docs/sla.md L11)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tkt.frozen import dataclass
from tkt.kpis.facts import INTERNAL
from tkt.kpis.life import Life
from tkt.kpis.more import More
from tkt.kpis.ratings import CSAT, Rating
from tkt.kpis.story import Stories, Story
from tkt.kpis.visits import Visits, visits_of
from tkt.kpis.window import Window
from tkt.schema import Configuration
from tkt.sla import Outcome, family_of

if TYPE_CHECKING:
    from tkt.kpis.repeats import Repeats

CUSTOMER = "customer"
INHERITED = "split"
_STEADY = ("lives", "left_out")
"""What is worked out once and does not depend on the window."""


@dataclass(frozen=True)
class Population:
    """The lives that a KPI is computed over, and from where it looks at them."""

    everybody: tuple[Life, ...]
    config: Configuration
    window: Window
    now: datetime
    internal: bool = False  # count the tickets of the house itself, and leave the customers' out
    more: More = More()
    whole: Population | None = None  # of which this is a part; None: it is the whole
    stories: Stories = field(default_factory=Stories)  # those that were unpacked; parts share them

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """The tickets that count."""
        return tuple(life for life in self.everybody if self._reason(life) is None)

    @cached_property
    def present(self) -> tuple[Life, ...]:
        """Those received before the window ends that were not over when it began: all that can happen in it is theirs."""
        start, end = self.window.start, self.window.end
        return tuple(
            [
                life
                for life in self.lives
                if life.started_at < end and ((over := life.facts.settled_after) is None or over >= start)
            ]
        )

    def at(self, window: Window) -> Population:
        """The same tickets through another window; what does not depend on it is not done again."""
        other = replace(self, window=window)
        other.__dict__.update({name: self.__dict__[name] for name in _STEADY if name in self.__dict__})
        return other

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

    def rare_cycles(self, clock: str) -> Sequence[tuple[Life, Outcome]]:
        """The same for a clock that few tickets have; those of the others are not gathered for it."""
        return [each for each in self._all_cycles() if family_of(each[1].clock) == clock]

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
        for each in self._all_cycles():
            found.setdefault(family_of(each[1].clock), []).append(each)
        return found

    def _all_cycles(self) -> Iterator[tuple[Life, Outcome]]:
        start = self.window.start
        for life in self.present:
            for cycle in life.cycles:
                if cycle.via != INHERITED and ((ended := cycle.ended_at) is None or ended >= start):
                    yield life, cycle

    @cached_property
    def resolved(self) -> tuple[tuple[Life, datetime], ...]:
        """The tickets resolved in the window, each with its last resolve in it (docs/kpi.md K2)."""
        start, end = self.window.start, self.window.end
        found = ((life, [at for at in life.facts.resolves if start <= at < end]) for life in self.present)
        return tuple((life, resolves[-1]) for life, resolves in found if resolves)

    @cached_property
    def visits(self) -> Visits:
        """Where those tickets were up to that resolve, and for how long."""
        return visits_of(self.resolved)

    @property
    def first_resolved(self) -> Iterator[tuple[Life, datetime]]:
        """The tickets whose first resolve lies in the window, each with it (docs/kpi.md K4, K8)."""
        start, end = self.window.start, self.window.end
        for life in self.present:
            resolves = life.facts.resolves
            if resolves and start <= resolves[0] < end:
                yield life, resolves[0]

    @cached_property
    def created(self) -> tuple[Life, ...]:
        """The tickets received in the window."""
        return self.created_in(self.window)

    def created_in(self, window: Window) -> tuple[Life, ...]:
        """Those received in another one."""
        start, end = window.start, window.end
        return tuple([life for life in self.lives if start <= life.started_at < end])

    @cached_property
    def touched(self) -> Sequence[tuple[Life, Story]]:
        """The tickets received before the window ends on which anything happened since it began, and their stories."""
        start = self.window.start
        return [(life, self.story(life)) for life in self.present if life.facts.updated_at >= start]

    @cached_property
    def answers(self) -> Sequence[tuple[Life, Rating]]:
        """The satisfaction answers of the window, each the last of its survey before the window ends."""
        end, contains = self.window.end, self.window.contains
        rated = ((life, story.ratings) for life, story in self.touched if story.ratings)
        return [
            (life, it)
            for life, ratings in rated
            for it in {it.survey: it for it in ratings if it.kind == CSAT and it.at < end}.values()
            if contains(it.at)
        ]

    def story(self, life: Life) -> Story:
        """What was said and asked on a ticket, unpacked once."""
        return self.stories.of(life.id, life.facts.story)

    @cached_property
    def repeats(self) -> Repeats:
        """Which tickets repeat which others, wherever the others are counted."""
        if self.whole is not None:
            return self.whole.repeats
        from tkt.kpis.repeats import repeats_of

        return repeats_of(self)

    def of(self, lives: Iterable[Life]) -> Population:
        """The same look at some of the tickets."""
        return replace(self, everybody=tuple(lives), whole=self.whole or self)

    def _reason(self, life: Life) -> str | None:
        facts = life.facts
        if facts.uncounted_as is not None or facts.is_internal is self.internal:
            return facts.uncounted_as
        return INTERNAL if facts.is_internal else CUSTOMER

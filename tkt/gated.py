"""What does a gate let through: which clocks are late, about to run out, acknowledged, and which of them fail it?

Values alone; `tkt.gate` gathers them from a desk (docs/sla.md E5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from tkt.clocks.causes import acknowledgement
from tkt.clocks.cycle import family_of
from tkt.columns import Columns
from tkt.errors import Problem, Severity
from tkt.frozen import dataclass
from tkt.model import Event
from tkt.schema import Configuration
from tkt.sla import Verdict

Mark = tuple[str, str, str]
"""What a cycle is told apart by: ticket, clock, the event that started it."""
_LOWEST = "P9"


class Fate(StrEnum):
    """What a gate makes of a clock."""

    FAILING = "breached"
    KNOWN = "known"  # breached under the revision it is compared with, too
    EARLIER = "earlier"  # breached before the time that was asked for
    WARNED = "warned"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Judged:
    """A cycle of a clock, and its ticket."""

    verdict: Verdict
    ticket: Columns

    @property
    def mark(self) -> Mark:
        """What it is told apart by."""
        return self.ticket.id, self.verdict.clock, self.verdict.cycle

    @property
    def family(self) -> str:
        """The name that policies know its clock by."""
        return family_of(self.verdict.clock)

    @property
    def is_unexcused(self) -> bool:
        """Whether it is breached, and nobody has acknowledged it."""
        return self.verdict.state == "breached" and not self.verdict.acknowledged

    @property
    def urgency(self) -> tuple[str, float, str, str, str]:
        """Most urgent first: by priority, then by who has been late the longest."""
        at = self.verdict.breached_at or self.verdict.due_at
        return (self.ticket.priority or _LOWEST, at.timestamp() if at else 0.0, *self.mark)

    @property
    def acknowledgement(self) -> Event | None:
        """The event by which its breach was acknowledged last. Errors: as reading the ticket has."""
        return acknowledgement(self.ticket.ticket, self.verdict.clock, self.verdict.cycle)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What another configuration than the one that judged would find more, and fewer. `rev`: who judged, as named."""

    rev: str
    more: tuple[Judged, ...]
    fewer: tuple[Judged, ...]


@dataclass(frozen=True, kw_only=True)
class Gated:
    """What came of a look at the desk. What is listed is in order of urgency; None: it was not asked for."""

    now: datetime
    config: Configuration  # by which it was judged
    tickets: tuple[Columns, ...]  # all that were looked at, in order of their ids
    judged: tuple[Judged, ...]  # the cycles asked for, in the same order
    uncovered: int  # tickets that no policy covers
    failing: tuple[Judged, ...]
    warned: tuple[Judged, ...]
    acknowledged: tuple[Judged, ...]
    known: tuple[Judged, ...] | None = None
    earlier: tuple[Judged, ...] | None = None
    new_since: str | None = None
    breached_after: datetime | None = None
    otherwise: Otherwise | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def breached(self) -> tuple[Judged, ...]:
        """Every breach that is neither acknowledged nor earlier, whether it fails or not."""
        return tuple(sorted((*self.failing, *(self.known or ())), key=lambda it: it.urgency))

    @property
    def listed(self) -> Iterator[tuple[Fate, Judged]]:
        """All that is told, once each: what fails first."""
        for fate, some in (
            (Fate.FAILING, self.failing),
            (Fate.WARNED, self.warned),
            (Fate.KNOWN, self.known or ()),
            (Fate.EARLIER, self.earlier or ()),
            (Fate.ACKNOWLEDGED, self.acknowledged),
        ):
            yield from ((fate, each) for each in some)

    @cached_property
    def fates(self) -> dict[Mark, Fate]:
        """What became of each cycle that is listed."""
        return {each.mark: fate for fate, each in self.listed}

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The files that could not be judged."""
        return tuple(it for it in self.problems if it.severity is Severity.ERROR)


def by_urgency(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The most urgent first."""
    return tuple(sorted(judged, key=lambda it: it.urgency))


def is_asked(clock: str, names: Sequence[str]) -> bool:
    """Whether a clock goes by one of these names, whole or of its family; without names each does."""
    return not names or clock in names or family_of(clock) in names


__all__ = ["Fate", "Gated", "Judged", "Mark", "Otherwise", "by_urgency", "is_asked"]

"""Which verdicts did a change gain and lose?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tkt.differences.events import EventChanges
from tkt.differences.keys import KeyChange
from tkt.frozen import dataclass
from tkt.model import Event
from tkt.sla import Verdict

_QUIET = frozenset({"active", "paused", "met", "cancelled", "exempt", "n/a"})
"""What a new cycle may be without anybody looking at it."""
_UNHEARD = frozenset(
    {
        "note",
        "spent",
        "attached",
        "linked",
        "unlinked",
        "task",
        "task-changed",
        "task-done",
        "promised",
        "kept",
        "surveyed",
        "rated",
        "warned",
        "escalated",
        "handed-over",
        "visit",
        "visit-changed",
        "part",
        "reviewed",
        "improved",
    }
)
"""Kinds of events that no clock listens to (docs/sla.md, Clocks)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A cycle of a clock whose state is another one; None where there is no such cycle."""

    clock: str
    cycle: str
    before: Verdict | None
    after: Verdict | None
    cause: Event | None = None  # the new event that made it so, where one did

    @property
    def is_gained(self) -> bool:
        """Whether a breach came."""
        return _is_breached(self.after) and not _is_breached(self.before)

    @property
    def is_lost(self) -> bool:
        """Whether a breach went."""
        return _is_breached(self.before) and not _is_breached(self.after)

    @property
    def has_another_target(self) -> bool:
        """Whether another promise is what it is judged by now."""
        return (
            self.before is not None and self.after is not None and self.before.target_s != self.after.target_s
        )


def may_turn(events: EventChanges, keys: Sequence[KeyChange]) -> bool:
    """Whether a verdict may be another one, both versions judged alike."""
    if events.gone or events.altered or events.redacted or keys:
        return True
    return any(event.did not in _UNHEARD for event in events.added)


def turns(before: Iterable[Verdict], after: Iterable[Verdict], added: Sequence[Event] = ()) -> Iterator[Turn]:
    """Every cycle whose state differs; of cycles that come or go, those with a breach."""
    old = {(verdict.clock, verdict.cycle): verdict for verdict in before}
    new = {(verdict.clock, verdict.cycle): verdict for verdict in after}
    for key in dict.fromkeys((*old, *new)):
        was, is_ = old.get(key), new.get(key)
        if not _is_alike(was, is_):
            yield Turn(clock=key[0], cycle=key[1], before=was, after=is_, cause=_cause(key[1], is_, added))


def _is_alike(was: Verdict | None, is_: Verdict | None) -> bool:
    if was is None or is_ is None:
        there = was or is_
        return there is None or there.state in _QUIET
    return was.state == is_.state


def _cause(cycle: str, after: Verdict | None, added: Sequence[Event]) -> Event | None:
    """The new event that ended the cycle, that changed its target too late, or that began it."""
    if after is None:
        return None
    ended = [event for event in added if event.at == after.ended_at]
    if ended:
        return next((event for event in ended if event.did == "message"), ended[-1])
    if after.reason == "reclassified":
        return next((event for event in added if event.at == after.breached_at), None)
    return next((event for event in added if event.id == cycle), None)


def _is_breached(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.state == "breached"

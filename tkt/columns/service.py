"""What do a ticket's clocks say in one word?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tkt.sla import Verdict

_WORST_FIRST = ("breached", "active", "paused", "met", "exempt", "cancelled", "n/a")
UNCOVERED = "uncovered"


def worst_state(verdicts: Iterable[Verdict]) -> str:
    """The state that matters most; `uncovered` where no policy promises anything."""
    states = {verdict.state for verdict in verdicts if verdict.policy is not None}
    return next((state for state in _WORST_FIRST if state in states), UNCOVERED)


def next_due(verdicts: Iterable[Verdict]) -> datetime | None:
    """The earliest due instant of the clocks that still run, late ones included."""
    return min((due for due, _ in _running(verdicts)), default=None)


def remaining(verdicts: Iterable[Verdict]) -> int | None:
    """The open seconds left of the clock that is due next; negative once it is late."""
    first = min(_running(verdicts), default=None, key=lambda each: each[0])
    return None if first is None else first[1]


def _running(verdicts: Iterable[Verdict]) -> Iterator[tuple[datetime, int | None]]:
    """Due instant and open seconds left of each clock that still runs and is due at all."""
    return ((v.due_at, v.remaining_s) for v in verdicts if v.is_running and v.due_at is not None)


def breached_clocks(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """The clocks with a breached cycle, each once."""
    return tuple(dict.fromkeys(verdict.clock for verdict in verdicts if verdict.state == "breached"))


def policy_name(verdicts: Sequence[Verdict]) -> str | None:
    """The policy that the latest cycle was judged by."""
    return next((verdict.policy for verdict in reversed(verdicts) if verdict.policy is not None), None)

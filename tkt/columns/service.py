"""What do a ticket's clocks say in one word, at an instant from which its standings hold?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tkt.clocks.standing import Standing, Standings, seconds_at
from tkt.worktime import Calendar

_WORST_FIRST = ("breached", "active", "paused", "met", "exempt", "cancelled", "n/a")
_RANKS = {state: rank for rank, state in enumerate(_WORST_FIRST)}
UNCOVERED = "uncovered"


def worst_state(standings: Standings, now: datetime, clock: str | None = None) -> str:
    """The state that matters most, of all clocks or of one; `uncovered` where no policy promises anything."""
    worst = len(_WORST_FIRST)
    for each in standings.cycles:
        if each.policy is not None and clock in (None, each.clock):
            worst = min(worst, 0 if each.is_late_only_at(now) else _RANKS[each.state])
    return _WORST_FIRST[worst] if worst < len(_WORST_FIRST) else UNCOVERED


def next_due(standings: Standings) -> datetime | None:
    """The earliest due instant of the clocks that still run, late ones included."""
    return min((due for due, _ in _running(standings)), default=None)


def remaining(standings: Standings, now: datetime, calendars: Mapping[str, Calendar]) -> int | None:
    """The open seconds left of the clock that is due next; negative once it is late."""
    first = min(_running(standings), default=None, key=lambda each: each[0])
    if first is None:
        return None
    elapsed, _ = seconds_at(first[1], standings.valid_from, calendars, now)
    return first[1].left_s(elapsed)


def breached_clocks(standings: Standings, now: datetime) -> tuple[str, ...]:
    """The clocks with a breached cycle, each once."""
    late = (it.clock for it in standings.cycles if it.state == "breached" or it.is_late_only_at(now))
    return tuple(dict.fromkeys(late))


def policy_name(standings: Standings) -> str | None:
    """The policy that the latest cycle was judged by."""
    return next((it.policy for it in reversed(standings.cycles) if it.policy is not None), None)


def _running(standings: Standings) -> Iterator[tuple[datetime, Standing]]:
    """Due instant and cycle of each clock that still runs and is due at all."""
    return ((it.due_at, it) for it in standings.cycles if it.is_running and it.due_at is not None)

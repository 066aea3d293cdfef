"""What do a ticket's clocks say in one word, at an instant from which its standings hold?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from tkt.clocks.cycle import family_of
from tkt.clocks.standing import Standings, passed_seconds
from tkt.worktime import Calendar

_WORST_FIRST = ("breached", "active", "paused", "met", "exempt", "cancelled", "n/a")
_RANKS = {state: rank for rank, state in enumerate(_WORST_FIRST)}
UNCOVERED = "uncovered"


def worst_state(standings: Standings, now: datetime, clock: str | None = None) -> str | None:
    """The state that matters most, of all clocks or of one family; `uncovered` where nothing is promised.

    A promise to the customer needs no policy. None where no clock of the family ran, but others do.
    """
    worst, is_covered = len(_WORST_FIRST), False
    for each in standings.cycles:
        if each.policy is not None or each.target_s is not None:
            is_covered = True
            if clock is None or clock == family_of(each.clock):
                worst = min(worst, 0 if each.is_late_only_at(now) else _RANKS[each.state])
    if worst < len(_WORST_FIRST):
        return _WORST_FIRST[worst]
    return None if is_covered else UNCOVERED


class Next(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The clock of a ticket that is due next, late ones included, at the instant of its `Standings`."""

    due_at: datetime
    left_s: int | None  # open seconds, negative once it is late; None where they are not known
    calendar: str | None  # by which they go on passing; None: by the clock on the wall
    passes: bool  # False while they do not


def next_clock(standings: Standings) -> Next | None:
    """The first to be due of the clocks that still run."""
    running = [(it.due_at, it) for it in standings.cycles if it.is_running and it.due_at is not None]
    if not running:
        return None
    due, it = min(running, key=lambda each: each[0])
    passes = it.elapsed_s is not None and it.paused_s is not None and not it.is_paused
    return Next(due, it.left_s(it.elapsed_s), it.calendar, passes)


def remaining(clock: Next, since: datetime, now: datetime, calendars: Mapping[str, Calendar]) -> int | None:
    """The seconds left of a clock at `now`; `since` is the instant of its `Standings`."""
    if clock.left_s is None or not clock.passes:
        return clock.left_s
    return clock.left_s - passed_seconds(clock.calendar, since, now, calendars)


def breached_clocks(standings: Standings, now: datetime) -> tuple[str, ...]:
    """The clocks and families of clocks with a breached cycle, each once."""
    late = (
        family_of(it.clock) for it in standings.cycles if it.state == "breached" or it.is_late_only_at(now)
    )
    return tuple(dict.fromkeys(late))


def is_acknowledged(standings: Standings, now: datetime) -> bool | None:
    """Whether every breach of its clocks was acknowledged; None where none is breached."""
    late = [it for it in standings.cycles if it.state == "breached" or it.is_late_only_at(now)]
    return all(it.cause is not None for it in late) if late else None


def policy_name(standings: Standings) -> str | None:
    """The policy that the latest cycle was judged by."""
    return next((it.policy for it in reversed(standings.cycles) if it.policy is not None), None)

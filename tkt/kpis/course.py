"""How did the queue go, week by week or day by day? (docs/kpi.md K5)

One look at all tickets for all of the windows, which follow each other without a gap. The backlog at
each end is the one before, and what came, less what was finished, and what came back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from tkt.frozen import dataclass
from tkt.kpis.life import Life
from tkt.kpis.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One window of a course; ids stand in it once for each time."""

    window: Window
    created: Sequence[str]
    resolved: Sequence[str]  # docs/kpi.md K2: closing a resolved one is no second resolve
    finished: Sequence[str]  # what left the backlog
    reopened: Sequence[str]
    backlog: int  # at its end


def course(lives: Iterable[Life], windows: Sequence[Window]) -> tuple[Leg, ...]:
    """The legs of windows that follow each other; of the tickets that count."""
    if not windows:
        return ()
    known = tuple(lives)
    starts = [window.start for window in windows]
    end = windows[-1].end
    created, resolved, finished, reopened = (
        _placed(known, instants, starts, end)
        for instants in (
            lambda life: (life.started_at,),
            lambda life: life.resolves,
            lambda life: life.finishes,
            lambda life: life.reopens,
        )
    )
    backlog = sum(life.is_open_before(starts[0]) for life in known)
    legs = []
    for place, window in enumerate(windows):
        backlog += len(created[place]) - len(finished[place]) + len(reopened[place])
        legs.append(
            Leg(
                window=window,
                created=created[place],
                resolved=resolved[place],
                finished=finished[place],
                reopened=reopened[place],
                backlog=backlog,
            )
        )
    return tuple(legs)


def _placed(
    lives: Iterable[Life],
    instants: Callable[[Life], Sequence[datetime]],
    starts: Sequence[datetime],
    end: datetime,
) -> list[list[str]]:
    """For each window the id of a ticket once for each of its instants there."""
    found: list[list[str]] = [[] for _ in starts]
    for life in lives:
        for at in instants(life):
            if starts[0] <= at < end:
                found[bisect_right(starts, at) - 1].append(life.id)
    return found

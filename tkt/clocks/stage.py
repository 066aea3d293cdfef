"""How long may a ticket stay in one status? (docs/sla.md, stage; S6)"""

from __future__ import annotations

from datetime import datetime

from tkt.clocks.cycle import Cycle, Ending, Stretch, Terms, within
from tkt.clocks.history import History, Stay
from tkt.clocks.waiting import stopped, waits
from tkt.policies.limits import Limit

NAME = "stage"


def cycles(history: History) -> tuple[Cycle, ...]:
    """One cycle for each visit to a status with a limit, from the move into it to the move out of it.

    Another wait in the same status is no way out; a status that was passed through in one second
    was no visit.
    """
    limits = history.flow.limits
    if not limits:
        return ()
    found = []
    for stay, after in history.visits(limits):
        start = max(stay.start, history.started_at)
        if after is None or start < after.start:
            found.append(_cycle(history, stay, start, after, limits[stay.status]))
    return tuple(found)


def _cycle(history: History, stay: Stay, start: datetime, after: Stay | None, limit: Limit) -> Cycle:
    event = stay.event.id
    return Cycle(
        clock=f"{NAME}:{stay.status}",
        event=event,
        start_at=start,
        ending=None if after is None else Ending(at=after.start, event=after.event.id, fulfilled=True),
        stretches=_stretches(history, start, after, limit) if limit.pauses else (),
        terms=(Terms(since=start, event=event, target_s=limit.seconds),),
        only_if_promised=True,
    )


def _stretches(history: History, start: datetime, after: Stay | None, limit: Limit) -> tuple[Stretch, ...]:
    """The waits that the status's `limit_pauses` names."""
    found = [stretch for wait in waits(history) for stretch in stopped(wait, limit.pauses)]
    return within(found, start, after.start if after is not None else None)

"""Was a time that was named to the customer kept? (docs/sla.md, promise)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tkt.clocks.cycle import Cycle, Ending, answered, fixed
from tkt.clocks.flow import instant_in
from tkt.clocks.history import History
from tkt.model import Event

NAME = "promise"
ANEW = "promised-anew"


def cycles(history: History) -> tuple[Cycle, ...]:
    """One cycle for each time that was promised, until it is kept or another time is promised in its place.

    It is due by the clock on the wall, whatever the desk's hours and policies are, and a resolve does
    not end it.
    """
    return tuple(
        _cycle(event, until, _ending(history, event))
        for event in history.of_kind("promised")
        if (until := instant_in(event.get("until"), history.flow.zone)) is not None
    )


def _cycle(event: Event, until: datetime, ending: Ending | None) -> Cycle:
    return Cycle(
        clock=f"{NAME}:{event.get('promise')}",
        event=event.id,
        start_at=event.at,
        ending=ending,
        terms=(fixed(event.at, event.id, until, event.at),),
    )


def _ending(history: History, promised: Event) -> Ending | None:
    """The word that it was kept; or the next promise of the same name."""
    for event in _later(history, promised):
        if event.did == "kept":
            return answered(event, event.at)
        return Ending(at=event.at, event=event.id, fulfilled=False, reason=ANEW)
    return None


def _later(history: History, promised: Event) -> Iterator[Event]:
    name = promised.get("promise")
    events = history.among("promised", "kept")
    return (it for it in events if it.order > promised.order and it.get("promise") == name)

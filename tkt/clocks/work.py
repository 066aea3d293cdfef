"""How long does the desk itself work on a request? (docs/sla.md, work; L3, L4, L8)"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.clocks.cycle import Cycle, Stretch, within
from tkt.clocks.history import History
from tkt.clocks.resolution import ending, reopened
from tkt.clocks.waiting import stopped, waits

NAME = "work"
_ANYONE = frozenset(("customer", "vendor", "colleague"))


def cycles(history: History) -> tuple[Cycle, ...]:
    """The one cycle: as that of `resolution`, waiting on anyone taken out."""
    if NAME not in history.flow.promised:
        return ()
    return (
        Cycle(
            clock=NAME,
            event=history.opened.id,
            start_at=history.started_at,
            ending=ending(history),
            stretches=within(_stretches(history), history.started_at, None),
            only_if_promised=True,
        ),
    )


def _stretches(history: History) -> Iterator[Stretch]:
    yield from reopened(history)
    for wait in waits(history):
        yield from stopped(wait, _ANYONE)

"""How long until the request is resolved? (docs/sla.md, resolution; L3, L4, L8)"""

from __future__ import annotations

from tkt.clocks.cycle import Clock, Cycle, Ending, Stretch
from tkt.clocks.history import History
from tkt.clocks.waiting import waits

NAME: Clock = "resolution"


def cycles(history: History) -> tuple[Cycle, ...]:
    """The one cycle: from `received_at` to the last resolve; a reopening resumes it (L8).

    Waiting on the customer and the time between a resolve and its reopening are taken out.
    """
    last = history.resolves[-1] if history.resolves else None
    ending = None
    if last is not None and last.end is None:
        ending = Ending(at=last.start, event=last.event.id, fulfilled=True)
    reopened = [
        Stretch(kind="resolved", start=finish.start, end=finish.end, rule="L8")
        for finish in history.finishes
        if finish.end is not None
    ]
    waited = [stretch for wait in waits(history) for stretch in wait.stretches]
    return (
        Cycle(
            clock=NAME,
            event=history.opened.id,
            start_at=history.started_at,
            ending=ending,
            stretches=tuple(sorted([*reopened, *waited], key=lambda it: it.start)),
        ),
    )

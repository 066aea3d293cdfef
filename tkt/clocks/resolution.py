"""How long until the request is resolved? (docs/sla.md, resolution; L3, L4, L8)"""

from __future__ import annotations

from tkt.clocks.cycle import Cycle, Ending, Stretch
from tkt.clocks.history import History
from tkt.clocks.waiting import waits

NAME = "resolution"


def cycles(history: History) -> tuple[Cycle, ...]:
    """The one cycle: from `received_at` to the last resolve; a reopening resumes it (L8).

    Waiting on the customer and the time between a resolve and its reopening are taken out.
    """
    stretches = [*reopened(history), *(stretch for wait in waits(history) for stretch in wait.stretches)]
    return (
        Cycle(
            clock=NAME,
            event=history.opened.id,
            start_at=history.started_at,
            ending=ending(history),
            stretches=tuple(sorted(stretches, key=lambda it: it.start)) if stretches else (),
        ),
    )


def ending(history: History) -> Ending | None:
    """The last resolve, where nothing reopened it."""
    last = history.resolves[-1] if history.resolves else None
    if last is None or last.end is not None:
        return None
    return Ending(at=last.start, event=last.event.id, fulfilled=True)


def reopened(history: History) -> list[Stretch]:
    """The time between each resolve and its reopening (L8)."""
    return [
        Stretch(kind="resolved", start=finish.start, end=finish.end, rule="L8")
        for finish in history.finishes
        if finish.end is not None
    ]

"""How long until the customer hears of us again? (docs/sla.md, update; L3, S6)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tkt.clocks.cycle import Cycle, Ending, Stretch, answered, resolved, within
from tkt.clocks.history import History
from tkt.clocks.waiting import waits
from tkt.model import Event

NAME = "update"


def cycles(history: History) -> tuple[Cycle, ...]:
    """One cycle from each message of a person to the next one, or to the resolve.

    What is said in the very second of a resolve, or while it is resolved, starts none.
    """
    if NAME not in history.flow.promised or not history.answers:
        return ()
    stretches = tuple(_stretches(history))
    return tuple(_cycle(history, at, event, stretches) for at, event in _starts(history))


def _starts(history: History) -> Iterator[tuple[datetime, Event]]:
    """The messages that start a cycle; of several in one second the first."""
    last = None
    for at, event in history.answers:
        if at != last and not history.is_finished_at(at):
            yield at, event
        last = at


def _cycle(history: History, at: datetime, event: Event, stretches: tuple[Stretch, ...]) -> Cycle:
    ending = _ending(history, at)
    until = ending.at if ending is not None else None
    return Cycle(
        clock=NAME,
        event=event.id,
        start_at=at,
        ending=ending,
        stretches=within(stretches, at, until) if stretches else (),
        only_if_promised=True,
    )


def _ending(history: History, start: datetime) -> Ending | None:
    """The next message, or a resolve before it; at one instant the message counts."""
    message = next(((at, event) for at, event in history.answers if at > start), None)
    finish = next((it for it in history.resolves if it.start > start), None)
    if message is not None and (finish is None or message[0] <= finish.start):
        return answered(message[1], message[0])
    return None if finish is None else resolved(finish.event, finish.start)


def _stretches(history: History) -> Iterator[Stretch]:
    """Waiting on the customer, and what was put away as spam and the like and brought back."""
    for wait in waits(history):
        yield from wait.stretches
    for finish in history.finishes:
        if finish.end is not None and finish not in history.resolves:
            yield Stretch(kind="resolved", start=finish.start, end=finish.end, rule="L11")

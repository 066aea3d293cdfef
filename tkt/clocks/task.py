"""How long until a sub-task is done? (docs/sla.md, task; L6)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.clocks.cycle import Cycle, Ending, Terms, answered, fixed
from tkt.clocks.flow import instant_in
from tkt.clocks.history import History
from tkt.durations import DurationError, parse_duration
from tkt.model import Event

NAME = "task"


def cycles(history: History) -> tuple[Cycle, ...]:
    """One cycle for each sub-task, from its creation until it is done; one that is set again has another."""
    return tuple(_cycle(task, events, ending, history.flow.zone) for task, events, ending in _runs(history))


def _runs(history: History) -> Iterator[tuple[str, list[Event], Ending | None]]:
    """(task, the events that say what it is, how it ended), in the order in which they were created."""
    begun: list[tuple[str, list[Event], Ending | None]] = []
    open_at: dict[str, int] = {}
    for event in history.among("task", "task-changed", "task-done"):
        task = str(event.get("task"))
        place = open_at.get(task)
        if place is not None and event.did == "task-done":
            begun[place] = (task, begun[place][1], answered(event, event.at))
            del open_at[task]
        elif place is not None:
            begun[place][1].append(event)
        elif event.did == "task":
            open_at[task] = len(begun)
            begun.append((task, [event], None))
    yield from begun


def _cycle(task: str, events: Sequence[Event], ending: Ending | None, zone: str) -> Cycle:
    first = events[0]
    terms = tuple(_terms(events, zone))
    has_own = any(it.target_s is not None for it in terms)
    return Cycle(
        clock=f"{NAME}:{task}",
        event=first.id,
        start_at=first.at,
        ending=ending,
        terms=terms if has_own else (),
        only_if_promised=not has_own,
    )


def _terms(events: Sequence[Event], zone: str) -> Iterator[Terms]:
    """What holds from its creation on, and from each change of `target` or `due`, which replaces both."""
    first = events[0]
    for event in events:
        if event is first or "due" in event.data or "target" in event.data:
            due = instant_in(event.get("due"), zone)
            if due is not None:
                yield fixed(event.at, event.id, due, first.at)
            else:
                yield Terms(since=event.at, event=event.id, target_s=_seconds(event.get("target")))


def _seconds(target: object) -> int | None:
    """Open seconds; None for what is no target."""
    if target is None:
        return None
    try:
        return parse_duration(str(target)) or None
    except DurationError:
        return None

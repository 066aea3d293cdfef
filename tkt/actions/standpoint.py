"""What of a ticket matters to one person now: what happened since their last step, what is asked of them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from tkt.frozen import dataclass
from tkt.guards.talk import unanswered_messages
from tkt.model import Event, Ticket, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A sub-task of the ticket as its events have it now."""

    id: str
    title: str
    owner: str | None = None
    due: Value = None
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What one person should know of a ticket."""

    me: str
    since: datetime | None  # their last step; None: they did nothing yet
    events: tuple[Event, ...]  # what others did since
    unanswered: tuple[Event, ...]  # what the customer wrote and nobody answered
    mentions: tuple[Event, ...] = ()  # notes that name them, since their last step
    tasks: tuple[Task, ...] = field(default=())  # theirs, and not done


def standpoint_of(ticket: Ticket, me: str) -> Standpoint:
    """The ticket as `me` should see it."""
    mine = [event for event in ticket.effective if event.by == me and not event.auto]
    last = mine[-1] if mine else None
    later = [event for event in ticket.effective if last is None or event.order > last.order]
    fresh = tuple(event for event in later if event.by != me)
    return Standpoint(
        me=me,
        since=last.at if last is not None else None,
        events=fresh,
        unanswered=unanswered_messages(ticket),
        mentions=tuple(event for event in fresh if event.did == "note" and me in event.get("mentions", ())),
        tasks=tuple(task for task in tasks_of(ticket) if task.owner == me and not task.is_done),
    )


def tasks_of(ticket: Ticket) -> tuple[Task, ...]:
    """Its sub-tasks, in the order in which they were given out."""
    found: dict[str, Task] = {}
    for event in ticket.effective:
        if event.did in ("task", "task-changed", "task-done"):
            name = str(event.get("task"))
            found[name] = _after(found.get(name), event, name)
    return tuple(found.values())


def _after(task: Task | None, event: Event, name: str) -> Task:
    told: Mapping[str, Value] = event.data
    return Task(
        id=name,
        title=str(told.get("title") or (task.title if task else name)),
        owner=told.get("owner") or (task.owner if task else None),
        due=told.get("due") or (task.due if task else None),
        is_done=event.did == "task-done" or (task is not None and task.is_done),
    )

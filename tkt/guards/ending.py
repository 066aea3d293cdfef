"""Is a ticket really done: how, why, nothing left open, the customer told?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.guards.base import Guard, Missing, Situation, part
from tkt.guards.talk import unanswered_message, was_told
from tkt.i18n import msg
from tkt.model import Ticket

DONE_VISITS = frozenset({"done", "cancelled"})


def code(situation: Situation) -> Iterator[Missing]:
    """How it was solved."""
    flow = situation.config.workflow
    if part(situation, "resolution", "code") not in {*flow.codes, *flow.uncounted}:
        choices = tuple(flow.codes)
        what = msg("code: how it was solved ({choices})", choices=choices)
        yield Missing(guard="code", names=("code",), what=what, give="--code …")


def resolution_text(situation: Situation) -> Iterator[Missing]:
    """What was done, in words."""
    if not part(situation, "resolution", "text"):
        what = msg("text: what was done, in words")
        yield Missing(guard="resolution_text", names=("text",), what=what, give='--text "…"')


def cause(situation: Situation) -> Iterator[Missing]:
    """The class of the cause."""
    causes = situation.config.workflow.causes
    if part(situation, "resolution", "cause") not in causes:
        what = msg("cause: why it happened ({choices})", choices=tuple(causes))

        yield Missing(guard="cause", names=("cause",), what=what, give="--cause …")


def tasks_done(situation: Situation) -> Iterator[Missing]:
    """No sub-task is open."""
    left = open_tasks(situation.ticket)
    if left:
        what = msg("open tasks: {tasks}", tasks=tuple(left.values()))
        yield Missing(guard="tasks_done", names=tuple(left), what=what)


def children_done(situation: Situation) -> Iterator[Missing]:
    """No child of a split is open, as far as whoever asks knows (docs/sla.md L10)."""
    left = situation.open_children
    if left:
        yield Missing(
            guard="children_done", names=left, what=msg("open child tickets: {tickets}", tickets=left)
        )


def visits_done(situation: Situation) -> Iterator[Missing]:
    """No visit is still to come."""
    left = open_visits(situation.ticket)
    if left:
        yield Missing(guard="visits_done", names=left, what=msg("visits to come: {visits}", visits=left))


def told(situation: Situation) -> Iterator[Missing]:
    """The customer was told of the solution."""
    if not was_told(situation.ticket, situation.config.finished):
        what = msg("the customer told: nobody has written to them since it was resolved")
        yield Missing(guard="told", names=("reply",), what=what, give='--reply "…"')


def no_unanswered_message(situation: Situation) -> Iterator[Missing]:
    """Nothing the customer wrote is left without an answer."""
    if unanswered_message(situation.ticket) is not None:
        what = msg("an answer to the customer's last message")
        yield Missing(guard="no_unanswered_message", names=("reply",), what=what, give='--reply "…"')


def confirmed_or_auto_closed(situation: Situation) -> Iterator[Missing]:
    """The customer confirmed, or the closing time ran out."""
    last = next((event for event in reversed(situation.ticket.effective) if event.did == "moved"), None)
    if last is None or not (last.get("confirmed") or last.get("auto_closed")):
        what = msg("confirmed: how the customer confirmed it (phone, mail, chat)")
        yield Missing(guard="confirmed_or_auto_closed", names=("confirmed",), what=what, give="--confirmed …")


def open_tasks(ticket: Ticket) -> dict[str, str]:
    """The sub-tasks that are not done: id → title."""
    found: dict[str, str] = {}
    for event in ticket.effective:
        name = str(event.get("task"))
        if event.did == "task" or (event.did == "task-changed" and event.get("title")):
            found[name] = str(event.get("title", name))
        elif event.did == "task-done":
            found.pop(name, None)
    return found


def open_visits(ticket: Ticket) -> tuple[str, ...]:
    """The visits whose last state is neither done nor cancelled."""
    states: dict[str, str] = {}
    for event in ticket.effective:
        if event.did in ("visit", "visit-changed"):
            name = str(event.get("visit"))
            states[name] = str(event.get("state", states.get(name, "planned")))
    return tuple(name for name, state in states.items() if state not in DONE_VISITS)


ENDING: dict[str, Guard] = {
    "code": code,
    "resolution_text": resolution_text,
    "cause": cause,
    "tasks_done": tasks_done,
    "children_done": children_done,
    "visits_done": visits_done,
    "told": told,
    "no_unanswered_message": no_unanswered_message,
    "confirmed_or_auto_closed": confirmed_or_auto_closed,
}

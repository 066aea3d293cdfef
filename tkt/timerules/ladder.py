"""Whose turn is it when a clock runs out? Warns and escalates along the ladder (docs/sla.md E1 to E4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tkt.actions.actor import Pen
from tkt.clocks.cycle import Cycle
from tkt.fields import clock_told
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.model import Event, Ticket, Value, values_at
from tkt.timerules.case import Case
from tkt.timerules.crossings import Crossing, crossings
from tkt.timerules.firing import Firing, Tell
from tkt.timerules.notifying import HORIZON, opening_ahead
from tkt.timerules.recipients import Reached, height_of, reached, subject_of

NAME = "ladder"

_DID = {"warn": "warned", "escalate": "escalated"}
_WHAT = {"warn": msg("warn"), "escalate": msg("escalate")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A rung that a cycle of a ticket has crossed, unrecorded."""

    case: Case
    cycle: Cycle
    crossing: Crossing

    @property
    def key(self) -> tuple[str, str, str]:
        """Clock, cycle and rung: what is done once (E2)."""
        return (self.cycle.clock, self.cycle.event, self.crossing.rung.text)


def firings(case: Case) -> Iterator[Firing]:
    """Every rung that was crossed before now and is not on record."""
    judged = case.judged
    if judged is None:
        return
    recorded = {_key_of(event) for event in case.ticket.events if event.did in _DID.values()}
    for cycle in case.cycles:
        for crossing in crossings(cycle, judged):
            step = _Step(case=case, cycle=cycle, crossing=crossing)
            if crossing.at < case.now and step.key not in recorded:
                yield _firing(step)


def _key_of(event: Event) -> tuple[str, ...]:
    return tuple(str(event.get(key)) for key in ("clock", "cycle", "rung"))


def _firing(step: _Step) -> Firing:
    rung, at = step.crossing.rung, step.crossing.at
    found = _meant(step, values_at(step.case.ticket, at), at)
    return Firing(
        rule=NAME,
        at=at,
        did=_DID[rung.action],
        what=_WHAT[rung.action],
        why=_why(step, found),
        about=dict(zip(("clock", "cycle", "rung"), step.key, strict=True)),
        key=step.key,
        apply=lambda ticket, pen: _recorded(ticket, pen, step, found.people),
        to=found.people,
        tells=tuple(_tells(step)),
    )


def _meant(step: _Step, values: Mapping[str, Value], at: datetime) -> Reached:
    """Whom the rung means, of a ticket with these stored keys at that instant."""
    subject = subject_of(values, step.case.config, at, _task_owner(step))
    return reached(step.crossing.rung.to, subject)


def _task_owner(step: _Step) -> str | None:
    """Whose the task is, where the clock is a task's that has an owner of its own."""
    family, _, task = step.cycle.clock.partition(":")
    kinds = ("task", "task-changed")
    events = [e for e in step.case.history.events if e.did in kinds and e.get("task") == task]
    owners = [str(e.get("owner")) for e in events if e.get("owner")] if family == "task" else []
    return owners[-1] if owners else None


def _recorded(ticket: Ticket, pen: Pen, step: _Step, to: tuple[str, ...]) -> Ticket:
    rung, cycle = step.crossing.rung, step.cycle
    level = height_of(rung.to, step.case.config, ticket.get("team")) if rung.action == "escalate" else None
    event = pen.event(
        _DID[rung.action], clock=cycle.clock, cycle=cycle.event, rung=rung.text, level=level, to=list(to)
    )
    return ticket.with_events(event)


def _tells(step: _Step) -> Iterator[Tell]:
    """A notice for each of those whom the rung means now, while the clock runs and it is not long ago.

    What was crossed before that is recorded all the same, and `tkt sla list` has it.
    """
    case, cycle = step.case, step.cycle
    if cycle.ending is not None or step.crossing.at < case.now - HORIZON:
        return
    not_before = _not_before(step)
    for person in _meant(step, case.ticket.values, case.now).people:
        yield Tell(topic=(cycle.clock, cycle.event), to=person, not_before=not_before)


def _not_before(step: _Step) -> datetime | None:
    """The next opening of the clock's calendar, where the ladder is quiet outside its hours (E3)."""
    calendar = step.crossing.calendar
    if calendar is None or step.crossing.ladder.quiet == "send":
        return None
    return opening_ahead(calendar, step.case.now)


def _why(step: _Step, found: Reached) -> Message:
    promise, rung = step.crossing.promise, step.crossing.rung
    policy = promise.policy.name if promise.policy else ""
    row = promise.row.name if promise.row else ""
    told = msg(
        "{clock} reached {step} ({policy} {row})",
        clock=_clock_word(step.cycle.clock),
        step=rung.step,
        policy=policy,
        row=row,
    )
    if not found.nobody:
        return told
    return msg("{told}; nobody is {words}", told=told, words=found.nobody)


def _clock_word(clock: str) -> Message:
    family, _, which = clock.partition(":")
    if family == "stage" and which:
        return msg("stage {status}", status=which)
    if family == "task" and which:
        return msg("sub-task {task}", task=which)
    return clock_told(family)

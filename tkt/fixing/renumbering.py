"""Which of two tickets with one id gets another?

The younger one: the id that most links and mails name stays where it was first. Two copies of one
ticket are no collision; they are put together by `tkt repair`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from tkt.actions import ClockShift
from tkt.actions.actor import pen_for
from tkt.errors import Problem
from tkt.fixing.state import Found, Held, State, Step, clock_problem, version_of
from tkt.i18n import Message, msg
from tkt.ids import derived_ticket_id
from tkt.merging import same_record
from tkt.model import Ticket
from tkt.render.times import local

NAME = "renumber"


def plan(state: State) -> Iterator[Found]:
    """A new id for each ticket but the oldest of those that share one."""
    given: set[str] = set()
    for ticket_id, paths in state.twins.items():
        held = [state.files[path] for path in paths if path in state.files]
        if len(held) < len(paths):
            yield _left(ticket_id, paths, msg("one of its files cannot be read"), None)
        elif any(_is_copy(one, other) for one in held for other in held):
            yield _left(ticket_id, paths, msg("they are copies of one ticket"), msg("tkt repair"))
        else:
            yield from _renumbered(state, sorted(held, key=_age)[1:], given)


def _renumbered(state: State, younger: Sequence[Held], given: set[str]) -> Iterator[Found]:
    for held in younger:
        new = _new_id(state, held.ticket, given)
        given.add(new)
        try:
            yield _step(state, held, new)
        except ClockShift as error:
            yield clock_problem(error, held)


def _step(state: State, held: Held, new: str) -> Step:
    """Errors: ClockShift."""
    old = held.ticket
    event = pen_for(old, state.actor).event("renumbered", was=old.id)
    path = str(PurePosixPath(held.source).with_name(f"{new}.yaml"))
    renamed = replace(old, id=new, path=path).with_events(event)
    return Step(fixer=NAME, source=held.source, ticket=renamed, events=(event,))


def _new_id(state: State, ticket: Ticket, given: Container[str]) -> str:
    """Derived from the ticket itself, so that whoever repeats this in another clone gives it the same."""
    desk = state.desk
    day = local(ticket.received_at, desk.zone)
    opening = ticket.opened.id if ticket.opened else ""
    return derived_ticket_id(
        day, NAME, ticket.id, opening, taken=_Taken(state, given), prefix=desk.config.desk.prefix
    )


class _Taken:
    """The ids that some ticket has, or is to have."""

    def __init__(self, state: State, given: Container[str]) -> None:
        self._state = state
        self._given = given

    def __contains__(self, ticket_id: object) -> bool:
        return ticket_id in self._given or bool(self._state.desk.tree.find(str(ticket_id)))


def _age(held: Held) -> tuple[object, ...]:
    opened = held.ticket.opened
    return (held.ticket.received_at, opened.order if opened else (held.ticket.received_at, ""))


def _is_copy(one: Held, other: Held) -> bool:
    return one.source != other.source and same_record(version_of(one.ticket), version_of(other.ticket))


def _left(ticket_id: str, paths: Sequence[str], why: Message, hint: Message | None) -> Problem:
    return Problem(
        code="two-places",
        path=paths[0],
        message=msg(
            "ticket {id} lies in {count} places ({paths}): {why}",
            id=ticket_id,
            count=len(paths),
            paths=tuple(paths),
            why=why,
        ),
        hint=hint,
    )

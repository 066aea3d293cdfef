"""What becomes of a ticket when everything is done that the time asks for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tkt.errors import Bug
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.notices import queue
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing, pen_of
from tkt.timerules.table import RULES, Rule

MOST = 100
"""So often the rules look at one ticket in one run; more would be rules that undo each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The ticket afterwards, and what was done, in order of its true instants."""

    ticket: Ticket
    done: tuple[Firing, ...]
    notices: int = 0  # that were queued


def pending(case: Case, rules: Mapping[str, Rule] = RULES) -> list[Firing]:
    """Everything that fell due before the case's `now` and is not recorded, in order of its true instants.

    At one instant the table's order decides.
    """
    found = [firing for rule in rules.values() for firing in rule(case)]
    return sorted(found, key=lambda firing: firing.at)


def carried_out(case: Case, rules: Mapping[str, Rule] = RULES) -> Carried:
    """Do all of it, one after the other; after what moves the ticket the rules look at it anew.

    Errors: Bug where they do not come to an end.
    """
    start = case
    done: list[Firing] = []
    for _ in range(MOST):
        has_moved = False
        for firing in _useful(case, pending(case, rules)):
            pen = pen_of(case.ticket, case.now, firing.at, firing.key)
            case = case.after(firing.apply(case.ticket, pen))
            done.append(firing)
            has_moved = firing.moves
            if has_moved:
                break
        if not has_moved:
            return _told(start, case.ticket, done)
    raise Bug(f"{case.ticket.id}: the time rules fire without end: {', '.join(it.rule for it in done[-5:])}")


def _told(case: Case, ticket: Ticket, done: Iterable[Firing]) -> Carried:
    """With a notice to each person of the last thing alone that was done of a topic."""
    fired = tuple(done)
    if case.withholds:
        return Carried(ticket=ticket, done=fired)
    last = {(tell.topic, tell.to): (firing, tell) for firing in fired for tell in firing.tells}
    for firing, tell in last.values():
        pen = pen_of(ticket, case.now, firing.at, (*firing.key, tell.to))
        ticket = queue(ticket, pen, case.config, to=tell.to, about=firing.about, not_before=tell.not_before)
    return Carried(ticket=ticket, done=fired, notices=len(last) + sum(firing.queues for firing in fired))


def _useful(case: Case, found: Iterable[Firing]) -> list[Firing]:
    """Without what came too late for anybody to gain by it."""
    return [firing for firing in found if firing.good_until is None or case.now < firing.good_until]

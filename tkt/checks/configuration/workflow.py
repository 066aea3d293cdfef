"""Is config/workflow.yaml of one piece: guards that exist, moves that lead somewhere, times that can be read?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.configuration.faults import Place, fault, unknown
from tkt.durations import DurationError, parse_duration, working_days
from tkt.errors import Problem, Severity
from tkt.guards import GUARDS
from tkt.i18n import Message, msg
from tkt.schema import Configuration, GuardDecl

_FILE = "workflow"
_NEEDED = ("new", "resolved", "closed")


def guard_names(config: Configuration) -> Iterator[Problem]:
    """Every guard is one that tkt has."""
    for place, declared in guards_of(config):
        name = declared if isinstance(declared, str) else declared.guard
        yield from unknown(config, _FILE, place, name, GUARDS, msg("there is no guard {guard}", guard=name))


def moves(config: Configuration) -> Iterator[Problem]:
    """Moves lead between statuses of the desk."""
    statuses = config.workflow.statuses
    for start, targets in config.workflow.moves.items():
        place: Place = ("moves", start)
        yield from unknown(config, _FILE, place, start, statuses, _no_status(start))
        for number, to in enumerate(targets):
            yield from unknown(config, _FILE, (*place, number), to, statuses, _no_status(to))


def categories(config: Configuration) -> Iterator[Problem]:
    """Tickets can begin, be solved and end."""
    present = {it.category for it in config.workflow.statuses.values()}
    for category in _NEEDED:
        if category not in present:
            message = msg("this desk has no status of the category {category}", category=category)
            yield fault(config, _FILE, ("statuses",), message)


def reachable(config: Configuration) -> Iterator[Problem]:
    """Every status can be reached from where tickets begin."""
    statuses = config.workflow.statuses
    reached = {name for name, it in statuses.items() if it.category == "new"}
    frontier = list(reached)
    while frontier:
        steps = set(config.workflow.moves.get(frontier.pop(), ())) - reached
        reached |= steps
        frontier += steps
    for name in statuses:
        if reached and name not in reached:
            message = msg("no move leads to {status}", status=name)
            hint = msg("add it below moves, to a status from which it is to be reached")
            yield fault(config, _FILE, ("statuses", name), message, hint=hint, severity=Severity.WARNING)


def codes(config: Configuration) -> Iterator[Problem]:
    """A code either counts or does not."""
    for name in config.workflow.uncounted:
        if name in config.workflow.codes:
            message = msg("{code} is among codes and among uncounted", code=name)
            yield fault(config, _FILE, ("uncounted", name), message)


def customer_writes(config: Configuration) -> Iterator[Problem]:
    """What a customer's message does leads to a status of the desk."""
    for name, wish in config.workflow.customer_writes.items():
        words = str(wish).split()
        if words[:2] == ["move", "to"] and len(words) > 2:
            place: Place = ("customer_writes", name)
            yield from unknown(config, _FILE, place, words[2], config.workflow.statuses, _no_status(words[2]))


def durations(config: Configuration) -> Iterator[Problem]:
    """Every time can be read; limits and `told` are hours and minutes, the others may be days."""
    for place, text, days in _durations(config):
        message = _unreadable(text, days=days)
        if message is not None:
            yield fault(config, _FILE, place, message)


def guards_of(config: Configuration) -> Iterator[tuple[Place, str | GuardDecl]]:
    """Every guard of every status, and where it stands."""
    for status, declared in config.workflow.statuses.items():
        for side, guards in (("enter", declared.enter), ("leave", declared.leave)):
            for number, guard in enumerate(guards):
                yield ("statuses", status, side, number), guard


def _durations(config: Configuration) -> Iterator[tuple[Place, str, bool]]:
    flow = config.workflow
    for status, declared in flow.statuses.items():
        if declared.limit is not None:
            yield ("statuses", status, "limit"), declared.limit, False
    yield ("told", "within"), flow.told.within, False
    yield from ((("until", party), text, True) for party, text in flow.until.items())
    for name in ("auto_after", "reminder_before", "reopen_window"):
        yield ("closing", name), getattr(flow.closing, name), True
    yield ("remind_customer", "before_until"), flow.remind_customer.before_until, True


def _unreadable(text: str, *, days: bool) -> Message | None:
    if days and working_days(text) is not None:
        return None
    try:
        parse_duration(text, days=days)
    except DurationError as error:
        return error.message
    return None


def _no_status(name: str) -> Message:
    return msg("{status} is no status of this desk", status=name)

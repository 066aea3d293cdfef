"""Is a ticket, or the configuration, as it should be? One function a check, all faults told.

Nothing here depends on the time of day. A new check is one function and one line in its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tkt.checks import changes, folding, known, moves, order, tracked
from tkt.checks.configuration import CONFIGURATION_CHECKS
from tkt.checks.finding import Finding
from tkt.errors import Problem
from tkt.model import Ticket
from tkt.schema import Configuration

TicketCheck = Callable[[Ticket, Configuration], Iterable[Finding]]
ChangeCheck = Callable[[Ticket, Ticket, Configuration], Iterable[Finding]]

TICKET_CHECKS: tuple[TicketCheck, ...] = (
    folding.status,
    folding.keys,
    order.opened_first,
    order.not_before_start,
    order.recorded_after,
    order.ids_once,
    order.clashes,
    known.kinds,
    known.keys,
    known.values,
    known.resolution,
    known.language,
    known.references,
    moves.statuses,
    moves.guards,
    moves.pauses,
    tracked.values,
    tracked.references,
)

CHANGE_CHECKS: tuple[ChangeCheck, ...] = (changes.immutable, changes.append_only, changes.edits)


def check_ticket(ticket: Ticket, config: Configuration) -> list[Finding]:
    """Everything that is wrong with a ticket as it stands, judged by the configuration."""
    return [finding for check in TICKET_CHECKS for finding in check(ticket, config)]


def check_change(before: Ticket, after: Ticket, config: Configuration) -> list[Finding]:
    """Everything that is wrong with how `before` became `after`."""
    return [finding for check in CHANGE_CHECKS for finding in check(before, after, config)]


def check_configuration(config: Configuration) -> list[Problem]:
    """Every fault that the configuration files show only together, with file and line."""
    return [problem for check in CONFIGURATION_CHECKS for problem in check(config)]


__all__ = ["Finding", "check_change", "check_configuration", "check_ticket"]

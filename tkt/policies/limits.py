"""How long may a ticket stay in a status? (config/workflow.yaml, `limit`; docs/sla.md, stage)"""

from __future__ import annotations

import msgspec

from tkt.durations import DurationError, parse_duration
from tkt.errors import Problem
from tkt.i18n import Message, msg
from tkt.policies.values import LONGEST_TARGET
from tkt.schema import FILES, Configuration

_FILE = FILES["workflow"][0]


class Limit(msgspec.Struct, frozen=True, gc=False):
    """So many seconds of the calendar of the ticket's row, and on whom waiting stops them."""

    seconds: int
    pauses: frozenset[str] = frozenset()  # customer, vendor, colleague


def read_limits(config: Configuration) -> tuple[dict[str, Limit], list[Problem]]:
    """Status → its limit, and what is wrong with limits."""
    found: dict[str, Limit] = {}
    problems: list[Problem] = []
    for name, declared in config.workflow.statuses.items():
        if declared.limit is None:
            continue
        try:
            seconds = parse_duration(declared.limit)
        except DurationError as error:
            problems.append(_fault(config, name, error.message, error.hint))
            continue
        if 0 < seconds <= LONGEST_TARGET:
            found[name] = Limit(seconds, frozenset(declared.limit_pauses))
        else:
            problems.append(_fault(config, name, _out_of_range(declared.limit)))
    return found, problems


def _fault(config: Configuration, status: str, message: Message, hint: Message | None = None) -> Problem:
    line = config.line_of("workflow", "statuses", status, "limit")
    told = msg("the limit of {status}: {fault}", status=status, fault=message)
    return Problem(code="workflow", message=told, path=_FILE, line=line, hint=hint)


def _out_of_range(text: str) -> Message:
    return msg("{text} is no target, expected more than 0 and at most 10 years", text=text)

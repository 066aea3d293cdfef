"""What does a ticket look like from outside: every field that a query or a list can ask for?

Values are computed when they are asked for, from the ticket, the configuration, `now` and the verdicts
of its clocks; a query that asks for none of those never computes a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tkt.columns import history, service
from tkt.fields import stored_lookup
from tkt.model import Ticket
from tkt.schema import Configuration

if TYPE_CHECKING:
    from tkt.sla import Verdict

Verdicts = Sequence["Verdict"] | Callable[[], Sequence["Verdict"]]

_CLOCK = "sla."


class Columns:
    """One ticket with everything that is computed of it."""

    def __init__(self, ticket: Ticket, config: Configuration, now: datetime, verdicts: Verdicts = ()) -> None:
        self.ticket = ticket
        self.config = config
        self.now = now
        self._verdicts = verdicts
        self._stored = stored_lookup({"id": ticket.id, **ticket.values}, ticket.status, config)
        self._known: dict[str, object] = {}

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What its clocks say; computed at the first asking."""
        return tuple(self._verdicts() if callable(self._verdicts) else self._verdicts)

    def lookup(self, name: str) -> object:
        """The value of a field by its own name (docs/fields.md); None where there is none."""
        if name not in self._known:
            self._known[name] = self._computed(name)
        return self._known[name]

    def row(self) -> dict[str, Any]:
        """The ticket as `tkt list --json` prints it; keys in docs/fields.md."""
        from tkt.columns.rows import row_of

        return row_of(self)

    def _computed(self, name: str) -> object:
        compute = COMPUTED.get(name)
        if compute is not None:
            return compute(self)
        if name.startswith(_CLOCK):
            clock = name.removeprefix(_CLOCK)
            return service.worst_state(each for each in self.verdicts if each.clock == clock)
        return self._stored(name)


def _seconds_between(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())


def _created_by(columns: Columns) -> str | None:
    opened = columns.ticket.opened
    return opened.by if opened else None


def _last_by(columns: Columns) -> str | None:
    events = columns.ticket.events
    return events[-1].by if events else None


COMPUTED: Mapping[str, Callable[[Columns], object]] = MappingProxyType(
    {
        "age": lambda columns: _seconds_between(columns.ticket.received_at, columns.now),
        "breached": lambda columns: service.breached_clocks(columns.verdicts),
        "closed": lambda columns: history.closed(columns.ticket, columns.config),
        "created_by": _created_by,
        "csat": lambda columns: history.satisfaction(columns.ticket),
        "due": lambda columns: service.next_due(columns.verdicts),
        "external_id": lambda columns: columns.ticket.external_id,
        "last_by": _last_by,
        "messages": lambda columns: sum(event.is_public_message for event in columns.ticket.effective),
        "missing": lambda columns: history.missing(columns.ticket, columns.config),
        "needs": lambda columns: history.needs(columns.ticket, columns.config),
        "policy": lambda columns: service.policy_name(columns.verdicts),
        "reassignments": lambda columns: history.reassignments(columns.ticket),
        "remaining": lambda columns: service.remaining(columns.verdicts),
        "reopens": lambda columns: history.reopens(columns.ticket, columns.config.finished),
        "replies": lambda columns: sum(event.is_agent_message for event in columns.ticket.effective),
        "resolved": lambda columns: history.resolved(columns.ticket, columns.config),
        "sla": lambda columns: service.worst_state(columns.verdicts),
        "text": lambda columns: history.searched_text(columns.ticket),
        "told": lambda columns: history.told(columns.ticket, columns.config),
        "untouched": lambda columns: _seconds_between(history.last_touched(columns.ticket), columns.now),
        "updated": lambda columns: columns.ticket.updated_at,
    }
)
"""Field → how it is computed; docs/fields.md has the words, `tkt.fields.table` the rest."""

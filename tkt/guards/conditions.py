"""Does a ticket meet a condition of the configuration (`when:`, `match:`)?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from tkt.fields import FieldSpec, field_specs, stored_lookup
from tkt.model import Ticket
from tkt.query import Lookup, Query, parse_query
from tkt.schema import Configuration


class Conditions:
    """The queries that one configuration asks of tickets, each parsed once."""

    def __init__(self, config: Configuration) -> None:
        self._config = config
        self._parsed: dict[str, Query] = {}

    @cached_property
    def fields(self) -> Mapping[str, FieldSpec]:
        """Every field that a query of this desk may name."""
        return field_specs(self._config)

    def query(self, text: str) -> Query:
        """The query, judged by stored keys alone. Errors: QueryError."""
        if text not in self._parsed:
            self._parsed[text] = parse_query(text, self.fields, now=None, zone=self._config.desk.zone)
        return self._parsed[text]

    def holds(self, text: str, ticket: Ticket) -> bool:
        """Whether `ticket` matches; an empty query always does. Errors: QueryError."""
        return not text.strip() or self.query(text).matches(condition_lookup(ticket, self._config))


@lru_cache(maxsize=8)
def conditions_of(config: Configuration) -> Conditions:
    """The conditions of `config`, parsed once for all its tickets."""
    return Conditions(config)


def condition_lookup(ticket: Ticket, config: Configuration) -> Lookup:
    """What conditions see: stored keys, the status, what follows from them; words look at title and opening."""
    stored = stored_lookup(ticket.values, ticket.status, config)
    words = f"{ticket.title}\n{opening_text(ticket)}"
    return lambda name: words if name == "text" else stored(name)


def opening_text(ticket: Ticket) -> str:
    """What was said first, by the customer or by whoever wrote it down."""
    first = next((event for event in ticket.events if event.did in ("message", "note")), None)
    return str(first.get("text", "")) if first else ""

"""Which tickets are meant? One language for lists, views, policies, rules, guards, gates and reports.

docs/query.md describes it to users. `parsing` is the grammar, `source` reads characters, `typed` a
field's values, `moments` dates and durations; `meaning` says when a value holds, with `ends` and `ordering`,
and `tree` combines conditions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from tkt.fields import FieldSpec, Lookup
from tkt.frozen import dataclass
from tkt.query.meaning import Settings
from tkt.query.parsing import parse_tree
from tkt.query.source import QueryError
from tkt.query.tree import Every, Node
from tkt.query.words import wished

__all__ = ["Lookup", "Query", "QueryError", "parse_query"]


@dataclass(frozen=True)
class Query:
    """A question about one ticket at a time."""

    root: Node

    @cached_property
    def text(self) -> str:
        """Its normal form: fields by their own names, no needless brackets; it parses to the same."""
        return self.root.text

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of the fields it looks at, `text` for searched words."""
        return frozenset(term.field for term in self.root.terms())

    @cached_property
    def uses_now(self) -> bool:
        """Whether the answer may change while no file does."""
        return any(term.uses_now for term in self.root.terms())

    @cached_property
    def uses_reader(self) -> bool:
        """Whether the answer depends on who asks (`owner:me`, `team:mine`)."""
        return any(term.uses_reader for term in self.root.terms())

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that are searched, as they are compared, each once; denied ones too."""
        return tuple(dict.fromkeys(term.words for term in self.root.terms() if term.words))

    @cached_property
    def wished(self) -> tuple[str, ...]:
        """Those of them whose presence speaks for a ticket."""
        return tuple(dict.fromkeys(wished(self.root)))

    @property
    def is_empty(self) -> bool:
        """Whether it was empty, and so matches everything."""
        return self.root == Every(())

    def matches(self, lookup: Lookup) -> bool:
        """Whether it holds for a ticket whose fields `lookup` gives.

        Errors: QueryError where it depends on the time or the reader and that was not given.
        """
        return self.root.holds(lookup)

    def must_match_status(self, status: str) -> bool:
        """Whether every ticket of that status matches: its status alone decides."""
        return self.root.could_hold(status) is True

    def can_match_status(self, status: str) -> bool:
        """Whether a ticket of that status could match: no where its status alone forbids it."""
        return self.root.could_hold(status) is not False


def parse_query(
    text: str,
    fields: Mapping[str, FieldSpec],
    *,
    now: datetime | None,
    zone: str = "UTC",
    me: str | None = None,
    my_teams: Sequence[str] = (),
) -> Query:
    """The question that `text` asks; an empty text asks for everything.

    `now` may be None where nothing relative is allowed, and `me` where nobody in person asks: see
    `Query.uses_now` and `Query.uses_reader`. Dates are read in `zone`. Errors: QueryError.
    """
    return Query(parse_tree(text, fields, Settings(now=now, zone=zone, me=me, my_teams=my_teams)))

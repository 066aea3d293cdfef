"""What is neglected on a desk at an instant? Finds the rows that `tkt.neglect` judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tkt.checks.configuration.faults import fault
from tkt.desk import Desk
from tkt.errors import ConfigError, Problem
from tkt.neglect import REVIEW, REVIEWS_OF, Ground, Kind, Neglected, kinds_of, neglected
from tkt.query import Query, QueryError
from tkt.store.journals import reviewed_tickets


def neglected_on(
    desk: Desk, now: datetime, problems: list[Problem]
) -> tuple[tuple[Neglected, ...], Ground, int]:
    """The neglected tickets kind by kind, by what they were judged, and how many were looked at.

    What cannot be read is added to `problems`. Errors: ConfigError for a query, with the line that holds it.
    """
    queries = {name: _query(desk, name, said.when, now) for name, said in kinds_of(desk.config).items()}
    reached = {name for query in queries.values() for name in _statuses(desk, query)}
    looked_at = desk.rows(reached, now, ended_since=now - REVIEWS_OF)  # closed ones for their reviews alone
    problems.extend(looked_at.problems)
    ground = Ground(
        config=desk.config,
        calendars=desk.calendars,
        now=now,
        reviewed=reviewed_tickets(desk.root, problems) if REVIEW in queries else (),
        enforced_from=desk.levels.enforce_from,
    )
    found = tuple(neglected(looked_at.rows, _kinds(desk, queries), ground))
    return found, ground, len(looked_at.rows)


def _query(desk: Desk, kind: str, text: str, now: datetime) -> Query:
    """Errors: ConfigError, with the line that holds it."""
    try:
        return desk.query(text, now)
    except QueryError as error:
        place = (kind, "when") if kind == REVIEW else ("neglect", kind, "when")
        raise ConfigError([fault(desk.config, "reports", place, error.message, hint=error.hint)]) from None


def _kinds(desk: Desk, queries: dict[str, Query]) -> Iterator[Kind]:
    for name, said in kinds_of(desk.config).items():
        query = queries[name]
        yield Kind(name=name, said=said, statuses=frozenset(_statuses(desk, query)), query=query)


def _statuses(desk: Desk, query: Query) -> Iterable[str]:
    """The directories that can hold its tickets."""
    reached = desk.statuses_of(query)
    return desk.config.workflow.statuses if reached is None else reached

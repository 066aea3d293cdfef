"""`tkt check --process`: what lies about neglected? For a scheduled job; no pull request fails for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tkt.checks.configuration.faults import fault
from tkt.commands.common import Session
from tkt.commands.formats import Format
from tkt.desk import Desk
from tkt.errors import EXIT_NO, ConfigError, Problem
from tkt.neglect import REVIEW, REVIEWS_OF, Ground, Kind, kinds_of, neglected, unpatrolled
from tkt.query import Query, QueryError
from tkt.render.neglect_page import Neglect, neglect_json, neglect_lines, neglect_markdown
from tkt.store.journals import last_patrols, reviewed_tickets


def check_process(session: Session, format_: Format) -> int:
    """Tell what is neglected; 1 where anything is, 2 where a file cannot be read."""
    problems: list[Problem] = []
    found = _looked_for(session, problems)
    code = session.report(problems)
    if session.json or format_ is Format.JSON:
        session.answer(neglect_json(found))
    elif format_ is Format.MARKDOWN:
        session.screen.print_each(neglect_markdown(found))
    elif found.count or not session.common.quiet:
        session.screen.print_each(neglect_lines(found, session.screen))
    return code or (EXIT_NO if found.count else 0)


def _looked_for(session: Session, problems: list[Problem]) -> Neglect:
    desk, now = session.desk, session.now
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
    return Neglect(
        tickets=tuple(neglected(looked_at.rows, _kinds(desk, queries), ground)),
        patrols=tuple(unpatrolled(last_patrols(desk.root, problems), ground)),
        checked=len(looked_at.rows),
        config=session.told_config,
        now=now,
    )


def _query(desk: Desk, kind: str, text: str, now: datetime) -> Query:
    """Errors: ConfigError, with the line that holds it."""
    try:
        return desk.query(text, now)
    except QueryError as error:
        place = (kind, "when") if kind == REVIEW else ("neglect", kind, "when")
        raise ConfigError([fault(desk.config, "reports", place, error.message, hint=error.hint)]) from None


def _kinds(desk: Desk, queries: dict[str, Query]) -> Iterable[Kind]:
    for name, said in kinds_of(desk.config).items():
        query = queries[name]
        yield Kind(name=name, said=said, statuses=frozenset(_statuses(desk, query)), query=query)


def _statuses(desk: Desk, query: Query) -> Iterable[str]:
    """The directories that can hold its tickets."""
    reached = desk.statuses_of(query)
    return desk.config.workflow.statuses if reached is None else reached

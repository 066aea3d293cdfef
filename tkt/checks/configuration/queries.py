"""Can every query of the configuration be read, and be answered by whoever asks it?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.configuration.faults import Place, fault
from tkt.checks.configuration.workflow import guards_of
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.guards.conditions import conditions_of
from tkt.i18n import msg
from tkt.query import Query, QueryError
from tkt.schema import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One query, where it stands, and what it may look at."""

    file: str
    place: Place
    text: str
    stored_only: bool = False  # answered from stored keys, when a ticket changes
    anybody: bool = True  # no person asks: `me` means nobody


def queries(config: Configuration) -> Iterator[Problem]:
    """Views, rules, guards, closing and reports; a policy's `match` is judged with the policies."""
    for asked in _all(config):
        try:
            query = conditions_of(config).query(asked.text)
        except QueryError as error:
            yield fault(config, asked.file, asked.place, error.message, hint=error.hint)
            continue
        yield from _unanswerable(config, asked, query)


def _all(config: Configuration) -> Iterator[_Asked]:
    for name, text in config.views.views.items():
        yield _Asked(file="views", place=("views", name), text=text, anybody=False)
    for number, rule in enumerate(config.rules.rules):
        yield _Asked(file="rules", place=("rules", number, "when"), text=rule.when, stored_only=True)
    for place, guard in guards_of(config):
        if not isinstance(guard, str):
            yield _Asked(file="workflow", place=(*place, "when"), text=guard.when, stored_only=True)
    yield _Asked(file="workflow", place=("closing", "never_auto"), text=config.workflow.closing.never_auto)
    yield from _of_reports(config)


def _of_reports(config: Configuration) -> Iterator[_Asked]:
    reports = config.reports
    not_for = reports.survey.get("not_for")
    if isinstance(not_for, str):
        yield _Asked(file="reports", place=("survey", "not_for"), text=not_for)
    if reports.review.when is not None:
        yield _Asked(file="reports", place=("review", "when"), text=reports.review.when)
    for name, kind in (reports.neglect or {}).items():
        yield _Asked(file="reports", place=("neglect", name, "when"), text=kind.when)
    for name, report in reports.reports.items():
        yield _Asked(file="reports", place=("reports", name, "query"), text=report.query, anybody=False)


def _unanswerable(config: Configuration, asked: _Asked, query: Query) -> Iterator[Problem]:
    if asked.anybody and query.uses_reader:
        message = msg("nobody in particular asks here, so me and mine mean nobody")
        yield fault(config, asked.file, asked.place, message)
    if not asked.stored_only:
        return
    specs = conditions_of(config).fields
    computed = sorted(name for name in query.fields if name in specs and _is_computed(config, name))
    if computed or query.uses_now:
        message = msg(
            "this is judged by stored keys alone, not by the time or by {names}",
            names=tuple(computed) or ("now",),
        )
        yield fault(config, asked.file, asked.place, message)


def _is_computed(config: Configuration, name: str) -> bool:
    spec = conditions_of(config).fields[name]
    return spec.computed and not spec.from_keys

"""Which reports has the desk named in config/reports.yaml, and what do they ask for?

reports:
  weekly-support: {title: Support, metrics: [K1, K3, csat], by: team, query: "team:support", window: week}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tkt.i18n import current_language
from tkt.kpis.explained import number_of
from tkt.kpis.window import parse_span
from tkt.reports.asked import Asked
from tkt.schema import Configuration
from tkt.schema.base import words_in
from tkt.schema.views import ReportDecl

KEYWORDS = "K19"


def named_reports(config: Configuration) -> Mapping[str, ReportDecl]:
    """Name → what it asks for, in the order of the file."""
    return config.reports.reports


def title_of(name: str, declared: ReportDecl) -> str:
    """What it is called in the reader's language; its name where it has no title."""
    return words_in(declared.title or name, current_language(), name)


def asked_of(name: str, declared: ReportDecl, asked: Asked | None = None) -> Asked:
    """What it asks for; what somebody asks for beside it (`asked`) goes first, and both queries must hold.

    It is a report of the kind `kpi`. Errors: NotFound for a key figure, UsageError for a window that is none.
    """
    given = asked or Asked()
    numbers = tuple(number_of(metric) for metric in declared.metrics)
    span = declared.window
    window = None if span is None else (lambda zone, now: parse_span(span, zone, now))
    queries = [query for query in (declared.query.strip(), given.query.strip()) if query]
    return replace(
        given,
        window=given.window or window,
        query=queries[0] if len(queries) == 1 else " ".join(f"({query})" for query in queries),
        by=given.by or declared.by,
        metrics=numbers,
        keywords=given.keywords or KEYWORDS in numbers,
        title=title_of(name, declared),
    )

"""Do the reports and thresholds of config/reports.yaml name figures, fields and windows that there are?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from tkt.checks.configuration.faults import Place, fault
from tkt.errors import Problem, TktError
from tkt.i18n import msg
from tkt.kpis.explained import number_of
from tkt.kpis.thresholds import threshold_of
from tkt.kpis.window import Window, parse_span
from tkt.metrics import grouping_field
from tkt.schema import Configuration

_SOME_DAY = datetime(2026, 11, 22, tzinfo=UTC)
"""Windows are only tried out."""


RESERVED = (
    "kpi", "sla", "trend", "agents", "customers", "causes", "flow", "loop", "releases", "week", "month", "sample",
    "site", "page", "knowledge", "explain",
)  # fmt: skip
"""What tkt itself calls `tkt report …`."""


def names(config: Configuration) -> Iterator[Problem]:
    """Names that tkt has not itself."""
    for name in config.reports.reports:
        if name in RESERVED:
            message = msg("tkt has a report {name} of its own, expected another name", name=name)
            yield fault(config, "reports", ("reports", name), message)


def reports(config: Configuration) -> Iterator[Problem]:
    """Key figures, the field that is grouped by, the window."""

    def by(field: str) -> str:
        return grouping_field(field, config)

    def window(text: str) -> Window:
        return parse_span(text, config.desk.zone, _SOME_DAY)

    for name, report in config.reports.reports.items():
        for number, metric in enumerate(report.metrics):
            yield from _tried(config, ("reports", name, "metrics", number), number_of, metric)
        if report.by is not None:
            yield from _tried(config, ("reports", name, "by"), by, report.by)
        if report.window is not None:
            yield from _tried(config, ("reports", name, "window"), window, report.window)


def thresholds(config: Configuration) -> Iterator[Problem]:
    """Keys of figures, and limits that can be compared with."""
    for key, limit in config.reports.fail_on.items():
        yield from _tried(config, ("fail_on", key), partial(threshold_of, key), limit)


def _tried(
    config: Configuration, place: Place, attempt: Callable[[str], object], text: str
) -> Iterator[Problem]:
    try:
        attempt(text)
    except TktError as error:
        yield fault(config, "reports", place, error.message, hint=error.hint)

"""Does config/reports.yaml say when something is neglected in words that mean something?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.configuration.faults import Place, fault, unknown
from tkt.durations import DurationError, parse_duration, working_days
from tkt.errors import Problem, Severity
from tkt.i18n import msg
from tkt.neglect import WALL
from tkt.schema import Configuration


def spans(config: Configuration) -> Iterator[Problem]:
    """Spans of hours, days or working days."""
    for place, text in _spans(config):
        try:
            if working_days(text) is None:
                parse_duration(text, days=True)
        except DurationError as error:
            yield fault(config, "reports", place, error.message, hint=msg("2h, 3d or 2 working days"))


def calendars(config: Configuration) -> Iterator[Problem]:
    """Calendars that are there; patrols go by Monday to Friday where theirs is not."""
    for name, kind in (config.reports.neglect or {}).items():
        yield from _calendar(config, ("neglect", name, "calendar"), kind.calendar)
    patrol = config.reports.thresholds.get("patrol")
    if isinstance(patrol, dict) and isinstance(patrol.get("calendar"), str):
        place = ("thresholds", "patrol", "calendar")
        yield from _calendar(config, place, patrol["calendar"], Severity.WARNING)


def commands(config: Configuration) -> Iterator[Problem]:
    """What is to be typed names the ticket."""
    for name, kind in (config.reports.neglect or {}).items():
        if kind.do is not None and "{id}" not in kind.do:
            message = msg("{command} names no ticket, expected {id} in it", command=kind.do, id="{id}")
            yield fault(config, "reports", ("neglect", name, "do"), message)


def _calendar(
    config: Configuration, place: Place, name: str | None, severity: Severity = Severity.ERROR
) -> Iterator[Problem]:
    message = msg("no calendar {name}", name=name)
    known = (*config.sla.calendars, WALL)
    yield from unknown(config, "reports", place, name, known, message, severity=severity)


def _spans(config: Configuration) -> Iterator[tuple[Place, str]]:
    yield ("review", "due"), config.reports.review.due
    for name, kind in (config.reports.neglect or {}).items():
        yield ("neglect", name, "after"), kind.after
    patrol = config.reports.thresholds.get("patrol")
    if isinstance(patrol, dict) and "derived" in patrol:
        yield ("thresholds", "patrol", "derived"), str(patrol["derived"])

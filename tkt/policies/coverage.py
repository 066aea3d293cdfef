"""Of which years does a calendar know the holidays, and do verdicts reach beyond them? (docs/sla.md C1)

A verdict is computed all the same: from the week alone, or from the days that the law fixes where the
authorities had not yet announced the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Protocol

from tkt.errors import Problem, Severity
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.policies.calendars import Known, import_command
from tkt.policies.faults import fault
from tkt.policies.levels import ServiceLevels
from tkt.schema import Configuration

UNJUDGED = ("n/a", "cancelled", "exempt")
"""States of a verdict in which no holiday matters."""


class Judged(Protocol):
    """What is asked of a verdict."""

    @property
    def ticket(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def calendar(self) -> str | None: ...
    @property
    def start_at(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """Years that verdicts reach and of which a calendar does not know the holidays."""

    calendar: str
    known: Known
    years: tuple[int, ...]
    is_estimated: bool  # they are in a file, but had not been announced when it was written
    tickets: int

    @property
    def command(self) -> str:
        """What brings them in."""
        return import_command(self.known.region, *self.years)


def uncovered_years(
    verdicts: Iterable[Judged], levels: ServiceLevels, now: datetime | None = None
) -> tuple[Uncovered, ...]:
    """The years that these verdicts reach and their calendars do not know; at most two for a calendar.

    A verdict reaches from its start to its due instant; with `now`, one that has none yet reaches to it.
    """
    known = levels.known_years
    reached: dict[tuple[str, int], set[str]] = {}
    for verdict in verdicts:
        name = verdict.calendar
        if name is None or name not in known or verdict.state in UNJUDGED:
            continue
        for year in _years(verdict, levels, name, now):
            if year not in known[name].announced:
                reached.setdefault((name, year), set()).add(verdict.ticket)
    return tuple(_gathered(known, reached))


def uncovered_told(found: Uncovered) -> Message:
    """It in words, with the command that brings the holidays in."""
    return msg("{fault}: {command}", fault=uncovered_fault(found), command=found.command)


def uncovered_fault(found: Uncovered) -> Message:
    """It in words: what the calendar knows, and how many tickets need more."""
    return msgn(
        "calendar {calendar} knows {known}; {count} ticket is due or runs in {years}",
        "calendar {calendar} knows {known}; {count} tickets are due or run in {years}",
        found.tickets,
        calendar=found.calendar,
        known=_known_told(found),
        years=found.years,
    )


def years_fault(config: Configuration, found: Uncovered) -> Problem:
    """The same at the calendar's line, without the number of tickets: for one ticket, told once for all of them."""
    message = msg(
        "calendar {calendar} knows {known}, and tickets are due or run in {years}",
        calendar=found.calendar,
        known=_known_told(found),
        years=found.years,
    )
    hint = msg("{command}", command=found.command)
    place = ("calendars", found.calendar, "holidays")
    return fault(config, place, message, hint, severity=Severity.WARNING)


def _known_told(found: Uncovered) -> Message:
    known = found.known
    if found.is_estimated:
        return msg(
            "of {years} only those holidays of {region} that the law fixes",
            years=found.years,
            region=known.region,
        )
    if known.announced and min(found.years) > max(known.announced):
        return msg("the holidays of {region} up to {year}", region=known.region, year=max(known.announced))
    return msg(
        "the holidays of {region} of {years} alone",
        region=known.region,
        years=tuple(sorted(known.announced | known.estimated)),
    )


def _years(verdict: Judged, levels: ServiceLevels, name: str, now: datetime | None) -> range:
    """From the year in which it starts to the one in which it is due, by the wall of its calendar."""
    start = verdict.start_at
    if start is None:
        return range(0)
    zone = levels.calendars[name].zone
    end = max(start, verdict.due_at or now or start)
    return range(_year(start, zone), _year(end, zone) + 1)


def _year(at: datetime, zone: tzinfo) -> int:
    """By the wall of a zone; from February to November it is the same everywhere."""
    return at.year if 1 < at.month < 12 else at.astimezone(zone).year


def _gathered(known: Mapping[str, Known], reached: dict[tuple[str, int], set[str]]) -> Iterator[Uncovered]:
    for name in dict.fromkeys(calendar for calendar, _year in reached):
        years = sorted(year for calendar, year in reached if calendar == name)
        for is_estimated in (False, True):
            some = tuple(year for year in years if (year in known[name].estimated) is is_estimated)
            if some:
                tickets = set().union(*(reached[name, year] for year in some))
                yield Uncovered(
                    calendar=name,
                    known=known[name],
                    years=some,
                    is_estimated=is_estimated,
                    tickets=len(tickets),
                )

"""`tkt calendar`: when is the desk open, how far are its holidays known, and how do more come in?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from tkt.commands.common import Session
from tkt.commands.coverage import notes_json
from tkt.commands.options import DryRunOption
from tkt.commands.signature import NoCommitOption, reads
from tkt.errors import EXIT_NO, Problem, Severity, UsageError, did_you_mean
from tkt.holidays.files import day_names
from tkt.i18n import N_, Message, msg, msgn
from tkt.policies.calendars import Known, calendar_files, files_of, import_command
from tkt.policies.checking import check_service_levels
from tkt.policies.coverage import uncovered_fault, uncovered_years
from tkt.policies.days import days_of
from tkt.policies.faults import fault
from tkt.render.calendars_page import CalendarFacts
from tkt.render.errors import print_problems, problem_json
from tkt.render.month import MonthPage
from tkt.render.times import local
from tkt.store.files import read_file
from tkt.worktime import Calendar, CalendarNeverOpens, active_seconds, next_opening

YEAR_AHEAD = timedelta(days=366)
SOON = timedelta(days=60)
"""So long before a year begins its holidays are asked for, whether or not a ticket is due in it."""

MonthArgument = Annotated[
    str,
    typer.Argument(
        metavar="[MONTH]",
        help=N_("The month to draw, e.g. 2026-02; this one if none is named."),
        show_default=False,
    ),
]
CalendarOption = Annotated[
    str,
    typer.Option(
        "--calendar",
        metavar="NAME",
        help=N_("A calendar of config/sla.yaml; the first one if none is named."),
        show_default=False,
    ),
]
CountryArgument = Annotated[
    str, typer.Argument(metavar="COUNTRY", help=N_("The country by its code: CN, DE, US …"))
]
YearsArgument = Annotated[list[int], typer.Argument(metavar="YEAR…", help=N_("The years to write."))]
SubdivisionOption = Annotated[
    str,
    typer.Option(
        "--subdivision",
        metavar="CODE",
        help=N_("A part of the country with holidays of its own, e.g. BY of DE."),
        show_default=False,
    ),
]
OverwriteOption = Annotated[
    bool, typer.Option("--force", help=N_("Write over a file that was made or edited by hand."))
]


@reads
def show(session: Session, month: MonthArgument = "", calendar: CalendarOption = "") -> int:
    """Draw a month with its open hours."""
    name, found = _calendar(session, calendar)
    first = _first_of(month) if month else local(session.now, str(found.zone)).date().replace(day=1)
    page = _month_page(session, name, found, first)
    known = session.desk.levels.known_years.get(name)
    if known is not None and first.year not in known.announced:
        told = _unknown_told(name, known, first.year)
        session.note(msg("{fault}: {command}", fault=told, command=import_command(known.region, first.year)))
    if session.json:
        session.answer(page.to_json() | notes_json(session))
    else:
        session.screen.print_each(page.lines(session.screen))
    return 0


@reads
def check(session: Session) -> int:
    """Say what the calendars know; what is wrong with them, and which years their holidays lack."""
    facts = [_facts(session, name, it) for name, it in session.desk.levels.calendars.items()]
    problems = [*_files_at_fault(session), *_never_opening(session, facts), *_years_missing(session)]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if session.json:
        session.answer(
            {
                "now": session.now,
                "calendars": [each.to_json() for each in facts],
                "problems": [problem_json(problem) for problem in problems],
            }
        )
        return EXIT_NO if errors else 0
    for each in facts:
        session.screen.print_each([*each.lines(session.now, session.screen), ""])
    print_problems(problems)
    session.say(
        msg(
            "{checked}: {errors}, {warnings}",
            checked=msgn("{count} calendar", "{count} calendars", len(facts)),
            errors=msgn("{count} error", "{count} errors", errors),
            warnings=msgn("{count} warning", "{count} warnings", len(problems) - errors),
        )
    )
    return EXIT_NO if errors else 0


@reads
def import_holidays(
    session: Session,
    country: CountryArgument,
    years: YearsArgument,
    subdivision: SubdivisionOption = "",
    dry_run: DryRunOption = False,
    force: OverwriteOption = False,
    no_commit: NoCommitOption = False,
) -> int:
    """Write a country's holidays and make-up days into config/calendars/, for reviewers to see."""
    from tkt.commands.calendars_import import bring_in

    bring_in(
        session,
        country,
        sorted(set(years)),
        subdivision=subdivision or None,
        dry_run=dry_run,
        force=force,
        commits=not no_commit and session.desk.config.desk.git.autocommit,
    )
    return 0


def _calendar(session: Session, name: str) -> tuple[str, Calendar]:
    """The calendar of that name, else the first. Errors: UsageError."""
    calendars = session.desk.levels.calendars
    if name and name not in calendars:
        raise UsageError(msg("there is no calendar {name}", name=name), hint=did_you_mean(name, calendars))
    if not calendars:
        raise UsageError(msg("config/sla.yaml has no calendar"))
    chosen = name or next(iter(calendars))
    return chosen, calendars[chosen]


def _first_of(month: str) -> date:
    """Errors: UsageError for what is no month."""
    try:
        return datetime.strptime(month, "%Y-%m").date()
    except ValueError:
        raise UsageError(msg("{month} is no month, expected one like 2026-02", month=month)) from None


def _month_page(session: Session, name: str, calendar: Calendar, first: date) -> MonthPage:
    following = (first + timedelta(days=31)).replace(day=1)
    return MonthPage(
        month=f"{first:%Y-%m}",
        calendar=name,
        zone=str(calendar.zone),
        days=days_of(session.desk.config, name, calendar, first, following - timedelta(days=1)),
        names=_names(session, name),
        open_s=active_seconds(calendar, _midnight(first, calendar.zone), _midnight(following, calendar.zone)),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _names(session: Session, calendar: str) -> dict[str, str]:
    """What the calendar's holidays are called in the files that it takes them from."""
    desk, mine = session.desk, files_of(session.desk.config, calendar)
    found: dict[str, str] = {}
    for file, path in calendar_files(desk.config):
        if file in mine:
            found |= day_names(read_file(desk.root / path, root=desk.root).decode(errors="replace"))
    return found


def _facts(session: Session, name: str, calendar: Calendar) -> CalendarFacts:
    now, config = session.now, session.desk.config
    versions = session.desk.levels.policies.versions
    users = (it.name for it in versions if any(row.calendar == name for row in it.rows.values()))
    today = local(now, str(calendar.zone)).date()
    ahead = days_of(config, name, calendar, today, today + YEAR_AHEAD - timedelta(days=1))
    return CalendarFacts(
        name=name,
        zone=str(calendar.zone),
        known=session.desk.levels.known_years.get(name),
        listed=len(config.sla.calendars[name].holidays),
        opens_at=_opens_at(calendar, now),
        open_days=sum(bool(day.hours) for day in ahead),
        open_s=active_seconds(calendar, now, now + YEAR_AHEAD),
        policies=tuple(dict.fromkeys(users)),
    )


def _opens_at(calendar: Calendar, now: datetime) -> datetime | None:
    try:
        return next_opening(calendar, now)
    except CalendarNeverOpens:
        return None


def _files_at_fault(session: Session) -> Iterator[Problem]:
    """What `tkt check` says of calendars and their files."""
    return (it for it in check_service_levels(session.desk.config) if it.code == "calendar")


def _never_opening(session: Session, facts: Sequence[CalendarFacts]) -> Iterator[Problem]:
    """docs/sla.md C5, as it is today."""
    for each in facts:
        if each.opens_at is None:
            message = msg("calendar {name} does not open in the next 366 days", name=each.name)
            yield fault(session.desk.config, ("calendars", each.name), message)


def _years_missing(session: Session) -> Iterator[Problem]:
    """Years that tickets reach, and those that are near; files that were made before the year was announced."""
    desk, config = session.desk, session.desk.config
    open_ones = [name for name in config.workflow.statuses if name not in config.closed]
    rows = desk.rows(open_ones, session.now)
    session.report(rows.problems)
    verdicts = (verdict for row in rows.rows for verdict in row.verdicts)
    reached = uncovered_years(verdicts, desk.levels, session.now)
    for each in reached:
        yield _warning(session, each.calendar, uncovered_fault(each), each.command)
    for name, calendar in desk.levels.calendars.items():
        told = {year for each in reached if each.calendar == name for year in each.years}
        yield from _years_near(session, name, calendar, told)


def _years_near(session: Session, name: str, calendar: Calendar, told: set[int]) -> Iterator[Problem]:
    """The years that no ticket reaches yet: to come soon and unknown, or written before they were announced."""
    known = session.desk.levels.known_years.get(name)
    if known is None:
        return
    soon = {local(at, str(calendar.zone)).year for at in (session.now, session.now + SOON)}
    for year in (*sorted(soon - known.announced - known.estimated - told), *sorted(known.estimated - told)):
        message = _unknown_told(name, known, year)
        yield _warning(session, name, message, import_command(known.region, year))


def _unknown_told(calendar: str, known: Known, year: int) -> Message:
    """That the calendar lacks the holidays of a year, or has only what was known of them early."""
    if year not in known.estimated:
        told = msg(
            "calendar {calendar} does not know the holidays of {region} in {year}",
            calendar=calendar,
            region=known.region,
            year=year,
        )
    else:
        told = msg(
            "calendar {calendar}: when its file was written, {region} had not announced the holidays of {year}",
            calendar=calendar,
            region=known.region,
            year=year,
        )
    return told


def _warning(session: Session, calendar: str, message: Message, command: str) -> Problem:
    place = ("calendars", calendar, "holidays")
    hint = msg("{command}", command=command)
    return fault(session.desk.config, place, message, hint, severity=Severity.WARNING)

"""Which stretch of time, and which requests of it, is asked about: the options of reports and simulations."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.errors import UsageError
from tkt.i18n import N_, msg

if TYPE_CHECKING:
    from tkt.reports.asked import Windowed


class Last(StrEnum):
    """A whole stretch of the calendar that is over."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


FromOption = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="DATE",
        help=N_("Where the window begins; without --from and --to the last full week."),
        show_default=False,
    ),
]
ToOption = Annotated[
    str,
    typer.Option(
        "--to", metavar="DATE", help=N_("Where it ends, not included; else now."), show_default=False
    ),
]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="FIELD",
        help=N_("Again for each value of a field: type, team, priority …"),
        show_default=False,
    ),
]
InternalOption = Annotated[
    bool, typer.Option("--internal", help=N_("The requests of the house itself instead of the customers'."))
]
LastOption = Annotated[
    Last | None,
    typer.Option("--last", help=N_("The last week, month or quarter that is over."), show_default=False),
]
WeekOption = Annotated[
    str,
    typer.Option("--week", metavar="WEEK", help=N_("A week of a year: 2026-W47."), show_default=False),
]


def windowed(from_: str, to: str, last: Last | None, week: str) -> Windowed | None:
    """The window that options name; None where they name none. Errors: UsageError where they name several."""
    from tkt.kpis.window import iso_week, last_full, parse_window

    named = [bool(from_ or to), last is not None, bool(week)]
    if sum(named) > 1:
        raise UsageError(
            msg("which window? Expected --from and --to, or --last, or --week"), hint=msg("--last month")
        )
    if week:
        return lambda zone, _now: iso_week(week, zone)
    if last is not None:
        return lambda zone, now: last_full(last.value, zone, now)
    if from_ or to:
        return lambda zone, now: parse_window(from_ or None, to or None, zone, now)
    return None

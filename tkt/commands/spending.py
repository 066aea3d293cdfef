"""How is time spent given to a command that does something with a ticket?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from tkt.actions import Given
from tkt.durations import parse_minutes
from tkt.i18n import N_

SpentOption = Annotated[
    str,
    typer.Option(
        "--spent",
        metavar="TIME",
        help=N_("How long it took: 15m, 1h30m, 2小时; summed in show and reports."),
        show_default=False,
    ),
]


def minutes_given(text: str) -> int | None:
    """The minutes of `--spent`; None where it was left out. Errors: DurationError."""
    return parse_minutes(text) if text.strip() else None


def with_spent(given: Given, text: str) -> Given:
    """What was typed with a move, and how long it took. Errors: DurationError."""
    return replace(given, spent=minutes_given(text))

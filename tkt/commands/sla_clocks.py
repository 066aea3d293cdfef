"""Which clocks are meant by the names that somebody typed?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.errors import UsageError, did_you_mean
from tkt.fields import CLOCK_NAMES
from tkt.i18n import N_, msg

_STAGE = "stage"

ClockOption = Annotated[
    list[str] | None,
    typer.Option(
        "--clock",
        metavar="CLOCK",
        help=N_("Only this clock, or all of a kind: stage:waiting, stage; may be repeated."),
        show_default=False,
    ),
]


def chosen_clocks(session: Session, names: Sequence[str] | None) -> tuple[str, ...]:
    """The names, once each is known to be one of a clock or of a kind; none for all. Errors: UsageError."""
    config = session.desk.config
    known = CLOCK_NAMES
    stages = [f"{_STAGE}:{status}" for status in config.workflow.statuses]
    for name in names or ():
        family, colon, _whose = name.partition(":")
        may_be = stages if family == _STAGE else [name]
        if family not in known or (colon and name not in may_be):
            raise UsageError(
                msg("no clock {name}", name=name), hint=did_you_mean(name, stages if colon else known)
            )
    return tuple(names or ())

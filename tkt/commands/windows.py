"""Which stretch of time, and which requests of it, is asked about: the options of reports and simulations."""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.i18n import N_

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

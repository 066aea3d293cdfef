"""`tkt report sample`: which solved tickets is somebody to look at?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.reporting import Format, FormatOption, WhichOption, joined, write
from tkt.commands.signature import reads
from tkt.commands.windows import (
    FromOption,
    InternalOption,
    LastOption,
    ToOption,
    WeekOption,
    windowed,
)
from tkt.errors import UsageError, did_you_mean
from tkt.i18n import N_, msg

if TYPE_CHECKING:
    from tkt.reports.sample import Sample

_USUAL = ("agent", 3)
_MOST = 1000

PerOption = Annotated[
    tuple[str, int],
    typer.Option(
        "--per",
        metavar="WHAT N",
        help=N_("So many of each agent, team or category; without it agent 3."),
        show_default=False,
    ),
]
SeedOption = Annotated[
    str,
    typer.Option("--seed", metavar="SEED", help=N_("The same seed and window draw the same tickets again.")),
]


@reads
def sample(
    session: Session,
    query: QueryArgument = None,
    per: PerOption = _USUAL,
    seed: SeedOption = "1",
    from_: FromOption = "",
    to: ToOption = "",
    last: LastOption = None,
    week: WeekOption = "",
    which: WhichOption = "",
    format_: FormatOption = Format.TEXT,
    internal: InternalOption = False,
) -> int:
    """Draw solved tickets at random for quality checks; Markdown, HTML and CSV have columns to fill in.

    Spam, tests and duplicates are left out; how many tickets each had is said.
    """
    from tkt.reports.asked import Asked
    from tkt.reports.material import Material, undisturbed
    from tkt.reports.sample import sampled

    wish = _wish(per, seed, format_)
    asked = Asked(window=windowed(from_, to, last, week), query=joined(query, which), internal=internal)
    with undisturbed(to_the_end=True):
        material = Material.of(session.desk, asked, now=session.now)
        made = sampled(material, wish)
    code = session.report(material.ground.problems)
    write(session, material, made, format_)
    return code


def _wish(per: tuple[str, int], seed: str, format_: Format) -> Sample:
    """Errors: UsageError for what cannot be drawn of, or no number of it."""
    from tkt.reports.sample import Per, Sample

    name, number = per
    found = next((it for it in get_args(Per) if it == name), None)
    if found is None:
        raise UsageError(
            msg("nothing is drawn per {name}, expected agent, team or category", name=name),
            hint=did_you_mean(name, get_args(Per)) or msg("--per agent 3"),
        )
    if not 1 <= number <= _MOST:
        raise UsageError(
            msg("{number} of each, expected 1 to {most}", number=number, most=_MOST),
            hint=msg("--per agent 3"),
        )
    is_form = format_ not in (Format.TEXT, Format.JSON)
    return Sample(per=found, number=number, seed=seed, is_form=is_form)

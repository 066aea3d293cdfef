"""`tkt report kpi` and `tkt report explain`: what do the desk's events add up to, and what does that mean?"""

from __future__ import annotations

from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.reporting import (
    CompareOption,
    FailOnOption,
    Format,
    FormatOption,
    IdsOption,
    WhichOption,
    joined,
    report,
)
from tkt.commands.signature import reads
from tkt.commands.windows import (
    ByOption,
    FromOption,
    InternalOption,
    LastOption,
    ToOption,
    WeekOption,
    windowed,
)
from tkt.i18n import N_

KeywordsOption = Annotated[
    bool, typer.Option("--keywords", help=N_("Also the words that customers use; takes longer."))
]
KpiArgument = Annotated[
    str,
    typer.Argument(
        metavar="[KPI]",
        help=N_("K0 to K20, or its name in JSON: csat, sla.tickets.rate; none: all."),
        show_default=False,
    ),
]


@reads
def kpi(
    session: Session,
    query: QueryArgument = None,
    from_: FromOption = "",
    to: ToOption = "",
    last: LastOption = None,
    week: WeekOption = "",
    by: ByOption = "",
    which: WhichOption = "",
    compare: CompareOption = None,
    format_: FormatOption = Format.TEXT,
    ids: IdsOption = False,
    internal: InternalOption = False,
    keywords: KeywordsOption = False,
    fail_on: FailOnOption = None,
) -> int:
    """Report every key figure of a window: response, service level, backlog, satisfaction, trends and the rest.

    What each of them means: tkt report explain.
    """
    from tkt.reports.asked import Asked

    asked = Asked(
        window=windowed(from_, to, last, week),
        query=joined(query, which),
        by=by or None,
        internal=internal,
        compare=compare.value if compare else "",
        keywords=keywords,
        ids=ids,
        is_grouped=False,
    )
    return report(session, "kpi", asked, format_, fail_on or ())


@reads
def explain(session: Session, name: KpiArgument = "") -> int:
    """Say what a key figure means: its unit, whom it counts, and how it is computed."""
    from tkt.kpis.explained import MEANINGS, number_of
    from tkt.kpis.thresholds import number_of_key
    from tkt.render.meanings import meaning_json, meaning_text, meanings_text

    columns = session.screen.columns if session.screen.is_bounded else None
    find = number_of_key if "." in name else number_of
    number = find(name.strip()) if name else None
    if session.json:
        session.answer(meaning_json(number) if number else [meaning_json(each) for each in MEANINGS])
    else:
        session.say(meaning_text(number, columns) if number else meanings_text(columns))
    return 0

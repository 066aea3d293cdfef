"""`tkt report week` and `tkt report month`: what is there to talk about?"""

from __future__ import annotations

from collections.abc import Sequence

from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.reporting import FailOnOption, Format, FormatOption, WhichOption, joined, report
from tkt.commands.signature import reads
from tkt.commands.windows import (
    FromOption,
    InternalOption,
    Last,
    LastOption,
    ToOption,
    WeekOption,
    windowed,
)


@reads
def week(
    session: Session,
    query: QueryArgument = None,
    from_: FromOption = "",
    to: ToOption = "",
    last: LastOption = None,
    week: WeekOption = "",
    which: WhichOption = "",
    format_: FormatOption = Format.TEXT,
    internal: InternalOption = False,
    fail_on: FailOnOption = None,
) -> int:
    """The weekly review: actions done or not, breaches and why, the oldest, what lies, promises, low scores, repeats, load, articles to write.

    Without a window the last full week. What happened is of the window; what is open or lies about is as it is now.
    """
    return _report(session, "week", (query, which), (from_, to, last, week), format_, internal, fail_on or ())


@reads
def month(
    session: Session,
    query: QueryArgument = None,
    from_: FromOption = "",
    to: ToOption = "",
    last: LastOption = None,
    week: WeekOption = "",
    which: WhichOption = "",
    format_: FormatOption = Format.TEXT,
    internal: InternalOption = False,
    fail_on: FailOnOption = None,
) -> int:
    """The month: its figures beside those before and a year ago, week by week, what grew, what was learnt.

    Without a window the last full month.
    """
    is_named = bool(from_ or to or week)
    chosen = last if last is not None or is_named else Last.MONTH
    return _report(
        session, "month", (query, which), (from_, to, chosen, week), format_, internal, fail_on or ()
    )


def _report(
    session: Session,
    kind: str,
    asked_of: tuple[list[str] | None, str],
    window: tuple[str, str, Last | None, str],
    format_: Format,
    internal: bool,
    fail_on: Sequence[str],
) -> int:
    from tkt.reports.asked import Asked

    query, which = asked_of
    asked = Asked(window=windowed(*window), query=joined(query, which), internal=internal)
    return report(session, kind, asked, format_, fail_on)

"""`tkt report week` and `tkt report month`: what is there to talk about?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.commands.common import Session
from tkt.commands.options import QueryArgument
from tkt.commands.reporting import FailOnOption, Format, FormatOption, IdsOption, WhichOption, joined, report
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

if TYPE_CHECKING:
    from tkt.reports.asked import Asked


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
    ids: IdsOption = False,
    internal: InternalOption = False,
    fail_on: FailOnOption = None,
) -> int:
    """The weekly review: actions done or not, breaches and why, the oldest, what lies, promises, low scores, repeats, load, articles to write.

    Without a window the last full week. What happened is of the window; what is open or lies about is as it is now.
    """
    asked = _asked((query, which), (from_, to, last, week), ids=ids, internal=internal)
    return report(session, "week", asked, format_, fail_on or ())


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
    ids: IdsOption = False,
    internal: InternalOption = False,
    fail_on: FailOnOption = None,
) -> int:
    """The month: its figures beside those before and a year ago, week by week, what grew, what was learnt.

    Without a window the last full month.
    """
    is_named = bool(from_ or to or week)
    chosen = last if last is not None or is_named else Last.MONTH
    asked = _asked((query, which), (from_, to, chosen, week), ids=ids, internal=internal)
    return report(session, "month", asked, format_, fail_on or ())


def _asked(
    words: tuple[list[str] | None, str],
    window: tuple[str, str, Last | None, str],
    *,
    ids: bool,
    internal: bool,
) -> Asked:
    from tkt.reports.asked import Asked

    query, which = words
    return Asked(window=windowed(*window), query=joined(query, which), ids=ids, internal=internal)

"""`tkt report sla`, `trend`, `agents` … and the reports of the desk's own: what does one kind of figures say?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from tkt.reports.asked import Asked

Answer = Callable[[Session, "Asked", Format, Sequence[str]], int]
"""Prints a report of what was asked: the form, and the limits it fails on. Returns the exit code."""


def figures(name: str, answer: Answer) -> Callable[..., int | None]:
    """The command that asks for figures of a window: which tickets, grouped by what, beside which other."""

    @reads
    def command(
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
        fail_on: FailOnOption = None,
    ) -> int:
        from tkt.reports.asked import Asked

        asked = Asked(
            window=windowed(from_, to, last, week),
            query=joined(query, which),
            by=by or None,
            internal=internal,
            compare=compare.value if compare else "",
            ids=ids,
        )
        return answer(session, asked, format_, fail_on or ())

    command.__name__ = name
    return command


def _kind(name: str) -> Callable[..., int | None]:
    def answer(session: Session, asked: Asked, format_: Format, fail_on: Sequence[str]) -> int:
        return report(session, name, asked, format_, fail_on)

    return figures(name, answer)


sla = _kind("sla")
trend = _kind("trend")
agents = _kind("agents")
customers = _kind("customers")
causes = _kind("causes")
flow = _kind("flow")
loop = _kind("loop")
releases = _kind("releases")

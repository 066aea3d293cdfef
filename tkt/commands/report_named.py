"""`tkt report NAME`: what does a report of the desk's own say?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.commands import GROUPS
from tkt.commands.common import Session
from tkt.commands.report_kinds import figures
from tkt.commands.reporting import Format, report
from tkt.errors import NotFound, TktError, UsageError, did_you_mean
from tkt.i18n import msg, render

if TYPE_CHECKING:
    from tkt.reports.asked import Asked
    from tkt.schema.views import ReportDecl


def named(name: str) -> Callable[..., int | None]:
    """The command of a report that config/reports.yaml may have under that name."""

    def answer(session: Session, asked: Asked, format_: Format, fail_on: Sequence[str]) -> int:
        from tkt.reports.named import asked_of

        declared = _declared(session, name)
        found = asked_of(name, declared, replace(asked, is_grouped=False))
        return report(session, "kpi", found, format_, fail_on)

    return figures(name, answer)


def _declared(session: Session, name: str) -> ReportDecl:
    try:
        known = session.desk.config.reports.reports
    except NotFound as error:
        raise _unknown(name, ()) from error
    if name not in known:
        raise _unknown(name, tuple(known))
    return known[name]


def _unknown(name: str, known: tuple[str, ...]) -> UsageError:
    kinds = (*GROUPS["report"].commands, *known)
    return UsageError(
        msg("no report {name}: tkt has none of that name, nor has config/reports.yaml", name=name),
        hint=did_you_mean(name, kinds) or msg("tkt report --help"),
    )


def mentioned() -> str:
    """What `tkt report --help` says of the desk's own reports; nothing where there are none."""
    from tkt.desk import Desk
    from tkt.reports.named import named_reports, title_of

    try:
        known = named_reports(Desk.open(Path.cwd()).config)
    except TktError:
        return ""
    told = [
        f"{name} ({title})" if (title := title_of(name, it)) != name else name for name, it in known.items()
    ]
    return render(msg("Reports of this desk: {names}", names=tuple(told))) if told else ""

"""How is a report of any kind asked for, written, and judged by thresholds?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tkt.commands.common import Session
from tkt.errors import EXIT_NO
from tkt.i18n import N_, Message, msg, render
from tkt.render.screen import print_aside, print_bytes
from tkt.render.text import clean
from tkt.reports import KINDS, Made

if TYPE_CHECKING:
    from tkt.kpis.thresholds import Judged
    from tkt.reports.asked import Asked
    from tkt.reports.material import Material


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"


class Beside(StrEnum):
    """The window that figures are compared with."""

    PREVIOUS = "previous"
    YEAR = "year"


FormatOption = Annotated[Format, typer.Option("--format", help=N_("How it is written."))]
IdsOption = Annotated[bool, typer.Option("--ids", help=N_("Name the tickets behind each count."))]
CompareOption = Annotated[
    Beside | None,
    typer.Option(
        "--compare",
        help=N_("Beside the window just before, or a year before: then, and the change."),
        show_default=False,
    ),
]
WhichOption = Annotated[
    str,
    typer.Option(
        "--query", metavar="QUERY", help=N_("Of which tickets; the same as words behind."), show_default=False
    ),
]
FailOnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="LIMIT",
        help=N_(
            "Leave with 1 where a figure is past its limit: 'backlog.at_to>50', a key of fail_on in config/reports.yaml, or config for all of these."
        ),
        show_default=False,
    ),
]


def joined(query: Sequence[str] | None, *more: str) -> str:
    """The words of a query and of `--query`: all must hold."""
    parts = [part for part in (" ".join(query or ()).strip(), *(it.strip() for it in more)) if part]
    return parts[0] if len(parts) == 1 else " ".join(f"({part})" for part in parts)


def report(
    session: Session, kind: str, asked: Asked, format_: Format = Format.TEXT, fail_on: Sequence[str] = ()
) -> int:
    """Print a report of a kind. Returns the exit code: 1 where a threshold is passed, 2 for files nobody can read."""
    from tkt.kpis.thresholds import judged, wished
    from tkt.reports.material import Material, undisturbed

    limits = [limit for text in fail_on for limit in wished(text, session.desk.config.reports.fail_on)]
    with undisturbed(to_the_end=True):
        material = Material.of(session.desk, asked, now=session.now)
        made = KINDS[kind].made(material)
        found = list(judged(limits, material.kpi))
    code = session.report(material.ground.problems)
    write(session, material, made, format_, found)
    return code or (EXIT_NO if any(it.fails for it in found) else 0)


def write(
    session: Session,
    material: Material,
    made: Made,
    format_: Format = Format.TEXT,
    found: Sequence[Judged] = (),
) -> None:
    """The report as it was asked for on standard output; thresholds that are passed, or not judged, on standard error."""
    if session.json or format_ is Format.JSON:
        judged = {"thresholds": [judged_json(it) for it in found]} if found else {}
        session.answer({**made.data, **judged})
        return
    _print(session, material, made, format_)
    for each in found:
        if each.fails or each.value is None:
            print_aside(clean(render(_line(each, material))))


def _print(session: Session, material: Material, made: Made, format_: Format) -> None:
    desk, screen = session.desk, session.screen
    if format_ is Format.MARKDOWN:
        from tkt.render.markdown import page_markdown

        screen.print(page_markdown(made.page, desk=desk.root).rstrip("\n"))
    elif format_ is Format.HTML:
        from tkt.render.html import page_document

        screen.print(page_document(made.page, desk.root).rstrip("\n"))
    elif format_ is Format.CSV:
        from tkt.render.page_csv import page_csv

        print_bytes(page_csv(made.page, notes=material.asked.ids).encode())
    else:
        from tkt.render.layout import page_text

        columns = screen.columns if screen.is_bounded else None
        screen.print(page_text(made.page, columns, is_plain=not screen.has_unicode).rstrip("\n"))


def judged_json(it: Judged) -> dict[str, Any]:
    """A threshold for programs."""
    return {
        "key": it.threshold.key,
        "limit": it.threshold.text,
        "value": it.value,
        "failed": it.fails,
    }


def _line(it: Judged, material: Material) -> Message:
    from tkt.reports.laying import figure_cell

    if it.figure is None or it.value is None:
        return msg(
            "{key}: nothing was counted, the limit {limit} was not judged",
            key=it.threshold.key,
            limit=it.threshold.text,
        )
    shown = figure_cell(it.figure, material.config)
    return msg(
        "{key} is {value}, fails on {limit}", key=it.threshold.key, value=shown, limit=it.threshold.text
    )

"""Into which files, in which formats, does `tkt sla check` write what it found?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tkt.commands.common import Session
from tkt.commands.coverage import notes_json
from tkt.errors import UsageError, did_you_mean
from tkt.frozen import dataclass
from tkt.gate.places import lines_in
from tkt.gated import Gated
from tkt.i18n import msg
from tkt.render.gate import FORMATS, Sheet
from tkt.render.gate.github import summary
from tkt.render.gate.objects import gate_json
from tkt.render.screen import Screen, as_far_as_read
from tkt.store.files import FileError, os_message
from tkt.store.gitnear import near_place

STDOUT = "-"
STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


@dataclass(frozen=True, slots=True)
class Answer:
    """A format, and the file that it goes into (`-`: standard output)."""

    format: str
    file: str


def answers_asked(session: Session, format_: str, output: str, reports: Sequence[str]) -> tuple[Answer, ...]:
    """Everything that is to be written, what was asked for first before the reports. Errors: UsageError."""
    if session.json and format_ not in ("text", "json"):
        raise UsageError(
            msg("--json and --format {format} are two answers, expected one of them", format=format_)
        )
    found = (Answer("json" if session.json else format_, output), *map(_report, reports))
    for each in found:
        if each.format not in FORMATS:
            raise UsageError(
                msg("no format {name}", name=each.format), hint=did_you_mean(each.format, FORMATS)
            )
    return found


def _report(text: str) -> Answer:
    """`junit=report.xml` in its parts. Errors: UsageError."""
    name, _, file = text.partition("=")
    if not file:
        raise UsageError(
            msg("{text} is no report, expected FORMAT=FILE", text=text), hint=msg("--report junit=report.xml")
        )
    return Answer(name, file)


def tell(session: Session, gated: Gated, answers: Sequence[Answer]) -> None:
    """Write every answer, standard output last: its reader may leave early. Errors: FileError."""
    sheet = _sheet(session, gated)
    if any(each.format == "github" for each in answers):
        _append_summary(sheet)
    for each in sorted(answers, key=lambda it: it.file == STDOUT):
        if each.file != STDOUT:
            _write(each.file, FORMATS[each.format](replace(sheet, screen=Screen())))
            continue
        with as_far_as_read():
            _print(session, sheet, each.format)


def _sheet(session: Session, gated: Gated) -> Sheet:
    """In the desk's zone: a report says the same, whoever makes it."""
    place = near_place(session.desk.root)
    return Sheet(
        gated=gated,
        config=gated.config,
        screen=session.screen,
        prefix=place.prefix if place else "",
        line_of=lines_in(session.desk),
        is_brief=session.common.quiet,
    )


def _print(session: Session, sheet: Sheet, format_: str) -> None:
    """On standard output; a person reads the text in their own zone."""
    if format_ == "json":
        session.answer(gate_json(sheet.gated) | notes_json(session))
        return
    is_text = format_ == "text"
    told = replace(sheet, config=sheet.config.told_in(session.zone_of_reader)) if is_text else sheet
    text = FORMATS[format_](told)
    if text:
        session.screen.print(text)


def _write(file: str, text: str) -> None:
    """The file whole, in the place of the last run's. Errors: FileError."""
    from tkt.export import opened

    with opened(file, force=True) as write:
        write(f"{text}\n".encode("utf-8", "replace") if text else b"")


def _append_summary(sheet: Sheet) -> None:
    """Add to the summary of the step of a GitHub workflow; nothing elsewhere. Errors: FileError."""
    file = os.environ.get(STEP_SUMMARY)
    if not file:
        return
    try:
        with Path(file).open("ab") as stream:
            stream.write(summary(sheet).encode("utf-8", "replace"))
    except OSError as error:
        raise FileError(os_message(error), path=file) from error

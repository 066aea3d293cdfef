"""How does GitHub show what a gate found: as annotations of a run, and as the summary of its step?

Gitea and Forgejo read the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tkt.errors import Problem
from tkt.gated import Fate, Judged
from tkt.i18n import N_, _, msg, msgn, render
from tkt.render import words
from tkt.render.gate.sheet import DESK_FILE, Sheet, fault_sentence
from tkt.render.markdown import harmless
from tkt.render.remaining import remaining_text
from tkt.render.times import stamp

MOST_ROWS = 1000
"""Lines of a summary's table; GitHub takes no more than 1 MiB."""
_LEVELS: Mapping[Fate, str] = MappingProxyType({Fate.FAILING: "error", Fate.WARNED: "warning"})
_SIGNS: Mapping[Fate, str] = MappingProxyType(
    {
        Fate.FAILING: "❌",
        Fate.WARNED: "⚠️",
        Fate.KNOWN: N_("known"),
        Fate.EARLIER: N_("earlier"),
        Fate.ACKNOWLEDGED: N_("acknowledged"),
    }
)
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def text(sheet: Sheet) -> str:
    """One workflow command a line, what fails first, and what it adds up to."""
    gated = sheet.gated
    shown = ((fate, it) for fate, it in gated.listed if fate is Fate.FAILING or not sheet.is_brief)
    lines = [*(_fault(sheet, it) for it in gated.faults), *(_clock(sheet, *each) for each in shown)]
    return "\n".join([*lines, *([] if sheet.is_brief else [sheet.counts()])])


def summary(sheet: Sheet) -> str:
    """The same as a page of Markdown, with a line end behind it."""
    listed = list(sheet.gated.listed)
    head = _("Service levels")
    lines = [f"### {head}", "", harmless(sheet.counts())]
    lines += ["", *_rows(sheet, listed[:MOST_ROWS])] if listed else []
    if len(listed) > MOST_ROWS:
        more = len(listed) - MOST_ROWS
        lines += ["", render(msgn("and {count} more", "and {count} more", more))]
    lines += (
        ["", *(f"- ❌ {harmless(_located(sheet, it))}" for it in sheet.gated.faults)]
        if sheet.gated.faults
        else []
    )
    return "\n".join([*lines, ""])


def _clock(sheet: Sheet, fate: Fate, judged: Judged) -> str:
    place = {
        "file": sheet.path(judged),
        "line": str(sheet.line_of(judged)),
        "title": sheet.head(fate, judged),
    }
    return command(_LEVELS.get(fate, "notice"), place, sheet.sentence(judged))


def _fault(sheet: Sheet, problem: Problem) -> str:
    path = sheet.prefix + (problem.path or DESK_FILE)
    place = {"file": path, "line": str(problem.line or 1), "title": _("cannot be judged")}
    return command("error", place, fault_sentence(problem))


def command(name: str, properties: Mapping[str, str], data: str) -> str:
    """`::error file=…,line=1,title=…::…`, whatever stands in the parts."""
    told = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{name} {told}::{_escaped(data, _DATA)}"


def _escaped(value: str, marks: Mapping[str, str]) -> str:
    return "".join(marks.get(character, character) for character in value)


def _rows(sheet: Sheet, listed: list[tuple[Fate, Judged]]) -> Iterator[str]:
    heads = ["", _("id"), _("priority"), _("clock"), _("due"), _("open time"), _("owner"), _("title")]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for fate, judged in listed:
        verdict, ticket = judged.verdict, judged.ticket
        cells = [
            ticket.id,
            words.priority_name(sheet.config, ticket.priority),
            sheet.clock(judged),
            stamp(at, sheet.config.desk.zone) if (at := verdict.late_since or verdict.due_at) else "–",
            remaining_text(verdict) or "–",
            words.person_name(sheet.config, ticket.owner),
            sheet.title(judged),
        ]
        yield _row([_(_SIGNS[fate]), *map(harmless, cells)])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _located(sheet: Sheet, problem: Problem) -> str:
    return render(
        msg("{path}: {fault}", path=sheet.prefix + (problem.path or DESK_FILE), fault=fault_sentence(problem))
    )

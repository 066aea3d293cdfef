"""How does a reader of test results take what a gate found? As JUnit XML.

A suite a family of clocks; in it a case for each ticket and clock, which fails where it fails the gate. Where
a clock is breached several times on one ticket, each breach has a case of its own: readers take one failure
a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tkt.clock import instant_text
from tkt.errors import Problem
from tkt.gated import Fate, Judged
from tkt.i18n import _, render
from tkt.late import late
from tkt.render.gate.sheet import DESK_FILE, Sheet, fault_sentence
from tkt.render.text import clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORBIDDEN = late(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say."""
_UNJUDGED = ("n/a", "exempt", "cancelled")


def text(sheet: Sheet) -> str:
    """The whole document."""
    from xml.etree.ElementTree import Element, indent, tostring

    root = Element("testsuites", {"name": "tkt sla check"})
    suites = [*_suites(sheet), *([_faults(sheet)] if sheet.gated.faults else [])]
    for suite in suites:
        suite.set("timestamp", instant_text(sheet.gated.now))
        suite.set("time", "0")
    root.extend(suites)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in suites)))
    root.set("time", "0")
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}'


def _suites(sheet: Sheet) -> Iterator[Element]:
    """The families in order of their names."""
    families: dict[str, list[Judged]] = {}
    for it in sheet.gated.judged:
        if it.verdict.state not in _UNJUDGED or it.mark in sheet.gated.fates:
            families.setdefault(it.family, []).append(it)
    for family in sorted(families):
        yield _suite(family, [_case(sheet, it) for it in _told(sheet, families[family])])


def _told(sheet: Sheet, some: Iterable[Judged]) -> Iterator[Judged]:
    """Of each ticket and clock the cycles that are listed; where none is, the last one."""
    clocks: dict[tuple[str, str], list[Judged]] = {}
    for it in some:
        clocks.setdefault((it.ticket.id, it.verdict.clock), []).append(it)
    for cycles in clocks.values():
        yield from [it for it in cycles if it.mark in sheet.gated.fates] or cycles[-1:]


def _case(sheet: Sheet, judged: Judged) -> Element:
    fate = sheet.gated.fates.get(judged.mark)
    case = _element(
        "testcase",
        name=f"{judged.ticket.id} {sheet.title(judged)}",
        classname=f"sla.{judged.verdict.clock}",
        file=sheet.path(judged),
        time="0",
    )
    if fate is Fate.FAILING:
        case.append(_element("failure", sheet.sentence(judged), message=_short(sheet, judged), type="breach"))
    elif fate is Fate.WARNED:
        case.append(_element("system-out", sheet.issue(fate, judged)))
    elif fate is not None:
        case.append(_element("skipped", message=_why(sheet, fate, judged)))
    return case


def _short(sheet: Sheet, judged: Judged) -> str:
    return sheet.due(judged) or _("breached")


def _why(sheet: Sheet, fate: Fate, judged: Judged) -> str:
    """Why a breach fails nothing."""
    return render(sheet.excuse(judged)) if fate is Fate.ACKNOWLEDGED else sheet.head(fate, judged)


def _faults(sheet: Sheet) -> Element:
    return _suite("files", [_fault(sheet, it) for it in sheet.gated.faults])


def _fault(sheet: Sheet, problem: Problem) -> Element:
    path = sheet.prefix + (problem.path or DESK_FILE)
    case = _element("testcase", name=path, classname="sla.files", file=path, time="0")
    case.append(_element("error", message=fault_sentence(problem), type=problem.code))
    return case


def _suite(name: str, cases: list[Element]) -> Element:
    found = _element("testsuite", name=name, tests=str(len(cases)))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        found.set(kind, str(sum(case.find(tag) is not None for case in cases)))
    found.extend(cases)
    return found


def _element(tag: str, words: str | None = None, /, **attributes: str) -> Element:
    """An element of text that XML can hold."""
    from xml.etree.ElementTree import Element

    found = Element(tag, {key: _sayable(value) for key, value in attributes.items()})
    found.text = None if words is None else _sayable(words)
    return found


def _sayable(value: str) -> str:
    return _FORBIDDEN.sub("", clean(value))

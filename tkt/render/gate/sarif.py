"""How does a code-scanning page read what a gate found? As a SARIF log: a rule a family of clocks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from tkt.clocks.table import CLOCKS
from tkt.errors import Problem
from tkt.gated import Fate, Judged
from tkt.i18n import _, msg, render
from tkt.render import words
from tkt.render.gate.sheet import DESK_FILE, Sheet, fault_fingerprint, fault_sentence, fingerprint
from tkt.render.jsons import json_text
from tkt.render.sarif import place, plain, rule, sarif_log
from tkt.render.text import clean

FINGERPRINT = "tktBreach/v1"
UNREADABLE = "unreadable"
_LEVELS: Mapping[Fate, str] = MappingProxyType(
    {Fate.FAILING: "error", Fate.WARNED: "warning", Fate.ACKNOWLEDGED: "error"}
)


def text(sheet: Sheet) -> str:
    """The whole log."""
    return json_text(gate_sarif(sheet), sys.stdout, indent=1)


def gate_sarif(sheet: Sheet) -> dict[str, Any]:
    """The same as a mapping."""
    gated = sheet.gated
    families = list(dict.fromkeys([*CLOCKS, *sorted({it.family for _, it in gated.listed})]))
    rules = [*(_rule(name) for name in families), _unreadable()]
    numbers = {it["id"]: number for number, it in enumerate(rules)}
    return sarif_log("tkt-sla-check/", rules, list(_results(sheet, numbers)))


def _rule(family: str) -> dict[str, Any]:
    title = render(msg("the promise on {clock} is kept", clock=words.clock_name(family)))
    advice = _(
        "tkt sla explain ID says why it is late; tkt sla ack ID --cause CAUSE --reason … acknowledges it"
    )
    return rule(family, title=title, advice=advice, level="error")


def _unreadable() -> dict[str, Any]:
    return rule(UNREADABLE, title=_("every ticket can be read"), advice="tkt check", level="error")


def _results(sheet: Sheet, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for problem in sheet.gated.faults:
        yield _fault(sheet, problem, numbers)
    for fate, judged in sheet.gated.listed:
        yield _result(sheet, fate, judged, numbers)


def _result(sheet: Sheet, fate: Fate, judged: Judged, numbers: Mapping[str, int]) -> dict[str, Any]:
    mark = fingerprint(fate, judged)
    found = {
        "ruleId": judged.family,
        "ruleIndex": numbers[judged.family],
        "level": _LEVELS.get(fate, "note"),
        "message": {"text": plain(f"{sheet.head(fate, judged)} · {sheet.sentence(judged)}")},
        "locations": [place(sheet.path(judged), sheet.line_of(judged))],
        "partialFingerprints": {FINGERPRINT: mark, "primaryLocationLineHash": mark},
        "properties": {
            "ticket": judged.ticket.id,
            "clock": clean(judged.verdict.clock),
            "cycle": clean(judged.verdict.cycle),
            "fate": str(fate),
        },
    }
    if fate is Fate.ACKNOWLEDGED:
        why = plain(render(sheet.excuse(judged)))
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return found


def _fault(sheet: Sheet, problem: Problem, numbers: Mapping[str, int]) -> dict[str, Any]:
    mark = fault_fingerprint(problem)
    return {
        "ruleId": UNREADABLE,
        "ruleIndex": numbers[UNREADABLE],
        "level": "error",
        "message": {"text": plain(fault_sentence(problem))},
        "locations": [place(sheet.prefix + (problem.path or DESK_FILE), problem.line or 1)],
        "partialFingerprints": {FINGERPRINT: mark, "primaryLocationLineHash": mark},
    }

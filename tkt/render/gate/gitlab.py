"""How does GitLab's code-quality report take what a gate found? As one JSON array of issues."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tkt.errors import Problem
from tkt.gated import Fate, Judged
from tkt.render.gate.sheet import DESK_FILE, Sheet, fault_fingerprint, fault_sentence, fingerprint
from tkt.render.jsons import json_text

_SEVERITIES: Mapping[Fate, str] = MappingProxyType({Fate.FAILING: "critical", Fate.WARNED: "minor"})


def text(sheet: Sheet) -> str:
    """The whole array: files that cannot be judged, then what fails first."""
    faults = [_fault(sheet, it) for it in sheet.gated.faults]
    return json_text([*faults, *(_issue(sheet, *each) for each in sheet.gated.listed)], sys.stdout, indent=1)


def _issue(sheet: Sheet, fate: Fate, judged: Judged) -> dict[str, Any]:
    return {
        "description": sheet.issue(fate, judged),
        "check_name": f"sla/{judged.family}",
        "fingerprint": fingerprint(fate, judged),
        "severity": _SEVERITIES.get(fate, "info"),
        "location": _location(sheet.path(judged), sheet.line_of(judged)),
    }


def _fault(sheet: Sheet, problem: Problem) -> dict[str, Any]:
    return {
        "description": fault_sentence(problem),
        "check_name": f"check/{problem.code}",
        "fingerprint": fault_fingerprint(problem),
        "severity": "blocker",
        "location": _location(sheet.prefix + (problem.path or DESK_FILE), problem.line or 1),
    }


def _location(path: str, line: int) -> dict[str, Any]:
    return {"path": path, "lines": {"begin": line}}

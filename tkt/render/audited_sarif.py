"""How does a forge's code-scanning page read an audit? As a SARIF log (tkt.render.sarif)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from tkt.audits import RULES
from tkt.audits.finding import Finding, Rule
from tkt.audits.outcome import Audited
from tkt.audits.settings import DESK
from tkt.i18n import _, render
from tkt.render.sarif import place, plain, rule, sarif_log
from tkt.render.text import clean

FINGERPRINT = "tktFinding/v1"
_INDEX = {rule.code: place for place, rule in enumerate(RULES)}


def sarif(found: Audited, *, prefix: str) -> dict[str, Any]:
    """The whole log. `prefix`: the desk's folder in its repository, "" or ending in a slash."""
    return sarif_log("tkt-audit/", [_rule(each) for each in RULES], _results(found.findings, prefix))


def _rule(it: Rule[Any]) -> dict[str, Any]:
    return rule(it.code, title=_(it.title), advice=_(it.advice), level=str(it.level))


def _results(findings: Sequence[Finding], prefix: str) -> list[dict[str, Any]]:
    """The results; findings that are alike in all but their line are numbered, as each needs its own mark."""
    seen: dict[str, int] = {}
    results = []
    for finding in findings:
        mark = _fingerprint(finding)
        seen[mark] = seen.get(mark, 0) + 1
        results.append(_result(finding, f"{mark}:{seen[mark]}", prefix))
    return results


def _result(finding: Finding, mark: str, prefix: str) -> dict[str, Any]:
    told = render(finding.message)
    if finding.hint is not None:
        told = f"{told}\n{render(finding.hint)}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": str(finding.level),
        "message": {"text": plain(told)},
        "locations": [place(prefix + (finding.path or DESK), finding.line or 1)],
        "partialFingerprints": {FINGERPRINT: mark, "primaryLocationLineHash": mark},
        "properties": _properties(finding),
    }


def _properties(finding: Finding) -> Mapping[str, str]:
    """What it is about, for programs."""
    parts = {
        "ticket": finding.ticket,
        "event": finding.event,
        "commit": finding.commit,
        "person": finding.person,
    }
    return {key: clean(value) for key, value in parts.items() if value is not None}


def _fingerprint(finding: Finding) -> str:
    """What a finding is about; a commit that was made again is another, an event is the same."""
    about = [finding.rule, finding.ticket, finding.event, *finding.key, finding.person]
    if finding.event is None:
        about += [finding.commit, None if finding.ticket else finding.path]
    return hashlib.sha256("\x1f".join(str(it or "") for it in about).encode()).hexdigest()[:32]

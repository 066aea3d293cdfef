"""How does a forge's code-scanning page read an audit? SARIF 2.1.0, an OASIS standard.

Only what such pages show: rules with their help, results with level, place and a fingerprint that stays
the same when lines move. Paths are relative to the top of the repository.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tkt import __version__
from tkt.audits import RULES
from tkt.audits.finding import Finding, Rule
from tkt.audits.outcome import Audited
from tkt.audits.settings import DESK
from tkt.i18n import _, current_language, render
from tkt.late import late
from tkt.render.text import clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "tktFinding/v1"
_LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
_INDEX = {rule.code: place for place, rule in enumerate(RULES)}
_LINK = late(r"\](?=\()")


def sarif(found: Audited, *, prefix: str) -> dict[str, Any]:
    """The whole log. `prefix`: the desk's folder in its repository, "" or ending in a slash."""
    language = _LANGUAGES[current_language()]
    driver = {
        "name": "tkt",
        "version": __version__,
        "language": language,
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "automationDetails": {"id": "tkt-audit/"},
        "invocations": [{"executionSuccessful": True}],
        "results": _results(found.findings, prefix),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule[Any]) -> dict[str, Any]:
    title, advice = _(rule.title), _(rule.advice)
    return {
        "id": rule.code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": advice},
        "defaultConfiguration": {"level": str(rule.level)},
    }


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
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(prefix + (finding.path or DESK))}}
    place["region"] = {"startLine": finding.line or 1}
    return {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": str(finding.level),
        "message": {"text": _plain(told)},
        "locations": [{"physicalLocation": place}],
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


def _uri(path: str) -> str:
    """A relative reference; bytes that are no UTF-8 are kept as they are in the path."""
    return quote(path.encode("utf-8", "surrogateescape"))


def _plain(text: str) -> str:
    """A stranger's text in a message: no control characters, and nothing that a page takes for a link."""
    return _LINK.sub("] ", clean(text))

"""The audit of a pull request, to be read as a reviewer reads it who never saw tkt.

UPDATE_GOLDEN=1 python -m pytest tests/e2e/test_audit_golden.py    writes tests/golden/audit/ anew
"""

from __future__ import annotations

import json
import re

import pytest
from goldens import golden
from helpers import DeskAtWork
from pull_request_desk import build


def steady(text: str, desk: DeskAtWork) -> str:
    """With names for commits, which are others in every run."""
    shas = desk.git("rev-list", "--reverse", "--all").split()
    for number, sha in enumerate(shas):
        text = re.sub(rf"{sha}|{sha[:10]}", f"commit-{number:03}", text)
    return text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pull_request_is_told(desk: DeskAtWork, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    base, head = build(desk)
    shown = []
    for columns, more in (("120", ()), ("60", ("--quiet",))):
        monkeypatch.setenv("COLUMNS", columns)
        answer = desk.tkt("audit", f"{base}...{head}", *more, "--lang", language, code=1)
        shown.append(
            f"$ COLUMNS={columns} {' '.join(('tkt', 'audit', f'{base}...{head}', *more))}\n{answer.out}"
        )
        assert answer.err == ""
    told = steady("\n".join(shown), desk)
    assert told == golden(f"audit/{language}.txt", told)


def test_a_pull_request_is_told_to_a_forge(desk: DeskAtWork) -> None:
    base, head = build(desk)
    answer = desk.tkt("audit", f"{base}...{head}", "--format", "sarif", code=1)
    results = json.loads(answer.out)["runs"][0]["results"]
    told = steady(json.dumps(results, indent=1, ensure_ascii=False) + "\n", desk)
    assert told == golden("audit/pull_request.sarif.json", told)

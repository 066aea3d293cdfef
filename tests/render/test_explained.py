"""Clocks explained: words before codes, open time in hours, nothing cut."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

from tkt.render.text import width

COLON, OPEN, CLOSE = "\uff1a", "\uff08", "\uff09"

IMPORTED = """\
id: 261116-CCCC1
title: E104
channel: phone
priority: P3
received_at: 2026-11-16T01:00:00Z
events:
- id: aaaa00
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: opened
  status: new
  channel: phone
- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: import:servicenow
  role: system
  auto: true
  did: imported
  source: servicenow
  row: 2
  lacks: [messages]
"""


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json(
        "new", "E104", "--channel", "wechat", "--text", "help", "--impact", "one", "--urgency", "yellow"
    )["id"]
    return found


def explained(desk: DeskAtWork, ticket: str, *more: str) -> str:
    return desk.at("2026-11-18T03:17:11Z").tkt(*more, "sla", "explain", ticket).out


def test_the_words_come_before_the_code_of_a_rule(desk: DeskAtWork, ticket: str) -> None:
    shown = explained(desk, ticket)
    assert "; the first policy that matches (sla rule P1)\n" in shown
    assert "  outside opening hours (sla rule C1)\n" in shown
    shown = explained(desk, ticket, "--lang", "zh")
    assert f"首次响应{COLON}" in shown
    assert f"工作时间以外{OPEN}SLA 规则 C1{CLOSE}\n" in shown
    assert not any(half in shown for half in (": ", ", ", " (", "["))


@pytest.mark.parametrize("columns", [40, 60, 70])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_narrow_screen_the_reason_stands_below(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = explained(desk, ticket, "--lang", language)
    assert "…" not in shown
    reason = {"en": "outside opening hours (sla rule C1)", "zh": f"工作时间以外{OPEN}SLA 规则 C1{CLOSE}"}[
        language
    ]
    assert reason in " ".join(shown.split())
    facts = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert max(map(width, facts)) <= columns


def test_open_time_is_hours_and_minutes(desk: DeskAtWork, ticket: str) -> None:
    shown = explained(desk, ticket)
    assert "16h 17m of 22h 30m used, 0m paused" in shown
    assert "6h 12m left" in shown


def test_a_clock_of_which_nothing_is_known_has_no_due_and_no_done(desk: DeskAtWork) -> None:
    desk.write("tickets/new/261116-CCCC1.yaml", IMPORTED)
    _head, *clocks = explained(desk, "261116-CCCC1").split("\n\n")
    first = next(
        it for it in clocks if it.startswith("first response: n/a (its source recorded no messages)")
    )
    assert "due" not in first
    assert "done" not in first
    assert any(it.startswith("resolution: ") for it in clocks)

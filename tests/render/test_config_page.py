"""The rules explained: what a guard asks for, and what a form offers."""

from __future__ import annotations

import pytest
from flowdesk import desk as configuration
from flowdesk import new
from helpers import DeskAtWork

from tkt import i18n
from tkt.guards import GUARDS
from tkt.render.form import form_text
from tkt.render.words import GUARD_NAMES, guard_name

COLON, OPEN, CLOSE, STOP = "\uff1a", "\uff08", "\uff09", "\u3001"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_guard_says_what_it_asks_for(language: str) -> None:
    i18n.activate(language)
    assert set(GUARD_NAMES) == set(GUARDS)
    assert all(guard_name(guard) for guard in GUARDS)


def test_the_workflow_names_each_guard_with_what_it_asks_for(desk: DeskAtWork) -> None:
    shown = desk.tkt("config", "explain", "workflow").out
    assert "            needed_fields – the fields that type and category need\n" in shown
    assert "asks – what the customer wants to happen (if type:product,service,complaint)\n" in shown
    shown = desk.tkt("--lang", "zh", "config", "explain", "workflow").out
    assert f"needed_fields{COLON}问题类型和细类所需的信息\n" in shown
    assert f"可流转到  assigned{STOP}in-progress{STOP}resolved{STOP}closed\n" in shown


def test_on_a_narrow_screen_nothing_is_cut(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    for topic in ("workflow", "priority"):
        shown = desk.tkt("config", "explain", topic).out
        assert "…" not in shown
    assert max(map(len, desk.tkt("config", "explain", "workflow").out.splitlines())) <= 50


def test_why_a_priority_was_given_is_said_in_the_readers_language(desk: DeskAtWork) -> None:
    made = desk.json(
        "new", "E104", "--channel", "phone", "--text", "help", "--impact", "one", "--urgency", "red"
    )["id"]
    shown = desk.tkt("--lang", "zh", "config", "explain", "priority", made).out
    assert f"优先级表 standard/one/red{COLON}P2" in shown
    assert "影响范围 单个客户 one" in shown


def test_a_form_offers_the_values_that_a_field_may_have() -> None:
    ticket = new(type="product")
    shown = form_text(ticket, configuration(), ("told_to_stop_using",)).splitlines()
    assert "# impact:   # many, some, one" in shown
    assert "# category:   # outage, fault, quality, mismatch, safety, data, api" in shown
    assert "# owner:   # li.wei, wang.fang" in shown
    asked = "Has the customer been told to stop using it?"
    assert f"# told_to_stop_using:   # {asked}: true, false" in shown
    i18n.activate("zh")
    shown = form_text(ticket, configuration(), ()).splitlines()
    assert f"# impact:   # 影响范围{COLON}many{STOP}some{STOP}one" in shown

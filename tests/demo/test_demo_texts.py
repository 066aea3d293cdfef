"""The texts of the demo desk: enough of them, in both languages, nothing left unfilled."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tkt.demo import PEOPLE, demo_tickets
from tkt.demo.scenarios import LANGUAGES, Scenario, phrases, scenarios
from tkt.model import Ticket
from tkt.newdesk import create_desk
from tkt.store.config import load_configuration

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TEXTS = (
    "title",
    "words",
    "question",
    "answer",
    "progress",
    "note",
    "solution",
    "thanks",
    "again",
    "solution_again",
)
KNOWN = {"name", "agent", "agent_id", "account", "order", "number"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ALL = [(language, name) for language in LANGUAGES for name in scenarios(language)]


@pytest.fixture(scope="module")
def tickets(tmp_path_factory: pytest.TempPathFactory) -> list[Ticket]:
    root = tmp_path_factory.mktemp("desk") / "desk"
    create_desk(root, people=PEOPLE)
    return list(demo_tickets(500, 2, NOW, load_configuration(root)))


def said(ticket: Ticket) -> list[str]:
    return [ticket.title, *(str(event.get("text")) for event in ticket.events if event.get("text"))]


def test_there_is_enough_to_talk_about() -> None:
    assert len(ALL) >= 20
    assert all(len(scenarios(language)) >= 10 for language in LANGUAGES)
    assert len({scenario.title for _, scenario in map(scenario_of, ALL)}) == len(ALL)


def scenario_of(key: tuple[str, str]) -> tuple[str, Scenario]:
    language, name = key
    return language, scenarios(language)[name]


@pytest.mark.parametrize("key", ALL, ids=lambda key: key[1])
def test_a_scenario_is_in_its_language_and_names_only_known_places(key: tuple[str, str]) -> None:
    language, scenario = scenario_of(key)
    for name in TEXTS:
        text = getattr(scenario, name)
        assert set(re.findall(r"\{(\w*)\}", text)) <= KNOWN | set(scenario.vary), name
        assert bool(CHINESE.search(text)) == (language == "zh"), name
    assert len(scenario.solution) > (50 if language == "zh" else 150)


@pytest.mark.parametrize("key", ALL, ids=lambda key: key[1])
def test_chinese_texts_use_chinese_punctuation(key: tuple[str, str]) -> None:
    language, scenario = scenario_of(key)
    if language == "zh":
        for name in TEXTS:
            assert not re.search(r"[\u4e00-\u9fff][,;:!?]", getattr(scenario, name)), name


def test_nothing_is_left_unfilled(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        for text in said(ticket):
            assert not re.search(r"[{}]|None", text), text
    assert not any("{" in str(value) for ticket in tickets for value in flat(ticket))


def flat(ticket: Ticket) -> list[object]:
    values = [value for value in ticket.values.values() if not isinstance(value, dict)]
    return values + [
        part for value in ticket.values.values() if isinstance(value, dict) for part in value.values()
    ]


def test_a_ticket_is_told_in_the_language_of_its_customer(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        words = next(event for event in ticket.events if event.did == "message").get("text")
        assert bool(CHINESE.search(words)) == (ticket.get("language") == "zh")


def test_no_text_is_said_twice_in_one_ticket_by_the_desk(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        texts = [event.get("text") for event in ticket.events if event.is_agent_message]
        assert len(set(texts)) == len(texts)


def test_nobody_is_asked_for_a_secret(tickets: list[Ticket]) -> None:
    """`never_ask` of config/taxonomy.yaml: a password or a code is named only to say that none is wanted."""
    for ticket in tickets:
        for event in ticket.events:
            text = str(event.get("text", ""))
            if event.is_agent_message and event.get("asks_customer"):
                for word in ("密码", "验证码", "完整证件号"):
                    if word in text:
                        assert re.search(r"不要|不需要|请勿", text), text


def test_phrases_are_there_in_both_languages() -> None:
    for language in LANGUAGES:
        found = phrases(language)
        assert found.spam
        assert found.test
        assert set(found.next) == {"answer", "chase", "check"}


def test_the_texts_are_in_the_package() -> None:
    """They ship with the wheel: beside the code, and nothing else reads them."""
    folder = Path(__file__).parents[2] / "tkt" / "demodata"
    assert {path.name for path in folder.iterdir()} == {
        "feedback.yaml",
        "knowledge",
        "lessons.yaml",
        "phrases.yaml",
        "scenarios.en.yaml",
        "scenarios.zh.yaml",
    }

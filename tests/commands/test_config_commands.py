"""`tkt config`: what is configured, in which shape, and why a rule decides as it does."""

from __future__ import annotations

import json

import pytest
from helpers import DeskAtWork
from jsonschema import Draft202012Validator

from tkt.render.text import width
from tkt.schema import FILES
from tkt.schema.schemas import SCHEMAS


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(desk: DeskAtWork, name: str) -> None:
    schema = json.loads(desk.tkt("config", "schema", name).out)
    Draft202012Validator.check_schema(schema)
    assert desk.json("config", "schema", name) == schema


def test_the_configuration_is_shown_as_it_is_read(desk: DeskAtWork) -> None:
    whole = desk.json("config", "show")
    assert set(whole) == set(FILES)
    assert desk.json("config", "show", "desk")["zone"] == "Asia/Shanghai"
    assert "moves:" in desk.tkt("config", "show", "workflow").out
    assert "did you mean workflow?" in desk.tkt("config", "show", "workflw", code=2).err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_priority_is_explained_with_the_row_that_was_used(desk: DeskAtWork, language: str) -> None:
    ticket = desk.json("new", "--channel", "phone", "--text", "x", "--impact", "some", "--urgency", "红")[
        "id"
    ]
    told = desk.json("config", "explain", "priority", ticket)["ticket"]
    assert told["priority"] == told["table_says"] == "P2"
    assert told["row"] == ["standard", "some", "red"]
    shown = desk.tkt("--lang", language, "config", "explain", "priority", ticket).out
    assert ticket in shown
    assert "blocked" in shown  # a criterion
    assert ("high" if language == "en" else "高") in shown


@pytest.mark.parametrize("priority", ["紧急", "critical", "P1", "p1"])
def test_priority_is_taken_in_the_words_people_use(desk: DeskAtWork, priority: str) -> None:
    ticket = desk.json("new", "--channel", "phone", "--text", "x")["id"]
    assert desk.json("set", ticket, f"priority={priority}", "--reason", "the boss")["priority"] == "P1"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_workflow_says_who_limit_and_output_of_each_status(desk: DeskAtWork, language: str) -> None:
    found = desk.json("--lang", language, "config", "explain", "workflow")
    assert list(found) == ["new", "assigned", "in-progress", "waiting", "resolved", "closed"]
    assert all(it["who"] and it["output"] for it in found.values())
    assert found["new"]["limit"] == "30m"
    shown = desk.tkt("--lang", language, "config", "explain", "workflow").out
    assert all(
        it["output"] in shown.replace("\n", " ") or it["output"][:12] in shown for it in found.values()
    )


def test_the_default_configuration_passes_check(desk: DeskAtWork) -> None:
    assert desk.json("check")["errors"] == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_promise_is_explained_with_the_policies_that_did_not_match(desk: DeskAtWork, language: str) -> None:
    given = ("--channel", "phone", "--text", "x", "--impact", "one", "--urgency", "green")
    ticket = desk.json("new", "E104", *given)["id"]
    told = desk.json("config", "explain", "sla", ticket)
    assert (told["policy"], told["row"]["row"], told["row"]["calendar"], told["row"]["ladder"]) == (
        "saas",
        "P3",
        "office",
        "standard",
    )
    assert told["row"]["targets_s"]["first_response"] == 2 * 3600
    assert [(it["policy"], it["holds"]) for it in told["tried"]] == [
        ("internal", False),
        ("vip", False),
        ("saas", True),
    ]
    assert told["tried"][1]["clauses"] == [{"clause": "tier:vip", "holds": False, "values": {"tier": None}}]
    shown = desk.tkt("--lang", language, "config", "explain", "sla", ticket).out
    assert "tier:vip" in shown
    assert "2026-11-16 10:00" in shown


def test_without_a_ticket_all_promises_are_listed(desk: DeskAtWork) -> None:
    told = desk.json("config", "explain", "sla")["policies"]
    assert [it["policy"] for it in told] == ["internal", "vip", "saas"]
    assert "vip: tier:vip" in desk.tkt("config", "explain", "sla").out


def test_who_is_on_call_is_told_until_when_and_who_then(desk: DeskAtWork) -> None:
    people = desk.root / "config/people.yaml"
    rota = "{start: 2026-11-16T09:00, every: 7d, people: [li.wei, wang.fang]}"
    wang = "  wang.fang: {name: Wang Fang, email: wang@desk.example, teams: [tech]}\n"
    text = people.read_text("utf-8").replace("\npeople:\n", f"\npeople:\n{wang}", 1)
    people.write_text(f"{text}on_call:\n  tech: {rota}\n", "utf-8")
    told = desk.json("config", "explain", "on-call")["teams"]
    assert told["tech"] == {
        "rota": "tech", "person": "li.wei", "until": "2026-11-23T01:00:00Z", "then": "wang.fang"
    }  # fmt: skip
    assert told["support"]["person"] is None
    shown = " ".join(desk.tkt("config", "explain", "on-call").out.split())
    assert "on call Li Wei ends 2026-11-23 09:00 then Wang Fang" in shown
    later = desk.json("config", "explain", "on-call", "--now", "2026-11-23T01:00:00Z")["teams"]
    assert later["tech"]["person"] == "wang.fang"


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_promises_fit_the_screen(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch, columns: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = desk.tkt("--lang", language, "config", "explain", "sla").out.splitlines()
    assert max(map(width, shown)) <= columns

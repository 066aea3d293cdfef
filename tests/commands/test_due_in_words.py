"""Due dates stand in words, in the zone of whoever reads: lists, pages, and what a command answers."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

from tkt.clock import parse_instant
from tkt.render.times import due_words

HOW_TO = ("--category", "how-to", "--impact", "one", "--urgency", "yellow", "--set", "complexity=simple")


def in_zone(desk: DeskAtWork, zone: str) -> None:
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8")
    assert '\n    name: "Li Wei"\n' in text
    people.write_text(
        text.replace('\n    name: "Li Wei"\n', f'\n    name: "Li Wei"\n    zone: {zone}\n'), "utf-8"
    )


def next_due(desk: DeskAtWork, zone: str = "Asia/Shanghai") -> str:
    """By when the first clock is due, in words."""
    first = min(it["due_at"] for it in desk.json("sla", "list"))
    return due_words(parse_instant(first, zone="UTC"), parse_instant(desk.now, zone="UTC"), zone)


@pytest.fixture
def made(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "120")
    found: str = desk.json(
        "new", "E104", "--channel", "phone", "--text", "help", "--from", "Zhang Wei", *HOW_TO
    )["id"]
    return found


def test_what_a_command_answers_ends_with_what_is_due_next(desk: DeskAtWork, made: str) -> None:
    told = desk.tkt("new", "x", "--channel", "phone", "--text", "x", "--from", "Z", *HOW_TO).out
    assert f" {next_due(desk)}, " in told.partition("\n  due: ")[2]
    told = desk.at("2026-11-16T02:05:00Z").tkt("take", made).out
    assert told.partition("\n  due: ")[2].startswith("first response by ")
    told = desk.tkt("reply", made, "-m", "Which version?").out
    assert "\n  due: " in told
    assert "due: first response" not in told
    assert "due: " not in desk.tkt("note", made, "-m", "asked the developers").out  # nothing is due otherwise


def test_nothing_is_due_on_what_is_solved(desk: DeskAtWork, made: str) -> None:
    solved = desk.tkt(
        "resolve", made, "--set", "owner=li.wei", "--text", "x", "--code", "answered", "--cause", "unknown", "--reply", "Menu."
    )  # fmt: skip
    assert "due: " not in solved.out


def test_lists_and_pages_say_by_when(desk: DeskAtWork, made: str) -> None:
    due = next_due(desk)
    assert due.startswith("by ")
    for command in (("list", "status:open"), ("sla", "list"), ("show", made), ("next",)):
        assert f" {due}" in desk.tkt(*command).out, command
    desk.at("2026-11-16T05:00:00Z")
    assert f" {next_due(desk)} " in desk.tkt("list", "status:open").out
    assert next_due(desk).startswith("since ")


def test_times_are_told_in_the_readers_zone_and_programs_get_utc(desk: DeskAtWork, made: str) -> None:
    before = desk.json("sla", "list")
    in_zone(desk, "Europe/Berlin")
    assert f" {next_due(desk, 'Europe/Berlin')} " in desk.tkt("list", "status:open").out
    assert "2026-11-16 03:00" in desk.tkt("show", made).out
    assert "Europe/Berlin" in desk.tkt("sla", "explain", made).out
    assert desk.json("sla", "list") == before


def test_a_zone_that_is_none_is_told_at_its_line(desk: DeskAtWork) -> None:
    in_zone(desk, "Europe/Berlim")
    told = desk.tkt("list", code=2).err
    assert "config/people.yaml:" in told
    assert "did you mean Europe/Berlin?" in told

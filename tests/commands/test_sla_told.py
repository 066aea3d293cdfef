"""What people read of clocks: promises by their words, acknowledged breaches as such, the most urgent first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import DeskAtWork

NEW = ("new", "E104", "--channel", "email", "--text", "help", "--from", "a@b.example")


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    """Monday 10:00; a call back is promised for 11:00, a task is due at 12:00, another has 4 open hours."""
    found: str = desk.json(*NEW)["id"]
    event(desk, found, did="promised", promise="p1", until="2026-11-16T03:00:00Z", text="a call back")
    event(desk, found, did="task", task="T1", title="look into the log", due="2026-11-16T04:00:00Z")
    event(desk, found, did="task", task="T2", title="ask the vendor", target="4h")
    return found


def event(desk: DeskAtWork, ticket: str, **keys: Any) -> None:
    line = json.dumps({"do": "event", "id": ticket, "event": keys})
    file = desk.write("../line.jsonl", line)
    desk.tkt("batch", str(file))


def block(text: str, head: str) -> str:
    """The lines of one clock of `sla explain`."""
    return next(it for it in text.split("\n\n") if it.startswith(head))


def test_promises_and_tasks_are_told_by_their_words(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T03:30:00Z")
    for command in (("show", ticket), ("sla", "list"), ("sla", "explain", ticket)):
        told = desk.tkt(*command).out
        assert "promise: a call back" in told, command
        assert "sub-task: look into the log" in told, command
    assert "promise: a call back" in desk.tkt("sla", "check", code=1).out
    assert "promise: a call back" in desk.tkt("sla", "check", "--format", "github", code=1).out


def test_a_fixed_time_has_no_calendar_and_no_policies(desk: DeskAtWork, ticket: str) -> None:
    shown = desk.at("2026-11-16T03:30:00Z").tkt("sla", "explain", ticket).out
    promise = block(shown, "promise: a call back: breached")
    assert "by the clock on the wall" in promise
    assert "as it was promised: " in promise
    task = block(shown, "sub-task: look into the log: running")
    assert "as the sub-task says: " in task
    for told in (promise, task):
        assert "None" not in told
        assert "policy" not in told
    assert "limit of status New (config/workflow.yaml): " in block(shown, "stage New")
    assert "as the sub-task says: 4h, " in block(shown, "sub-task: ask the vendor")


def test_what_is_late_comes_first_then_what_runs_and_the_policies_once(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T03:30:00Z")
    shown = desk.tkt("sla", "explain", ticket).out
    states = [
        line.rpartition(": ")[2] for line in shown.splitlines() if line.endswith((": breached", ": running"))
    ]
    assert states == sorted(states)
    assert states.count("breached") == 2  # the promise, and the limit of New
    assert shown.count("policy saas (everything): matches") == 1
    late = desk.tkt("sla", "explain", ticket, "--late").out
    assert "a call back: breached" in late
    assert "running" not in late
    assert [it["clock"] for it in desk.json("sla", "explain", ticket, "--late")["cycles"]] == [
        "stage:new",
        "promise:p1",
    ]


def test_a_clock_that_is_not_there_names_those_that_are(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T02:10:00Z")
    told = desk.tkt("sla", "explain", ticket, "--clock", "next_response").err
    assert "has no such clock; it has: first_response, " in told
    assert "promise:p1" in told
    assert "is breached" in desk.tkt("sla", "explain", ticket, "--late").err


def test_an_acknowledged_breach_says_who_acknowledged_it_and_why(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T03:30:00Z")
    desk.tkt("sla", "ack", ticket, "--cause", "overload", "--reason", "two were ill")
    assert "acknowledged by Li Wei: overload, 2026-11-16 11:30: two were ill" in (
        desk.tkt("sla", "explain", ticket).out
    )
    assert "acknowledged by Li Wei: overload" in desk.tkt("show", ticket).out
    listed = desk.tkt("sla", "list").out
    assert "acknowledged by" in listed.splitlines()[0]
    assert "Li Wei: overload" in listed
    (entry,) = [it for it in desk.json("sla", "list") if it["clock"] == "promise:p1"]
    assert entry["acknowledged"]["cause"] == "overload"


def test_a_query_acknowledges_what_the_check_finds_and_says_how_many(desk: DeskAtWork, ticket: str) -> None:
    other = desk.json(*NEW)["id"]
    closed = desk.json(*NEW)["id"]
    calm = desk.json(*NEW, "--now", "2026-11-16T03:29:00Z")["id"]
    desk.at("2026-11-16T03:25:00Z").tkt("spam", closed, "--reason", "x")
    desk.at("2026-11-16T03:30:00Z")
    because = ("--cause", "overload", "--reason", "two were ill")
    assert {it["id"] for it in desk.json("list", "acknowledged:no")} == {ticket, other}
    told = desk.tkt("sla", "ack", "--query", "channel:email", "--yes", *because).out
    assert "3 breaches acknowledged on 2 tickets" in told
    assert ticket in told
    assert other in told
    assert not [it for it in desk.json("show", calm)["events"] if it["did"] == "acknowledged"]
    assert desk.json("sla", "check", code=0)["breached"] == []
    assert {it["id"] for it in desk.json("list", "acknowledged:yes")} == {ticket, other}
    assert desk.json("list", "acknowledged:no") == []
    again = desk.tkt("sla", "ack", "--query", "status:all", "--yes", *because).out
    assert "breaches acknowledged on 0 tickets" in again

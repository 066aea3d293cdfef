"""`tkt sla ack`: who answers for a breach; it fails no build any more and stays in every figure."""

from __future__ import annotations

import json

import pytest
from helpers import DeskAtWork

WHY = ("--cause", "overload", "--reason", "two of us were ill")


@pytest.fixture
def late(desk: DeskAtWork) -> str:
    """A ticket whose first response is over due."""
    found: str = desk.json("new", "E104", "--channel", "phone", "--text", "help", "--from", "Zhang Wei")["id"]
    desk.at("2026-11-16T05:00:00Z")
    return found


def test_an_acknowledged_breach_stops_failing_builds_and_stays_in_the_report(
    desk: DeskAtWork, late: str
) -> None:
    clocks = ("--clock", "first_response")
    assert desk.json("sla", "check", *clocks, code=1)["breached"]
    told = desk.tkt("sla", "ack", late, *WHY).out
    assert "acknowledged the breach of first response: overload (because two of us were ill)" in told
    assert "Action: ack" in desk.git("log", "-1")
    found = desk.json("sla", "check", *clocks, code=0)
    assert [each["id"] for each in found["acknowledged"]] == [late]
    assert "1 acknowledged (1 overload)" in desk.tkt("sla", "check", *clocks).out
    figures = desk.at("2026-11-16T05:10:00Z").json("report", "kpi", "--from", "2026-11-16")["sla"]
    assert figures["first_response"]["breached"] == 1
    assert figures["acknowledged"]["overload"] == figures["acknowledged"]["n"] >= 1


def test_what_is_acknowledged_already_is_said_to_be(desk: DeskAtWork, late: str) -> None:
    desk.tkt("sla", "ack", late, *WHY)
    head = desk.git("rev-parse", "HEAD")
    again = desk.tkt("sla", "ack", late, "--cause", "outside", "--reason", "x")
    assert "nothing to change" in again.out
    assert "first response is acknowledged already: Li Wei" in again.err
    assert "overload: two of us were ill" in again.err
    assert desk.git("rev-parse", "HEAD") == head


def test_where_nothing_is_breached_the_running_clocks_are_named(desk: DeskAtWork, late: str) -> None:
    refused = desk.tkt("sla", "ack", late, "--clock", "resolution", *WHY, code=1).err
    assert "no breach" in refused
    assert "running: resolution (by " in refused
    assert "no clock resolutoin" in desk.tkt("sla", "ack", late, "--clock", "resolutoin", *WHY, code=2).err


def test_cause_and_reason_are_asked_for(desk: DeskAtWork, late: str) -> None:
    asked = desk.tkt("sla", "ack", late, "--cause", "overload", code=2).err
    assert "--cause and --reason" in asked
    assert "waiting-inside" in asked
    desk.tkt("sla", "ack", late, "--reason", "x", code=2)


def test_a_batch_acknowledges_too(
    desk: DeskAtWork, late: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = tmp_path_factory.mktemp("sent") / "lines.jsonl"
    lines.write_text(
        json.dumps({"do": "ack", "id": late, "clock": "first_response", "cause": "no-owner", "reason": "r"})
    )
    with lines.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        desk.tkt("batch")
    events = desk.json("show", late)["events"]
    assert [e["cause"] for e in events if e["did"] == "acknowledged"] == ["no-owner"]


def test_undo_takes_it_back(desk: DeskAtWork, late: str) -> None:
    desk.tkt("sla", "ack", late, *WHY)
    desk.tkt("undo")
    assert desk.json("sla", "check", "--clock", "first_response", code=1)["breached"]


def test_a_breach_is_acknowledged_at_an_instant_at_which_there_was_one(desk: DeskAtWork, late: str) -> None:
    # Monday 10:00 with two hours to the first response
    early = ("--clock", "first_response", *WHY, "--at", "2026-11-16T11:30:00+08:00")
    refused = desk.tkt("sla", "ack", late, *early, code=1).err
    assert "no breach" in refused
    assert "late since 2026-11-16T04:00:00Z" in refused
    desk.tkt("sla", "ack", late, *early[:-1], "2026-11-16T12:30:00+08:00")
    assert desk.json("show", late)["events"][-1]["at"] == "2026-11-16T04:30:00Z"


def test_a_batch_acknowledges_at_such_an_instant_too(
    desk: DeskAtWork, late: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = tmp_path_factory.mktemp("sent") / "lines.jsonl"
    given = {"clock": "first_response", "cause": "no-owner", "reason": "r", "at": "2026-11-16T03:30:00Z"}
    lines.write_text(json.dumps({"do": "ack", "id": late, **given}))
    with lines.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert "no breach" in desk.tkt("batch", code=1).err

"""`tkt sla` on the demo desk: exit codes of docs/sla.md E5, most urgent first, and why (E6)."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from helpers import DeskAtWork, small_demo

NOW = "2026-11-20T04:00:00Z"


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    monkeypatch.setenv("TKT_NOW", NOW)
    return small_demo(tmp_path / "demo", capsys, now=NOW)


def test_a_breach_is_exit_code_one_and_named_most_urgent_first(demo: DeskAtWork) -> None:
    answer = demo.tkt("sla", "check", code=1)
    data = demo.json("sla", "check", code=1)
    assert data["breached"]
    assert set(data) == {"now", "checked", "uncovered", "breached", "warned", "acknowledged"}
    for breach in data["breached"]:
        assert breach["id"] in answer.out
    order = [(breach["priority"], breach["breached_at"]) for breach in data["breached"]]
    assert order == sorted(order)
    assert {
        "id",
        "clock",
        "cycle",
        "due_at",
        "breached_at",
        "owner",
        "team",
        "priority",
        "title",
        "path",
    } <= set(data["breached"][0])


def test_before_the_first_ticket_nothing_is_breached(demo: DeskAtWork) -> None:
    assert demo.json("sla", "check", "--now", "2026-08-01T00:00:00Z")["checked"] == 0


def test_only_warnings_are_exit_code_three_where_asked_for(desk: DeskAtWork) -> None:
    asked = ("sla", "check", "--clock", "first_response")
    # given a first response that is due in 2 h, of which most is over
    desk.tkt("new", "x", "--channel", "phone", "--text", "x", "--from", "Z")
    desk.at("2026-11-16T03:55:00Z")
    assert desk.json(*asked, code=0)["warned"]
    assert desk.json(*asked, "--fail-on", "warning", code=3)["breached"] == []
    # when it runs out, it is a breach
    desk.at("2026-11-16T04:00:00Z").tkt(*asked, "--fail-on", "warning", code=3)
    desk.at("2026-11-16T04:00:01Z").tkt(*asked, "--fail-on", "warning", code=1)


def test_an_unreadable_file_and_a_breach_together_are_two_and_both_are_listed(demo: DeskAtWork) -> None:
    demo.write("tickets/new/261116-BAD01.yaml", "title: no id\n")
    answer = demo.tkt("sla", "check", code=2)
    assert "tickets/new/261116-BAD01.yaml" in answer.err
    assert "over" in answer.out


def test_closed_tickets_are_judged_only_since(demo: DeskAtWork) -> None:
    without = demo.json("sla", "check", code=1)["checked"]
    assert demo.json("sla", "check", "--since", "2026-09-01", code=1)["checked"] > without


def test_one_clock_can_be_asked_for(demo: DeskAtWork) -> None:
    found = demo.json("sla", "check", "--clock", "first_response", code=None)
    assert {breach["clock"] for breach in found["breached"]} <= {"first_response"}
    assert "no clock first_respone" in demo.tkt("sla", "check", "--clock", "first_respone", code=2).err


def test_running_clocks_come_next_due_first(demo: DeskAtWork) -> None:
    due = [entry["due_at"] for entry in demo.json("sla", "list")]
    assert due
    assert due == sorted(due)


def test_a_verdict_is_explained_without_holes(demo: DeskAtWork) -> None:
    ticket = demo.json("sla", "check", code=1)["breached"][0]["id"]
    cycles = demo.json("sla", "explain", ticket)["cycles"]
    for cycle in cycles:
        spans = cycle["intervals"]
        assert all(one["end"] == two["start"] for one, two in itertools.pairwise(spans))
        counted = sum(span["seconds"] for span in spans if span["kind"] == "counted")
        assert counted == (cycle["elapsed_s"] or 0)
    shown = demo.tkt("sla", "explain", ticket).out
    assert "open time (sla rule C3)" in shown


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_tables_fit_the_screen(
    demo: DeskAtWork, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    from tkt.render.text import width

    monkeypatch.setenv("COLUMNS", columns)
    ticket = demo.json("list")[0]["id"]
    for command in (
        ["list"],
        ["sla", "check"],
        ["sla", "list"],
        ["show", ticket],
        ["log", "-n", "20"],
        ["report", "kpi"],
    ):
        answer = demo.tkt("--lang", language, *command, code=None)
        too_wide = [line for line in answer.out.splitlines() if width(line) > max(int(columns), 78)]
        assert not too_wide, (command, too_wide[:3])


LATE_CALENDAR = """calendars:
  service:
    zone: Asia/Shanghai
    week: {}
    weeks:
    - {since: 2028-01-03, week: {mon: ["09:00-18:00"]}}
policies:
- name: everybody
  targets:
    default: {calendar: service, first_response: 1h}
    P1: {calendar: service, first_response: 1h}
    P2: {calendar: service, first_response: 1h}
    P3: {calendar: service, first_response: 1h}
    P4: {calendar: service, first_response: 1h}
"""


def test_a_calendar_that_opens_years_later_is_told_at_its_line_and_aborts_nothing(desk: DeskAtWork) -> None:
    """docs/sla.md C5."""
    desk.write("config/sla.yaml", LATE_CALENDAR)
    for title in ("x", "y"):
        desk.tkt("new", title, "--channel", "phone", "--text", title, "--from", "Z")
    for command in (("list",), ("sla", "check"), ("sla", "list"), ("report", "kpi")):
        desk.tkt(*command)
    (found,) = desk.json("check", code=1)["problems"]
    assert (found["path"], found["line"], found["code"]) == ("config/sla.yaml", 2, "sla")
    assert "calendar service" in found["message"]


def test_a_breach_that_a_later_target_does_not_clear_says_since_when_it_is_late(desk: DeskAtWork) -> None:
    """docs/sla.md L6: late at 10:15 under P1, and the due instant of P3 is yet to come."""
    given = ("--channel", "email", "--text", "x", "--from", "Z", "--priority", "P1", "--reason", "x")
    ticket = desk.json("new", "x", *given)["id"]
    desk.at("2026-11-16T02:15:01Z").tkt("set", ticket, "priority=P3", "--reason", "x")
    desk.at("2026-11-16T02:20:00Z")
    asked = ("sla", "check", "--clock", "first_response")
    assert "since 10:15 today" in desk.tkt(*asked, code=1).out
    assert "late since 2026-11-16 10:15" in desk.tkt(*asked, "--format", "github", code=1).out
    assert "late since today 10:15" in desk.tkt("show", ticket).out
    assert "  late since 2026-11-16 10:15\n" in desk.tkt("sla", "explain", ticket).out
    for command in ((*asked, "--format", "gitlab"), asked, ("sla", "list", "--clock", "first_response")):
        assert "left" not in desk.tkt(*command, code=None).out.replace("open time left", "")


def test_what_was_due_at_closing_time_is_over_though_no_open_time_has_passed(desk: DeskAtWork) -> None:
    """docs/sla.md C4: due on Monday at 18:00; nothing of the calendar is left, and nothing has gone by since."""
    desk.at("2026-11-16T08:00:00Z").tkt("new", "x", "--channel", "email", "--text", "x", "--from", "Z")
    desk.at("2026-11-16T12:00:00Z")
    only = ("--clock", "first_response")
    for command in (("sla", "check", *only), ("sla", "check", *only, "--format", "github"), ("show", "@")):
        assert "0m over" in desk.tkt(*command, code=None).out, command
        assert "  0m left" not in desk.tkt(*command, code=None).out, command

"""Plain `tkt list`: what an agent, a lead and a stranger see; saved views; the fields that they use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork, configure_git

from tkt.render.screen import Screen

OPENED = """\
id: ID
title: TITLE
channel: phone
received_at: 2026-11-16T01:00:00Z
team: support
KEYSevents:
- id: aaaa00
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: opened
  status: STATUS
  channel: phone
- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: message
  text: words
"""
ANSWER = """\
- id: aaaa02
  at: 2026-11-16T01:10:00Z
  by: li.wei
  role: agent
  did: message
  to: customer
  text: we look at it
"""
MINE = "owner: li.wei\n"
WAITS = (
    MINE + "waiting:\n  on: vendor\n  for: the board\n  until: 2026-11-18T01:00:00Z\n"
    "  since: 2026-11-16T01:10:00Z\n"
)


def put(desk: DeskAtWork, name: str, status: str, keys: str = "", more: str = "") -> str:
    text = OPENED.replace("ID", name, 1).replace("TITLE", f"ticket {name[-5:]}")
    text = text.replace("KEYS", keys).replace("STATUS", "in-progress" if status == "resolved" else status)
    place = f"{status}/2026-11" if status == "closed" else status
    desk.write(f"tickets/{place}/{name}.yaml", text + more)
    return name


def without_a_lead(desk: DeskAtWork) -> None:
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8")
    assert 'lead: "li.wei"' in text
    people.write_text(text.replace('lead: "li.wei"', "# lead: li.wei"), "utf-8")


@pytest.fixture
def agents(desk: DeskAtWork) -> DeskAtWork:
    """A desk on which Li Wei leads nobody."""
    without_a_lead(desk)
    return desk


def ids(desk: DeskAtWork, *words: str) -> list[str]:
    return [row["id"] for row in desk.json("list", *words)]


def test_an_agent_sees_where_the_ball_is_with_them_unanswered_customers_first(agents: DeskAtWork) -> None:
    put(agents, "261116-AAAA1", "in-progress", MINE + "priority: P1\n", ANSWER)  # answered; due sooner
    put(agents, "261116-AAAA2", "in-progress", MINE + "priority: P4\n")
    put(agents, "261116-AAAA3", "waiting", WAITS, ANSWER)
    put(agents, "261116-AAAA4", "in-progress", "owner: wang.fang\n")
    put(agents, "261116-AAAA5", "new")
    assert ids(agents) == ["261116-AAAA2", "261116-AAAA1"]
    told = agents.tkt("list").err
    assert "1 waiting for others: tkt list @waiting" in told
    assert "1 free to take: tkt list @pool" in told
    assert ids(agents, "@waiting") == ["261116-AAAA3"]
    assert ids(agents, "@pool") == ["261116-AAAA5"]


def test_a_customer_who_waits_for_an_answer_is_shown_though_a_vendor_is_waited_for(
    agents: DeskAtWork,
) -> None:
    put(agents, "261116-AAAA1", "waiting", WAITS)
    put(agents, "261116-AAAA2", "waiting", WAITS, ANSWER)
    assert ids(agents) == ["261116-AAAA1"]
    assert ids(agents, "@waiting") == ["261116-AAAA2"]
    assert agents.json("next")["ticket"]["id"] == "261116-AAAA1"


def test_an_agent_to_whom_nothing_is_left_is_told_what_there_is(agents: DeskAtWork) -> None:
    put(agents, "261116-AAAA5", "new")
    answer = agents.tkt("list")
    assert answer.out == ""
    assert answer.err == "note: nothing waits for you\nnote: 1 free to take: tkt list @pool\n"


def test_a_desk_may_say_what_is_mine_and_may_have_no_view_of_what_waits(agents: DeskAtWork) -> None:
    agents.write("config/views.yaml", "views:\n  mine: 'owner:me tag:now'\n")
    put(agents, "261116-AAAA1", "in-progress", MINE + "tags: [now]\n")
    put(agents, "261116-AAAA2", "in-progress", MINE)
    put(agents, "261116-AAAA3", "waiting", WAITS, ANSWER)
    assert ids(agents) == ["261116-AAAA1"]
    told = agents.tkt("list").err
    assert (
        "1 waiting for others: tkt list owner:me status:open waiting_on:customer,vendor -needs:reply" in told
    )


def test_a_lead_sees_the_team_and_how_much_is_elsewhere(desk: DeskAtWork) -> None:
    people = desk.root / "config/people.yaml"
    staff = '\n  "wang.fang":\n    name: "Wang Fang"\n    email: wf@desk.example\n    teams: [tech]\n'
    people.write_text(people.read_text("utf-8").replace("people:\n", f"people:{staff}", 1), "utf-8")
    put(desk, "261116-AAAA1", "in-progress", "owner: wang.fang\n")
    put(desk, "261116-AAAA2", "waiting", WAITS, ANSWER)
    file = desk.path(put(desk, "261116-AAAA3", "new"))
    file.write_text(file.read_text().replace("team: support", "team: tech"))
    file = desk.path(put(desk, "261116-AAAA4", "new"))
    file.write_text(file.read_text().replace("team: support", "team: finance"))  # nobody is in it
    assert sorted(ids(desk)) == ["261116-AAAA1", "261116-AAAA2", "261116-AAAA4"]
    assert desk.tkt("list").err == "note: 1 open elsewhere: tkt list status:open\n"


def test_a_stranger_sees_all_that_is_open_and_how_to_be_known(desk: DeskAtWork) -> None:
    configure_git(Path(os.environ["HOME"]), "Zoë", "zoe.b@else.example")
    put(desk, "261116-AAAA1", "in-progress", MINE)
    put(desk, "261116-AAAA2", "closed")
    assert ids(desk) == ["261116-AAAA1"]
    told = desk.tkt("list").err
    assert "nobody in config/people.yaml has the address zoe.b@else.example" in told
    line = '"zoe.b": {"name": "Zoë", "email": "zoe.b@else.example"}'
    assert line in told
    people = desk.root / "config/people.yaml"
    people.write_text(people.read_text("utf-8").replace("people:\n", f"people:\n  {line}\n", 1), "utf-8")
    assert "nobody in" not in desk.tkt("list").err  # what is told can be pasted


def test_without_an_address_it_is_told_how_to_give_one(desk: DeskAtWork) -> None:
    Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text("")
    put(desk, "261116-AAAA1", "in-progress", MINE)
    answer = desk.tkt("list")
    assert "261116-AAAA1" in answer.out
    assert "git config --global user.email" in answer.err


def test_at_a_terminal_the_counts_end_the_list(agents: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    put(agents, "261116-AAAA1", "in-progress", MINE)
    put(agents, "261116-AAAA3", "waiting", WAITS, ANSWER)
    screen = Screen(columns=80, is_terminal=True, has_colour=True)
    monkeypatch.setattr(Screen, "of_this_process", classmethod(lambda _cls: screen))
    answer = agents.tkt("list")
    assert answer.err == ""
    assert answer.out.splitlines()[-1] == "\x1b[2m1 waiting for others: tkt list @waiting\x1b[0m"
    assert "261116-\x1b[1mAAAA1\x1b[0m" in answer.out


# --- saved views ---


def test_views_are_named_with_others_words_and_denied(desk: DeskAtWork) -> None:
    put(desk, "261116-AAAA1", "in-progress", MINE + "priority: P1\n")
    put(desk, "261116-AAAA2", "new", "priority: P1\n")
    put(desk, "261116-AAAA3", "new", "priority: P2\n")
    assert ids(desk, "@pool") == ["261116-AAAA2", "261116-AAAA3"]
    assert ids(desk, "@pool", "priority:P1") == ["261116-AAAA2"]
    assert ids(desk, "＠pool priority:P1") == ["261116-AAAA2"]
    assert ids(desk, "(@pool OR @mine) priority:P1") == ["261116-AAAA1", "261116-AAAA2"]
    assert ids(desk, "-@pool", "status:open") == ["261116-AAAA1"]
    assert ids(desk, '"@pool"') == []  # in quotes it is text
    assert "did you mean pool?" in desk.tkt("list", "@pol", code=2).err


def test_views_are_listed_with_their_queries_and_counts(desk: DeskAtWork) -> None:
    put(desk, "261116-AAAA2", "new")
    desk.write("config/views.yaml", "views:\n  pool: 'team:mine owner:none status:open'\n  everything: ''\n")
    assert (
        desk.json("list", "@")
        == desk.json("list", "--views")
        == [
            {"view": "pool", "query": "team:mine owner:none status:open", "count": 1},
            {"view": "everything", "query": "", "count": 1},
        ]
    )
    assert "@pool" in desk.tkt("list", "@").out
    desk.write("config/views.yaml", "views: {}\n")
    assert desk.tkt("list", "@").err == "note: no views: config/views.yaml holds them\n"


def test_every_view_of_a_new_desk_finds_what_it_is_for(agents: DeskAtWork) -> None:
    reply = put(agents, "261116-AAAA1", "in-progress", MINE + "priority: P1\nnext_action: {what: answer}\n")
    waits = put(agents, "261116-AAAA2", "waiting", WAITS, ANSWER)
    free = put(agents, "261116-AAAA3", "new")
    told = "- id: aaaa03\n  at: 2026-11-16T01:20:00Z\n  by: li.wei\n  role: agent\n  did: moved\n" + (
        "  from: in-progress\n  to: resolved\n"
    )
    untold = put(agents, "261116-AAAA4", "resolved", MINE, ANSWER + told)
    agents.at("2026-11-19T02:00:00Z")
    found = {view: set(ids(agents, f"@{view}")) for view in ("mine", "waiting", "answer", "pool", "team")}
    assert found == {
        "mine": {reply},
        "waiting": {waits},
        "answer": {reply},
        "pool": {free},
        "team": {reply, waits, free},
    }
    assert set(ids(agents, "@late")) >= {reply}
    assert ids(agents, "@untold") == [untold]
    assert set(ids(agents, "@stale")) == {reply, waits, free}
    assert ids(agents, "@chase") == [waits]


def test_the_fields_of_daily_work_can_be_asked_for(desk: DeskAtWork) -> None:
    reopened = (
        "- {id: aaaa03, at: 2026-11-16T01:20:00Z, by: li.wei, role: agent, did: moved, from: in-progress, to: resolved}\n"
        "- {id: aaaa04, at: 2026-11-16T01:30:00Z, by: li.wei, role: agent, did: moved, from: resolved, to: in-progress}\n"
    )
    rated = "- {id: aaaa05, at: 2026-11-16T01:40:00Z, by: zhang@acme.example, role: customer, did: rated, score: 2}\n"
    one = put(desk, "261116-AAAA1", "in-progress", MINE, ANSWER + reopened + rated)
    two = put(desk, "261116-AAAA2", "waiting", WAITS, ANSWER)
    comment = desk.path(put(desk, "261116-AAAA3", "new"))
    derived = next(
        name
        for name, it in desk.json("config", "show", "channels")["channels"].items()
        if it.get("class") == "derived"
    )
    comment.write_text(comment.read_text().replace("channel: phone", f"channel: {derived}"))
    three = "261116-AAAA3"
    desk.at("2026-11-19T02:00:00Z")
    asked = {
        "needs:reply": [three],
        "reopens:>0": [one],
        "csat:<=2": [one],
        "waiting_on:vendor": [two],
        "until:past": [two],
        "untouched:<73h": [one, two],
        "channel.class:derived": [three],
        "told:no": [],
    }
    assert {query: sorted(ids(desk, query)) for query in asked} == asked


# --- order ---


def test_a_list_is_sorted_by_fields_on_request(desk: DeskAtWork) -> None:
    put(desk, "261116-AAAA1", "new", "priority: P2\n")
    put(desk, "261116-AAAA2", "new", "priority: P1\n")
    put(desk, "261116-AAAA3", "new")
    put(desk, "261116-AAAA4", "new", "priority: P2\n")
    order = ["261116-AAAA2", "261116-AAAA4", "261116-AAAA1", "261116-AAAA3"]
    assert ids(desk, "--sort", "priority,-id", "status:open") == order
    assert ids(desk, "--sort", "优先级，-编号", "status:open") == order
    assert ids(desk, "--sort=-priority", "status:open")[-1] == "261116-AAAA3"  # what has none comes last
    assert "did you mean priority?" in desk.tkt("list", "--sort", "prioirty", code=2).err


# --- pipes ---


def test_in_a_pipe_every_line_arrives_uncut_and_without_colours(desk: DeskAtWork) -> None:
    title = "开票时报错，" * 30
    for number in range(60):
        file = desk.path(put(desk, f"261116-AAA{number:02}", "new"))
        file.write_text(file.read_text("utf-8").replace("title: ticket", f"title: {title}"), "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-m", "tkt", "-C", str(desk.root), "list"],
        capture_output=True,
        text=True,
        check=True,
        env=environment | {"TERM": "xterm-256color"},
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 61
    assert all(title in line for line in lines[1:])
    assert "\x1b" not in done.stdout

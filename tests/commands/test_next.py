"""`tkt next`: which ticket, why that one, and what to do about it."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork
from test_plain_list import ANSWER, MINE, WAITS, put, without_a_lead


@pytest.fixture
def agents(desk: DeskAtWork) -> DeskAtWork:
    without_a_lead(desk)
    return desk


def why(desk: DeskAtWork, *words: str) -> tuple[str, str]:
    found = desk.json("next", *words)
    return found["ticket"]["id"][-5:], found["why"]


def remove(desk: DeskAtWork, name: str) -> None:
    desk.path(name).unlink()


def test_the_order_is_answer_late_soon_planned_chase_free_calm(agents: DeskAtWork) -> None:
    """Each is next once the one before it is gone."""
    planned = MINE + "priority: P4\nnext_action: {who: li.wei, what: call, by: 2026-11-16T01:30:00Z}\n"
    put(agents, "261116-CA1M1", "in-progress", MINE + "priority: P4\n", ANSWER)
    put(agents, "261116-FREE1", "new", "priority: P2\n")
    put(agents, "261116-FREE2", "new", "priority: P1\n")
    past = WAITS.replace("until: 2026-11-18", "until: 2026-11-16")
    put(agents, "261116-CHASE", "waiting", past + "priority: P4\n", ANSWER)
    put(agents, "261116-WA1T1", "waiting", WAITS + "priority: P4\n", ANSWER)
    put(agents, "261116-P1AN1", "in-progress", planned, ANSWER)
    progress = ANSWER.replace("aaaa02", "aaaa03").replace("01:10", "05:30")  # a P1 hears of us every hour
    put(agents, "261116-S00N1", "in-progress", MINE + "priority: P1\n", ANSWER + progress)
    put(agents, "261116-REP1Y", "in-progress", MINE + "priority: P4\n")
    agents.at("2026-11-16T06:00:00Z")
    order = []
    for _ in range(9):
        answer = agents.tkt("next", "--json", code=None)
        if answer.code:
            break
        found = answer.data
        order.append((found["ticket"]["id"][-5:], found["why"]))
        remove(agents, found["ticket"]["id"])
    assert order == [
        ("REP1Y", "reply"),
        ("S00N1", "soon"),
        ("P1AN1", "planned"),
        ("CHASE", "chase"),
        ("FREE2", "free"),
        ("FREE1", "free"),
        ("CA1M1", "calm"),
    ]
    assert answer.code == 1  # what waits in time is nothing to take up
    assert answer.data is None
    assert agents.tkt("next", code=1).err.startswith("note: nothing to take up")


def test_late_comes_before_soon_and_a_query_narrows_it(agents: DeskAtWork) -> None:
    put(agents, "261116-1ATE1", "in-progress", MINE + "priority: P1\ntags: [a]\n", ANSWER)
    put(agents, "261116-REP1Y", "in-progress", MINE + "priority: P4\n")
    agents.at("2026-11-17T02:00:00Z")
    assert why(agents) == ("REP1Y", "reply")
    assert why(agents, "tag:a") == ("1ATE1", "late")
    assert why(agents, "-tag:a") == ("REP1Y", "reply")
    assert agents.json("next", "tag:nobody-has", code=1) is None


@pytest.mark.parametrize("answered", ["", ANSWER])
def test_of_what_is_overdue_the_higher_priority_is_next(agents: DeskAtWork, answered: str) -> None:
    """A P2 that is over for longer does not come before a P1; in time the next due does."""
    put(agents, "261116-0VER2", "in-progress", MINE + "priority: P2\n", answered)
    put(agents, "261116-0VER1", "in-progress", MINE + "priority: P1\n", answered)
    late = agents.path("261116-0VER1")
    late.write_text(late.read_text().replace("2026-11-16T01:", "2026-11-17T01:"))
    agents.at("2026-11-30T02:00:00Z")
    due = {row["id"]: row["due_at"] for row in agents.json("list", "status:open")}
    assert due["261116-0VER2"] < due["261116-0VER1"]
    assert why(agents) == ("0VER1", "late" if answered else "reply")


def test_the_page_says_why_and_what_can_be_pasted(agents: DeskAtWork) -> None:
    put(agents, "261116-REP1Y", "in-progress", MINE + "priority: P2\n")
    told = agents.tkt("next").out
    assert told.splitlines()[0] == "261116-REP1Y  ticket REP1Y"
    assert "the customer wrote 1h ago: due" in told
    assert "| words" in told
    assert '  tkt reply 261116-REP1Y --text "…"' in told


def test_a_thank_you_suggests_that_no_reply_is_needed(agents: DeskAtWork) -> None:
    thanks = (
        "- id: aaaa03\n  at: 2026-11-16T01:20:00Z\n  by: zhang@acme.example\n  role: customer\n"
        "  did: message\n  text: 收到谢谢\n"
    )
    put(agents, "261116-REP1Y", "in-progress", MINE, ANSWER + thanks)
    assert "tkt noreply 261116-REP1Y" in agents.json("next")["commands"]


def test_what_is_shown_is_the_ticket_named_last(agents: DeskAtWork) -> None:
    put(agents, "261116-REP1Y", "in-progress", MINE)
    agents.tkt("next")
    agents.tkt("note", "@", "--text", "seen")
    assert "text: seen" in agents.path("261116-REP1Y").read_text()


def test_take_takes_it_and_refuses_as_take_does(agents: DeskAtWork) -> None:
    agents.tkt("new", "invoice", "--channel", "phone", "--text", "E104", "--quick")
    (ticket,) = agents.json("list", "status:open")
    assert agents.tkt("next", "--take", code=1).err.startswith("error:")
    agents.tkt("set", ticket["id"], "category=how-to", "impact=one", "urgency=green", "customer=acme")
    agents.tkt("set", ticket["id"], "complexity=simple", "contact.name=Zhang")
    found = agents.json("next", "--take")
    assert (found["owner"], found["status"]) == ("li.wei", "in-progress")
    page = agents.tkt("next", "--take").out  # it is mine and at work already
    assert "tkt resolve" in page


def test_long_words_are_cut_and_strangers_text_is_harmless(agents: DeskAtWork) -> None:
    file = agents.path(put(agents, "261116-REP1Y", "in-progress", MINE))
    text = file.read_text().replace("text: words", 'text: "\\e[31mred\\e[0m ' + "many words " * 100 + '"')
    file.write_text(text)
    told = agents.tkt("next").out
    assert "\x1b" not in told
    assert "| …" in told


def test_what_was_planned_before_a_wait_makes_no_ticket_next(agents: DeskAtWork) -> None:
    """Once the question is asked, "answer the customer" is done, though its date passes."""
    action = "next_action: {who: owner, what: answer the customer, by: 2026-11-16T03:00:00Z}\n"
    moved = (
        "- id: aaab00\n  at: 2026-11-16T01:20:00Z\n  by: li.wei\n  did: moved\n  from: in-progress\n"
        "  to: waiting\n  waiting:\n    on: customer\n    for: the log\n    until: 2026-11-18T01:00:00Z\n"
    )
    waits = WAITS.replace("vendor", "customer").replace("the board", "the log")
    put(agents, "261116-WA1T1", "waiting", waits + action, ANSWER + moved)
    agents.at("2026-11-16T06:00:00Z")
    assert agents.json("next", code=1) is None
    assert "answer the customer" not in agents.tkt("show", "WA1T1", "--brief").out

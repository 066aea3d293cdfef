"""`tkt batch`: all operations with one commit, or none, on a real desk."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from helpers import Answer, DeskAtWork

NEW = {
    "do": "new",
    "as": "a",
    "channel": "email",
    "title": "E104",
    "text": "help",
    "from": "zhang@acme.example",
}
FORM = {
    "product": "invoicing", "model": "v2", "occurred_at": "2026-11-15", "symptom": "E104", "steps": "submit",
    "evidence": "shot", "account": "acme", "environment": "production", "expected": "an invoice", "asks": "an invoice",
}  # fmt: skip
TRIAGE = {"category": "product/fault", "impact": "some", "urgency": "red", **FORM}


def batch(
    desk: DeskAtWork, *lines: dict[str, Any] | str, args: tuple[str, ...] = (), code: int = 0
) -> Answer:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    file = desk.root.parent / "lines.jsonl"
    file.write_text(text, "utf-8")
    return desk.tkt("batch", str(file), *args, code=code)


def did(desk: DeskAtWork, *lines: dict[str, Any], args: tuple[str, ...] = ()) -> dict[str, Any]:
    found: dict[str, Any] = batch(desk, *lines, args=(*args, "--json")).data
    return found


def head(desk: DeskAtWork) -> str:
    return desk.git("rev-parse", "HEAD").strip()


def test_many_operations_are_one_commit(desk: DeskAtWork) -> None:
    answer = did(
        desk,
        NEW,
        {"do": "set", "id": "$a", "set": TRIAGE},
        {"do": "take", "id": "$a"},
        {"do": "reply", "id": "$a", "text": "Try again.", "and": "wait", "for": "a try"},
        {"do": "heard", "id": "$a", "text": "It works."},
        {"do": "note", "id": "$a", "text": "fixed in 2.1", "decision": True, "spent": "15m"},
        {"do": "tag", "id": "$a", "add": ["invoice", "v2"]},
        {"do": "assign", "id": "$a", "team": "finance"},
        {
            "do": "resolve",
            "id": "$a",
            "code": "fixed",
            "cause": "product",
            "text": "2.1",
            "reply": "Thank you.",
        },
        {"do": "close", "id": "$a", "confirmed": "mail"},
        {"do": "reopen", "id": "$a", "next": "look again"},
    )
    assert [line["did"] for line in answer["lines"]] == ["created", *["changed"] * 10]
    (ticket,) = {line["id"] for line in answer["lines"]}
    assert answer["lines"][0]["as"] == "a"
    assert answer["written"]["paths"] == [f"tickets/in-progress/{ticket}.yaml"]
    assert desk.git("rev-list", "--count", "HEAD").strip() == "2"
    shown = desk.json("show", ticket)
    assert (shown["status"], shown["owner"], shown["tags"]) == ("in-progress", "li.wei", ["invoice", "v2"])
    assert desk.tkt("check").code == 0


def test_spam_duplicate_and_back(desk: DeskAtWork) -> None:
    answer = did(
        desk,
        NEW,
        {**NEW, "as": "b"},
        {**NEW, "as": "c"},
        {"do": "spam", "id": "$a"},
        {"do": "duplicate", "id": "$b", "of": "$c"},
        {"do": "not-spam", "id": "$a"},
        {"do": "noreply", "id": "$c", "reason": "told by phone"},
    )
    assert {line["status"] for line in answer["lines"] if line["did"] == "created"} == {"new", "closed"}
    assert desk.tkt("check").code == 0


def test_one_faulty_line_and_nothing_is_written(desk: DeskAtWork) -> None:
    before = head(desk)
    answer = batch(
        desk,
        NEW,
        "not json",
        {"do": "note", "id": "$a", "txt": "x"},
        {"do": "note", "id": "ZZZZ", "text": "x"},
        {"do": "set", "id": "$b", "set": {"urgency": "red"}},
        {**NEW, "as": "c"},
        {"do": "resolve", "id": "$c"},
        code=2,
    )
    assert [line.split(":")[2] for line in answer.err.splitlines() if line.startswith("error:")] == list(
        "23457"
    )
    assert "cannot go to resolved yet" in answer.err
    assert '"code": "…"' in answer.err
    assert head(desk) == before
    assert desk.git("status", "--short") == ""
    assert not list(desk.root.glob("tickets/new/2*"))


def test_every_fault_is_an_object_for_a_program(desk: DeskAtWork) -> None:
    answer = batch(desk, {"do": "nte"}, {"do": "note", "id": "ZZZZ", "text": "x"}, args=("--json",), code=2)
    problems = answer.error["problems"]
    assert [(it["line"], it["code"]) for it in problems] == [(1, "batch"), (2, "not-found")]
    assert all(it["path"].endswith("lines.jsonl") for it in problems)


def test_where_the_rules_alone_say_no_the_answer_is_no(desk: DeskAtWork) -> None:
    batch(desk, NEW, {"do": "resolve", "id": "$a"}, code=1)


def test_what_follows_a_faulty_line_about_the_same_ticket_is_not_judged(desk: DeskAtWork) -> None:
    ticket = did(desk, NEW)["lines"][0]["id"]
    answer = batch(
        desk,
        {"do": "set", "id": ticket, "set": {"urgency": "rde"}},
        {"do": "resolve", "id": ticket[-5:]},
        {"do": "new", "as": "b"},
        {"do": "note", "id": "$b", "text": "x"},
        code=2,
    )
    assert [line.split(":")[2] for line in answer.err.splitlines() if line.startswith("error:")] == list("13")


def test_at_most_a_hundred_faulty_lines_are_told(desk: DeskAtWork) -> None:
    answer = batch(desk, *["x"] * 150, code=2)
    assert answer.err.count("is no JSON") == 100
    assert "those that follow were not looked at" in answer.err


def test_a_dry_run_tells_and_writes_nothing(desk: DeskAtWork) -> None:
    before = head(desk)
    answer = batch(desk, NEW, {"do": "note", "id": "$a", "text": "x"}, args=("--dry-run",))
    assert "2 lines: 1 new, 1 changed; nothing was written: --dry-run" in answer.out
    found = did(desk, NEW, args=("--dry-run",))
    assert found["dry_run"]
    assert found["lines"][0]["path"].startswith("tickets/new/")
    assert head(desk) == before
    assert desk.git("status", "--short") == ""


def test_sent_again_it_is_refused_or_skipped(desk: DeskAtWork) -> None:
    lines = ({**NEW, "source": "crm", "external_id": "77"}, {"do": "note", "id": "$a", "text": "x"})
    did(desk, *lines)
    before = head(desk)
    assert "has number 77 of crm already" in batch(desk, *lines, code=1).err
    again = did(desk, *lines, args=("--skip-known",))
    assert (again["skipped"], again["written"]["commit"]) == (2, None)
    assert head(desk) == before
    other = {**NEW, "source": "mail", "external_id": "77"}
    assert did(desk, other, args=("--skip-known",))["created"] == 1
    assert (
        "has number 78" in batch(desk, *[{**other, "as": x, "external_id": "78"} for x in "bc"], code=1).err
    )


@pytest.mark.parametrize("number", ["77", "a,b", 'x"y', "it's", "# 7", "发票-1", "a\tb", "null", "{1}"])
def test_a_number_is_known_again_however_a_file_writes_it(desk: DeskAtWork, number: str) -> None:
    line = {**NEW, "source": "crm", "external_id": number}
    did(desk, line)
    assert did(desk, line, args=("--skip-known",))["skipped"] == 1


def test_raw_events_are_judged_by_their_kind(desk: DeskAtWork) -> None:
    def event(**keys: Any) -> dict[str, Any]:
        return {"do": "event", "id": "$a", "event": keys}

    customer = {"by": "zhang@acme.example", "role": "customer"}
    answer = did(
        desk,
        NEW,
        event(did="promised", promise="p1", until="2026-11-17T18:00:00+08:00", text="a call"),
        event(did="kept", promise="p1"),
        event(did="rated", survey="s", kind="csat", score=5, scale=5, solved=True, **customer),
        event(
            did="queued",
            notice="n1",
            channel="email",
            to="zhang@acme.example",
            by="rule:notify",
            role="system",
        ),
        event(did="message", text="From the mailbox", mail={"message_id": "<1@x>"}, via="email", **customer),
    )
    events = desk.json("show", answer["lines"][0]["id"])["events"]
    by_kind = {it["did"]: it for it in events}
    assert by_kind["promised"]["until"] == "2026-11-17T10:00:00Z"
    assert (by_kind["rated"]["by"], by_kind["rated"]["role"]) == ("zhang@acme.example", "customer")
    assert by_kind["queued"]["auto"]
    assert [it["at"] for it in events] == sorted(it["at"] for it in events)
    for wrong, said in (
        (event(did="moved", to="closed"), "start, wait"),
        (event(did="set", field="title"), "tag"),
        (event(did="ratd"), "rated"),
        (event(did="rated", scor=5), "score"),
        (event(did="rated", score="five"), "expected a number"),
        (event(did="promised"), '"promise" is missing'),
        (event(did="promised", promise="p1"), '"until" is missing'),
        (event(did="promised", promise="p1", until="tomorrow"), "not an instant"),
        (event(did="promised", promise="p1", until={"at": "noon"}), "expected an instant"),
        (event(did="kept", promise="p1"), "no promise p1"),
        (event(did="task", title="look"), '"task" is missing'),
        (event(did="task", task="T1", target="2 days"), "a day is ambiguous"),
        (event(did="task", task="T1", target="0m"), "longer than 0"),
        (event(did="task", task="T1", target=90), "expected open time"),
        (event(did="task", task="T1", due="soon"), "not an instant"),
        (event(did="task", task="T1", owner="stranger"), "no person stranger"),
        (event(did="task-done", task="T1"), "no task T1"),
        (event(did="task-changed", task="T1", due="2026-11-17T18:00"), "there is none"),
        (event(did="note", text="x", by="stranger"), "no person stranger"),
        (event(did="rated", role="customer"), '"by" is missing'),
        (event(score=5), '"did" is nothing'),
    ):
        assert said in batch(desk, NEW, wrong, code=2).err


def test_an_event_is_taken_back_with_its_effect(desk: DeskAtWork) -> None:
    ticket = did(desk, NEW, {"do": "set", "id": "$a", "set": {"product": "invoicing"}})["lines"][0]["id"]
    set_ = next(it for it in desk.json("show", ticket)["events"] if it.get("field") == "product")
    did(desk, {"do": "event", "id": ticket, "event": {"did": "corrected", "event": set_["id"]}})
    assert desk.json("show", ticket).get("product") is None
    assert desk.tkt("check").code == 0


def test_a_line_says_who_when_and_why_else_the_command_does(desk: DeskAtWork) -> None:
    desk.write("config/people.yaml", (desk.root / "config/people.yaml").read_text("utf-8").replace(
        "people:\n", "people:\n  robot:\n    name: Robot\n    kind: bot\n    teams: [support]\n", 1
    ))  # fmt: skip
    desk.git("commit", "-qam", "robot")
    late = {
        "do": "note",
        "id": "$a",
        "text": "x",
        "at": "2026-11-16T01:30:00Z",
        "by": "li.wei",
        "reason": "late",
    }
    lines = ({**NEW, "at": "2026-11-16T01:00:00Z"}, late, {"do": "note", "id": "$a", "text": "y"})
    ticket = did(desk, *lines, args=("--by", "robot", "--reason", "imported"))["lines"][0]["id"]
    one, other = (it for it in desk.json("show", ticket)["events"] if it["did"] == "note")
    assert (one["by"], one["reason"], one["at"]) == ("li.wei", "late", "2026-11-16T01:30:00Z")
    assert (other["by"], other["auto"], other["reason"]) == ("robot", True, "imported")


def test_the_customer_is_known_by_the_contact(desk: DeskAtWork) -> None:
    desk.write(
        "customers/acme.yaml",
        "name: ACME\ntier: vip\ncontacts:\n- {name: Zhang, email: zhang@acme.example}\n",
    )
    desk.git("add", "-A")
    desk.git("commit", "-qm", "acme")
    ticket = did(desk, NEW)["lines"][0]["id"]
    shown = desk.json("show", ticket)
    assert (shown["customer"], shown["tier"]) == ("acme", "vip")


def test_a_call_that_was_solved_at_once(desk: DeskAtWork) -> None:
    line = {**NEW, "raised": "live", "resolved": "told how", "code": "answered", "set": {**TRIAGE}}
    answer = did(desk, line)
    assert answer["lines"][0]["status"] == "resolved"
    assert "code and cause belong to" in batch(desk, {**NEW, "code": "fixed"}, code=2).err


def test_it_reads_standard_input(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(NEW).encode())))
    assert "1 line: 1 new" in desk.tkt("batch").out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n\n")))
    assert "there was no operation" in desk.tkt("batch", "-").out


def test_a_terminal_is_told_what_is_waited_for(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b""))
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", stream)
    assert "waiting for operations" in desk.tkt("batch").err


def test_what_no_text_can_hold_is_left_out_and_told(desk: DeskAtWork) -> None:
    assert "1 character was left out" in batch(desk, {**NEW, "text": "a\0b"}).err


def test_a_hook_of_git_that_refuses_leaves_nothing(desk: DeskAtWork) -> None:
    desk.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n").chmod(0o755)
    batch(desk, NEW, {**NEW, "as": "b"}, code=2)
    assert desk.git("status", "--short", "--untracked-files=all") == ""


def test_a_missing_file_is_named(desk: DeskAtWork) -> None:
    assert "there is no such file" in desk.tkt("batch", "nope.jsonl", code=2).err

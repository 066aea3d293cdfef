"""`tkt tick` over the life of tickets: waits, reminders, closing, on real desks and in two clones."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from helpers import DeskAtWork

NEW = ("new", "E104", "--channel", "email", "--text", "help", "--from", "Anna <anna@b.example>")
TRIAGE = ("category=inquiry/how-to", "impact=one", "urgency=green", "complexity=simple", "asks=help")
DONE = ("--code", "answered", "--cause", "unknown", "-m", "Explained.", "--reply", "It is explained here.")
CHANNELS = "config/channels.yaml"


@pytest.fixture
def sending(desk: DeskAtWork) -> DeskAtWork:
    """A desk that delivers mail, without ladders."""
    edit(desk, CHANNELS, "sender: false", "sender: true")
    edit(desk, "config/sla.yaml", "ladder: ", "#ladder: ", count=-1)
    desk.git("commit", "-qam", "sender")
    return desk


def edit(desk: DeskAtWork, path: str, old: str, new: str, count: int = 1) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), "utf-8")


def waiting(desk: DeskAtWork) -> str:
    """Monday 16 November 10:00: asked, and waiting until the 19th."""
    ticket = begun(desk)
    desk.tkt("reply", ticket, "-m", "Which browser?")
    desk.tkt("wait", ticket, "--on", "customer", "--for", "the browser")
    return ticket


def resolved(desk: DeskAtWork, *more: str) -> str:
    ticket = begun(desk)
    desk.tkt("resolve", ticket, *(more or DONE))
    return ticket


def begun(desk: DeskAtWork) -> str:
    ticket: str = desk.json(*NEW)["id"]
    desk.tkt("set", ticket, *TRIAGE)
    desk.tkt("take", ticket)
    return ticket


def did(desk: DeskAtWork, ticket: str) -> list[tuple[str, str]]:
    """(at, kind) of what `tick` wrote, notices left out."""
    events = desk.json("show", ticket)["events"]
    return [(e["at"][5:16], e["did"]) for e in events if e["by"] == "tick" and e["did"] != "queued"]


def test_a_question_is_reminded_of_and_taken_up_again_and_all_of_it_stands_up_to_a_check(
    sending: DeskAtWork,
) -> None:
    ticket = waiting(sending)
    sending.at("2026-11-18T02:30:00Z").tkt("tick")
    letter = sending.json("outbox", "show", ticket)[0]["letter"]
    assert letter["text"] == (
        "We still need the browser and carry on as soon as we have it. "
        "Nothing is closed before Thu 19 November 10:00 (UTC+8)."
    )
    sending.at("2026-11-22T02:30:00Z").tkt("tick")
    assert [kind for _, kind in did(sending, ticket)] == ["message", "moved"]
    page = " ".join(sending.tkt("show", ticket).out.split())
    assert "automatic message to the customer" in page
    assert "the date until which it waited has passed" in page
    before = sending.git("rev-parse", "HEAD")
    assert not sending.json("tick")["fired"]
    assert sending.git("rev-parse", "HEAD") == before
    assert sending.tkt("check").code == 0


def test_a_run_after_days_off_goes_on_and_then_does_what_follows_with_true_times(sending: DeskAtWork) -> None:
    ticket = waiting(sending)
    edit(sending, "config/sla.yaml", "#ladder: ", "ladder: ", count=-1)
    sending.at("2026-11-27T02:00:00Z").tkt("tick")
    found = did(sending, ticket)
    times = [at for at, _ in found]
    assert times == sorted(times)
    assert found[0][1] == "moved"
    assert {"warned", "escalated"} & {kind for _, kind in found[1:]}


def test_a_resolved_ticket_is_reminded_of_closed_and_can_be_reopened(sending: DeskAtWork) -> None:
    ticket = resolved(sending)
    sending.at("2026-11-21T02:10:00Z").tkt("tick")
    assert "closes by itself on Mon 23 November unless you write" in sending.tkt("outbox", "show", ticket).out
    sending.at("2026-11-23T02:11:00Z").tkt("tick")
    assert sending.json("show", ticket)["status"] == "closed"
    assert sending.tkt("check").code == 0
    sending.at("2026-11-24T02:00:00Z").tkt("reopen", ticket, "--next", "look again")
    assert sending.json("show", ticket)["status"] == "in-progress"


def test_words_to_the_customer_that_are_withheld_are_never_written(sending: DeskAtWork) -> None:
    ticket = waiting(sending)
    answer = sending.at("2026-11-18T02:30:00Z").json("tick", "--no-notices")
    assert (answer["counts"], answer["notices"]) == ({"withheld": 1}, 0)
    assert did(sending, ticket) == []
    assert sending.json("outbox", "list") == []
    assert [it["state"] for it in sending.json("outbox", "list", "--all")] == ["withheld"]
    (notice,) = [it["notice"] for it in sending.json("outbox", "list", "--all")]
    assert [it["state"] for it in sending.json("outbox", "show", notice)] == ["withheld"]
    assert "a notice is withheld (email; the customer; rule remind)" in " ".join(
        sending.tkt("log", ticket).out.split()
    )
    assert not sending.json("tick")["fired"]
    assert sending.json("check")["problems"] == []


def test_who_was_not_reminded_is_not_closed_by_itself_either(sending: DeskAtWork) -> None:
    ticket = resolved(sending)
    sending.at("2026-11-21T02:10:00Z").tkt("tick", "--no-notices")
    sending.at("2026-11-28T02:10:00Z").tkt("tick")
    assert sending.json("show", ticket)["status"] == "resolved"
    (left,) = sending.json("tick", "--dry-run")["left_open"]
    assert left == {"id": ticket, "why": "its reminder was withheld (tkt tick --no-notices)"}
    sending.tkt("close", ticket, "--confirmed", "phone")


def test_a_dry_run_says_what_stays_open_and_why_and_that_is_no_error(sending: DeskAtWork) -> None:
    ticket = resolved(sending)
    sending.at("2026-11-17T02:00:00Z").tkt("heard", ticket, "--channel", "email", "-m", "Thanks!")
    sending.tkt("noreply", ticket, "--reason", "thanks")
    sending.at("2026-11-24T02:00:00Z")
    told = sending.tkt("tick", "--dry-run").out
    assert (
        f"{ticket} does not close by itself: the customer wrote at 2026-11-17 10:00, after the resolve"
        in told
    )
    (left,) = sending.json("tick", "--dry-run")["left_open"]
    assert left["id"] == ticket
    assert "left_open" not in sending.json("tick")


def test_a_reply_that_cannot_be_used_is_named_once_and_the_owner_writes_instead(sending: DeskAtWork) -> None:
    tickets = [waiting(sending), waiting(sending)]
    sending.write("replies/remind.en.md", "---\nauto: true\n---\nHello,\nwe need {{ mising }}.\n")
    sending.git("commit", "-qam", "broken")
    answer = sending.at("2026-11-18T02:30:00Z").tkt("tick", code=2)
    assert answer.err.count("replies/remind.en.md:5: {{ mising }} is no place that is known here") == 1
    assert "did you mean missing?" in answer.err
    for ticket in tickets:
        (notice,) = sending.json("outbox", "show", ticket)
        assert notice["to"] == "li.wei"


def test_a_desks_own_words_win_and_an_empty_file_leaves_it_to_the_owner(sending: DeskAtWork) -> None:
    ticket = waiting(sending)
    sending.write("replies/remind.en.md", "---\nauto: true\n---\nDear {{ name }}: {{ missing }}?\n")
    sending.at("2026-11-18T02:30:00Z").tkt("tick", "--no-commit")
    assert sending.json("outbox", "show", ticket)[0]["letter"]["text"] == "Dear Anna: the browser?"
    sending.git("checkout", "-q", ".")
    sending.write("replies/remind.en.md", "---\nauto: true\n---\n")
    sending.tkt("tick", "--no-commit")
    assert sending.json("outbox", "show", ticket)[0]["to"] == "li.wei"


def test_two_clones_that_tick_at_once_merge_to_one_of_each(
    sending: DeskAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, done = waiting(sending), resolved(sending)
    untold = resolved(sending, *DONE[:-2])
    start = sending.git("rev-parse", "HEAD").strip()
    subprocess.run(["git", "clone", "-q", "--bare", str(sending.root), str(tmp_path / "o.git")], check=True)
    one, other = (DeskAtWork(tmp_path / name, capsys) for name in ("one", "other"))
    for clone in (one, other):
        subprocess.run(["git", "clone", "-q", str(tmp_path / "o.git"), str(clone.root)], check=True)
    for one_now, other_now in (
        ("2026-11-18T02:30:00Z", "2026-11-18T02:31:00Z"),
        ("2026-11-21T02:30:00Z", "2026-11-21T12:59:00Z"),
        ("2026-11-24T02:30:00Z", "2026-11-24T12:59:00Z"),
    ):
        one.at(one_now).tkt("tick")
        other.at(other_now).tkt("tick")
        one.git("push", "-q")
        other.tkt("sync")
        one.at(other_now).tkt("sync")
        assert not one.json("tick")["fired"]
    for ticket in (asked, done, untold):
        assert one.path(ticket).read_bytes() == other.path(ticket).read_bytes()
    one.tkt("check")
    audited = other.tkt("audit", f"{start}..HEAD", code=None)
    assert audited.code in (0, 1)
    assert "rewritten" not in audited.out
    assert [kind for _, kind in did(one, asked)] == ["message", "moved"]
    assert [kind for _, kind in did(one, done)] == ["message", "moved"]
    events = one.json("show", untold)["events"]
    assert [e["about"]["rule"] for e in events if e["did"] == "queued"] == ["untold"]

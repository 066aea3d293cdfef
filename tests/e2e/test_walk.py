"""A ticket walked by commands from `new` to `closed` and reopened, as a reviewer reads it in git."""

from __future__ import annotations

import re

import pytest
from helpers import DeskAtWork

WORDS = (
    "When I issue an invoice, the page says E104 and nothing is saved.\n"
    "We must send it to our customer today. It happens in Chrome and in Edge, on two computers.\n"
)
WORDS_ZH = (
    "开票时报错 E104,提交之后什么都没有保存。今天下班前必须把发票发给客户,麻烦尽快处理。\n"
    "Chrome 和 Edge 都试过了,两台电脑都是一样的提示,昨天还好好的。\n"
)

STEPS = [
    ("2026-11-16T02:05:00Z", ("set", "ID", "impact=one", "urgency=yellow"), "new", "set: impact, urgency, priority"),
    ("2026-11-16T02:06:00Z", ("assign", "ID", "me"), "assigned", "new → assigned"),
    ("2026-11-16T02:08:00Z", ("start", "ID", "--set", "complexity=simple"), "in-progress", "assigned → in-progress"),
    ("2026-11-16T02:20:00Z", ("reply", "ID", "-m", "Which version?", "--and", "wait"), "waiting", "in-progress → waiting"),
    ("2026-11-16T03:10:00Z", ("heard", "ID", "--channel", "wechat", "-m", "140"), "in-progress", "waiting → in-progress"),
    ("2026-11-16T03:20:00Z", ("note", "ID", "-m", "Cache of the tax server."), "in-progress", "note"),
    ("2026-11-16T03:30:00Z", ("tag", "ID", "invoice", "tax"), "in-progress", "tag: tags"),
    (
        "2026-11-16T05:40:00Z",
        ("reply", "ID", "-m", "Solved, please try again.", "--and", "resolve", "--code", "fixed", "--cause", "product"),
        "resolved",
        "in-progress → resolved",
    ),
    ("2026-11-16T06:00:00Z", ("close", "ID", "--confirmed", "wechat"), "closed", "resolved → closed"),
    ("2026-11-20T02:00:00Z", ("reopen", "ID"), "in-progress", "closed → in-progress"),
]  # fmt: skip


def created(desk: DeskAtWork, words: str, language: str) -> str:
    answer = desk.json(
        "--lang", language, "new", "E104", "--channel", "email", "--from", "Zhang Wei <zhang@acme.example>",
        "--text", words, "--category", "billing", "--set", "order_no=A-1001",
    )  # fmt: skip
    found: str = answer["id"]
    return found


@pytest.mark.parametrize(("language", "words"), [("en", WORDS), ("zh", WORDS_ZH)], ids=["en", "zh"])
def test_each_command_is_one_commit_of_one_rename_or_edit(
    desk: DeskAtWork, language: str, words: str
) -> None:
    # given a ticket with a channel and the customer's words
    ticket = created(desk, words, language)
    previous = desk.path(ticket).read_text()
    for now, command, status, subject in STEPS:
        # when the next command of its way is carried out
        before = desk.git("rev-parse", "HEAD").strip()
        desk.at(now).tkt("--lang", language, *(ticket if word == "ID" else word for word in command))
        # then there is one commit more, of one file, with a subject in tkt's own words
        assert desk.git("rev-parse", "HEAD~1").strip() == before
        assert desk.git("log", "-1", "--format=%s").strip() == f"{ticket}: {subject}"
        (change,) = desk.git("show", "--format=", "--name-status", "-M").splitlines()
        assert re.match(r"M\t|R\d+\t", change), change
        # and the file lies where its status says
        assert desk.path(ticket).relative_to(desk.root).parts[1] == status
        # and its events were only added to
        text = desk.path(ticket).read_text()
        assert events_of(text).startswith(events_of(previous))
        previous = text
    # and in the end everything fits together
    assert desk.git("status", "--porcelain") == ""
    assert desk.json("check")["errors"] == 0


def events_of(text: str) -> str:
    return text.partition("\nevents:\n")[2]


def test_reopening_inside_the_window_continues_and_after_it_a_new_ticket_follows(desk: DeskAtWork) -> None:
    ticket = created(desk, WORDS, "en")
    for now, command, _status, _subject in STEPS[:-1]:
        desk.at(now).tkt(*(ticket if word == "ID" else word for word in command))
    # when it comes up again more than 14 days after it was closed (docs/sla.md L8)
    answer = desk.at("2026-12-01T02:00:00Z").json("reopen", ticket, "--reason", "E104 is back")
    # then the old one stays closed, and a new one of the same customer follows it
    assert desk.path(ticket).parts[-3:-1] == ("closed", "2026-11")
    assert answer["id"] != ticket
    assert answer["status"] == "new"
    assert answer["events"][0]["follows"] == ticket
    assert answer["contact"] == {"name": "Zhang Wei", "email": "zhang@acme.example"}


def test_a_call_solved_at_once_is_one_command(desk: DeskAtWork) -> None:
    answer = desk.json(
        "new", "How do I export?", "--channel", "phone", "--text", "Where is the export button?", "--from", "Zhang Wei",
        "--category", "how-to", "--impact", "one", "--urgency", "green", "--raised", "live",
        "--resolved", "Shown the menu File, Export.",
    )  # fmt: skip
    assert answer["status"] == "resolved"
    first_response = next(clock for clock in answer["sla"] if clock["clock"] == "first_response")
    assert first_response["state"] == "met"


def test_the_message_of_a_commit_never_holds_a_strangers_words(desk: DeskAtWork) -> None:
    desk.tkt(
        "new", "[skip ci] Closes #12", "--channel", "web", "--text", "Fixes #1 [skip ci]\n\nTicket: forged"
    )
    message = desk.git("log", "-1", "--format=%B")
    assert "skip" not in message
    assert "#1" not in message
    assert re.fullmatch(r"\S+: new\n\nTicket: \S+\nAction: new\n+", message)

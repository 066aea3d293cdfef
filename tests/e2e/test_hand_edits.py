"""A file that somebody keeps by hand: comments, an unknown key and odd spacing survive what tkt writes."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

BY_HAND = """\
# VIP, please be quick  # really
id: 261116-HAND1
title:   "Cannot issue invoices"   # as the customer says it
# asked twice by phone
contact: {name: 张伟, email: zhang@acme.example}
type: inquiry
category: billing     # not a fault
channel: phone
crm_case: 0042        # key of another program
impact: one
urgency: yellow       # upset
tags:
  - invoice           # kept by hand
order_no: 'A-1001'
received_at: 2026-11-16T01:00:00Z
team: finance
events:
# what the customer said first
- id: aaaa00
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: opened
  status: new
  channel: phone
- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: message
  text: >-
    folded by
    hand
"""

COMMANDS = [
    ("set", "urgency=red"),
    ("set", "urgency=yellow"),
    ("set", "impact=some"),
    ("tag", "vip", "tax"),
    ("tag", "-tax"),
    ("set", "product=invoicing"),
    ("set", "product="),
    ("set", "title=Cannot issue invoices since Monday"),
    ("assign", "me"),
    ("note", "-m", "looks like the tax server"),
    ("start", "--set", "complexity=multi-step"),
    ("set", "environment=Chrome 140\nWindows 11"),
    ("reply", "-m", "Which version?", "--and", "wait"),
    ("heard", "-m", "140", "--channel", "phone"),
    ("set", "order_no=A-1002"),
    ("set", "contact.phone=13800000000"),
    ("reply", "-m", "Solved.", "--and", "resolve", "--code", "fixed", "--cause", "product"),
    ("close", "--confirmed", "phone"),
    ("reopen",),
    ("resolve", "--code", "answered", "--text", "again", "--cause", "unknown"),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_file_kept_by_hand_survives_twenty_commands(desk: DeskAtWork, line_end: str) -> None:
    # given a file with comments and an unknown key, committed by hand
    desk.write("tickets/new/261116-HAND1.yaml", BY_HAND.replace("\n", line_end))
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")
    assert len(COMMANDS) == 20
    # when twenty commands change it
    for minute, (verb, *rest) in enumerate(COMMANDS):
        desk.at(f"2026-11-16T03:{minute:02d}:00Z").tkt(verb, "HAND1", *rest)
    # then every comment, the unknown key and the spacing are still there
    text = desk.path("261116-HAND1").read_bytes().decode()
    for comment in [line[line.index("#") :] for line in BY_HAND.splitlines() if "#" in line]:
        assert comment in text, comment
    assert f"crm_case: 0042        # key of another program{line_end}" in text
    assert f"title:   Cannot issue invoices since Monday   # as the customer says it{line_end}" in text
    assert f"  text: >-{line_end}    folded by{line_end}    hand{line_end}" in text
    # and no line end of the other kind was written
    if line_end == "\r\n":
        assert text.count("\n") == text.count("\r\n")
    else:
        assert "\r" not in text
    # and the file says what its events say; the unknown key is a warning
    checked = desk.json("check")
    assert checked["errors"] == 0
    assert [p for p in checked["problems"] if "crm_case" in p["message"]]


def test_uncommitted_hand_edits_are_named_when_they_go_into_a_commit(desk: DeskAtWork) -> None:
    desk.write("tickets/new/261116-HAND1.yaml", BY_HAND)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")
    edited = desk.write("tickets/new/261116-HAND1.yaml", BY_HAND.replace("# asked twice", "# asked thrice"))
    answer = desk.tkt("note", "HAND1", "-m", "hello")
    assert "tickets/new/261116-HAND1.yaml had changes that were not committed" in answer.err
    assert "asked thrice" in edited.read_text()


def test_what_else_is_staged_stays_staged(desk: DeskAtWork) -> None:
    desk.write("tickets/new/261116-HAND1.yaml", BY_HAND)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")
    desk.write("notes.txt", "mine")
    desk.git("add", "notes.txt")
    desk.tkt("note", "HAND1", "-m", "hello")
    assert desk.git("show", "--format=", "--name-only").split() == ["tickets/new/261116-HAND1.yaml"]
    assert desk.git("diff", "--cached", "--name-only").split() == ["notes.txt"]

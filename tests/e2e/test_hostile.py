"""What strangers write paints no terminal, and an id leads nowhere but to a ticket of the desk."""

from __future__ import annotations

import re

import pytest
from gallery_parts import ticket
from helpers import DeskAtWork

NAME = "261116-CCCC1"
PLACE = f"tickets/new/{NAME}.yaml"
TITLE = "\\e[31mred\\e[0m \\u202Egnp.exe\\u202C \\e]0;owned\\a [bold]rich[/bold] [link=http://x]y \\u009b2J"
PAINT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

OUT = "../../../../etc/passwd"
LEADING_OUT = [
    ("show", OUT), ("edit", OUT), ("set", OUT, "urgency=red"), ("tag", OUT, "x"), ("assign", OUT, "li.wei"),
    ("take", OUT), ("move", OUT, "closed"), ("start", OUT), ("wait", OUT, "--on", "vendor", "--for", "x"),
    ("resolve", OUT, "--code", "answered"), ("close", OUT), ("reopen", OUT), ("reply", OUT, "--text", "x"),
    ("heard", OUT, "--channel", "phone", "--text", "x"), ("noreply", OUT), ("note", OUT, "--text", "x"),
    ("spam", OUT), ("duplicate", OUT, "--of", NAME), ("duplicate", NAME, "--of", OUT), ("not-spam", OUT),
    ("log", OUT), ("sla", "explain", OUT), ("redact", OUT, "x", "--reason", "x"), ("attach", "list", OUT),
    ("attach", "add", OUT, "notes.txt"), ("attach", "get", OUT, "notes.txt"),
]  # fmt: skip


@pytest.fixture
def painted(desk: DeskAtWork) -> DeskAtWork:
    """A desk with a ticket that tries to paint the terminal with its title, its requester and its words."""
    text = ticket(NAME).replace("title: E104", f'title: "{TITLE}"').replace("text: words", f'text: "{TITLE}"')
    desk.write(PLACE, text.replace("zhang@acme.example", '"zhang\\e[5m@acme.example"'))
    return desk


READING = [
    ("list", "status:all"), ("show", NAME), ("show", NAME, "--brief"), ("search", "red"), ("log", NAME), ("log",),
    ("sla", "explain", NAME), ("check",), ("next",), ("diff", "HEAD"), ("note", NAME, "--text", "x"),
    ("list", "title:\x1b[31mred"),
]  # fmt: skip


def test_what_strangers_write_paints_no_terminal(painted: DeskAtWork) -> None:
    for words in READING:
        answer = painted.tkt(*words, code=None)
        assert answer.code in (0, 1, 2), words
        assert not PAINT.findall(answer.out + answer.err), words
        if words[0] == "show":
            assert "[bold]rich[/bold]" in answer.out  # as it was written, and not in bold


def test_programs_get_it_whole_and_escaped(painted: DeskAtWork) -> None:
    for words in (("export", "json"), ("export", "jsonl"), ("list", "--json")):
        assert "\x1b" not in painted.tkt(*words, "status:all").out, words
    assert painted.json("show", NAME)["title"].startswith("\x1b[31mred\x1b[0m ")


def test_an_id_leads_to_no_file_outside_of_the_desk(desk: DeskAtWork) -> None:
    desk.write(PLACE, ticket(NAME))
    before = desk.git("status", "--porcelain")
    for words in LEADING_OUT:
        answer = desk.tkt(*words, code=None)
        assert answer.code in (1, 2), words
        assert "bug in tkt" not in answer.err, words
        assert "root:" not in answer.out + answer.err, words
    assert desk.git("status", "--porcelain") == before

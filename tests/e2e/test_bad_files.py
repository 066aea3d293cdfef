"""Bad files: every command that meets one names it with path and line, and hides nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork

GOOD = b"""id: 261116-G00D1
title: a good one
received_at: 2026-11-16T01:00:00Z
channel: phone
events:
- id: aaaa00
  at: 2026-11-16T01:00:00Z
  by: zhang
  role: customer
  did: opened
  status: new
  channel: phone
- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: zhang
  role: customer
  did: message
  text: words
"""
NAME = b"261116-G00D1"
BAD_ID = b"261116-BAD01"
BASE = GOOD.replace(NAME, BAD_ID)

BAD = {
    "duplicate keys": (BASE.replace(b"channel: phone\nevents", b"title: again\nevents"), 4, "title"),
    "a tag": (BASE.replace(b"title: a good one", b"title: !!python/name:os.system x"), 2, "tag"),
    "an alias": (BASE.replace(b"title: a good one", b"title: &a x\nproduct: *a"), 2, "anchor"),
    "a NUL": (BASE.replace(b"a good one", b"a \x00 one"), 2, "NUL"),
    "invalid UTF-8": (BASE.replace(b"a good one", b"caf\xe9"), 2, "UTF-8"),
    "UTF-16": (BASE.decode().encode("utf-16"), 1, "UTF-16"),
    "conflict markers": (BASE.replace(b"channel: phone\nevents", b"<<<<<<< HEAD\nchannel: web\n=======\nchannel: phone\n>>>>>>> b\nevents"), 4, "conflict"),
    "a naive time": (BASE.replace(b"received_at: 2026-11-16T01:00:00Z", b"received_at: 2026-11-16T01:00:00"), 3, "offset"),
    "a full-width colon": (BASE.replace(b"title: a good one", "title：a good one".encode()), 2, "："),
}  # fmt: skip

COMMANDS = [
    ("list",),
    ("search", "good"),
    ("sla", "check"),
    ("sla", "list"),
    ("report", "kpi"),
    ("check",),
    ("log",),
]


def with_bad(desk: DeskAtWork, data: bytes, place: str = "new") -> Path:
    desk.write("tickets/new/261116-G00D1.yaml", GOOD)
    return desk.write(f"tickets/{place}/261116-BAD01.yaml", data)


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_named_with_its_line_and_hides_nothing(desk: DeskAtWork, kind: str) -> None:
    data, line, word = BAD[kind]
    bad = with_bad(desk, data)
    for command in COMMANDS:
        answer = desk.tkt(*command, code=None)
        assert f"tickets/new/261116-BAD01.yaml:{line}: " in answer.err, f"{kind}, {command}\n{answer.err}"
        assert word in answer.err
        assert "Traceback" not in answer.err
        assert answer.code == (1 if command == ("check",) else 2)
    # the good one is listed
    assert "261116-G00D1" in desk.tkt("list", "status:open", code=2).out
    # and nobody overwrites the bad one
    desk.tkt("note", "BAD01", "--text", "hello", code=2)
    desk.tkt("edit", "BAD01", code=2)
    assert bad.read_bytes() == data


def test_an_unknown_status_directory_is_named(desk: DeskAtWork) -> None:
    with_bad(desk, BASE, place="in-progess")
    answer = desk.tkt("list", "status:open", code=2)
    assert "tickets/in-progess" in answer.err
    assert "in-progress" in answer.err
    assert "261116-G00D1" in answer.out


def test_one_id_in_two_places_is_named_and_not_written(desk: DeskAtWork) -> None:
    with_bad(desk, BASE)
    desk.write("tickets/waiting/261116-BAD01.yaml", BASE)
    answer = desk.tkt("list", "status:open", code=2)
    assert "tickets/new/261116-BAD01.yaml" in answer.err
    assert "tickets/waiting/261116-BAD01.yaml" in answer.err
    assert "261116-G00D1" in answer.out
    refused = desk.tkt("note", "BAD01", "--text", "hello", code=2)
    assert "two places" in refused.err


def test_an_unknown_priority_is_a_fault_of_check_and_leaves_the_ticket_readable(desk: DeskAtWork) -> None:
    with_bad(desk, BASE.replace(b"channel: phone\nevents", b"channel: phone\npriority: P9\nevents"))
    checked = desk.tkt("check", code=1)
    assert "tickets/new/261116-BAD01.yaml:5: " in checked.err
    assert "P9" in checked.err
    assert "261116-BAD01" in desk.tkt("list", "status:open").out


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "word"),
    [
        ("config/workflow.yaml", "category: waiting", "category: wating", "config/workflow.yaml:", "waiting"),
        ("config/sla.yaml", "calendar: always", "calendar: allways", "config/sla.yaml:", "always"),
        ("tkt.yaml", "format: 1", "format: 99", "tkt.yaml:", "newer"),
        ("config/people.yaml", "teams:", "teams：", "config/people.yaml:", "："),
    ],
)
def test_a_broken_configuration_is_exit_code_two(
    desk: DeskAtWork, path: str, old: str, new: str, place: str, word: str
) -> None:
    text = (desk.root / path).read_text()
    assert old in text
    (desk.root / path).write_text(text.replace(old, new, 1))
    answer = desk.tkt("sla", "check", code=2)
    assert place in answer.err
    assert word in answer.err
    assert "Traceback" not in answer.err

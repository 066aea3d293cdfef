"""`tkt textconv`: how a file of the desk reads in `git diff` and `git log -p`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork
from hypothesis import given
from hypothesis import strategies as st

from tkt.driver.readable import readable
from tkt.i18n import activate
from tkt.model import KINDS
from tkt.store.codec.plain import yaml_text

TICKET = """\
id: 261121-K7Q2M
team: tech   # a comment
title: 开票时报错 E104
contact: {name: 张伟, email: zhang.wei@acme.example}
received_at: 2026-11-21T09:15:07+08:00
tags: [invoice, tax]
workaround: |
  first this

  then that
error_text: E104
events:
- id: 3kq801
  at: 2026-11-21T01:15:07Z
  by: zhang.wei@acme.example
  role: customer
  did: message
  text: |
    系统报错 E104

    Please help
- id: 3kq800
  at: 2026-11-21T01:15:07Z
  by: zhang.wei@acme.example
  role: customer
  did: opened
  status: new
  channel: email
- id: w5p900
  at: 2026-11-21T01:20:00Z
  by: rule:fault
  role: system
  did: set
  field: team
  to: tech
- id: w5p901
  at: 2026-11-21T01:21:00Z
  by: li.wei
  did: moved
  from: new
  to: waiting
  waiting: {on: vendor, for: the board, until: 2026-11-24T10:00:00Z}
"""
READ = """\
id: 261121-K7Q2M
status: waiting
title: 开票时报错 E104
team: tech
contact.name: 张伟
contact.email: zhang.wei@acme.example
received_at: 2026-11-21 01:15:07
tags: invoice tax
workaround:
    first this

    then that
error_text: E104

2026-11-21 01:15:07  zhang.wei@acme.example  opened by email
2026-11-21 01:15:07  zhang.wei@acme.example  the customer wrote
    系统报错 E104

    Please help
2026-11-21 01:20  rule:fault  team tech
2026-11-21 01:21  li.wei  new → waiting (on a vendor for the board, until 11-24 10:00)
"""


def read(text: str) -> str:
    return readable(text.encode()).decode()


def test_a_ticket_reads_a_line_a_fact() -> None:
    assert read(TICKET) == READ


def test_the_order_of_keys_and_the_way_of_writing_make_no_difference() -> None:
    moved = TICKET.replace("team: tech   # a comment\n", "").replace("events:", 'team: "tech"\nevents:')
    assert moved != TICKET
    assert read(moved) == READ


def test_a_new_event_is_a_new_line_and_nothing_else() -> None:
    more = (
        TICKET + "- id: zzzz00\n  at: 2026-11-21T02:00:00Z\n  by: li.wei\n  did: note\n  text: asked them\n"
    )
    assert read(more) == READ + "2026-11-21 02:00  li.wei  noted\n    asked them\n"


def test_a_customer_reads_likewise() -> None:
    text = "tier: vip\nname: ACME\ncontacts:\n- {name: Ann, email: ann@acme.example}\n- {phone: '1'}\n"
    assert (
        read(text)
        == "name: ACME\ntier: vip\ncontacts: name: Ann, email: ann@acme.example\ncontacts: phone: 1\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<<<<<<< HEAD\nid: 1\n",
        b"---\nstate: draft\n---\n# An article\n",
        b"- a\n- list\n",
        b"\x89PNG\r\n\xff",
        TICKET.replace("2026-11-21T01:20:00Z", "yesterday").encode(),
        TICKET.encode("utf-16"),
    ],
)
def test_what_is_no_record_or_cannot_be_read_is_printed_as_it_is(data: bytes) -> None:
    assert readable(data) == data


def test_what_strangers_wrote_gives_a_terminal_no_orders() -> None:
    text = (
        TICKET.replace("系统报错", r"\x1b[31m\u202e系统")
        .replace("text: |\n    ", 'text: "')
        .replace("\n\n    Please help\n", '"\n')
    )
    shown = read(text)
    assert "系统 E104" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_line_end_in_a_value_makes_no_line_that_looks_like_a_fact() -> None:
    lines = read(TICKET.replace("error_text: E104", 'error_text: "a\\npriority: P1"')).splitlines()
    assert "    priority: P1" in lines
    assert "priority: P1" not in lines


def test_the_words_are_the_reader_s_and_the_facts_are_not() -> None:
    activate("zh")
    shown = read(TICKET)
    assert "the customer wrote" not in shown
    assert "status: waiting\n" in shown
    assert "2026-11-21 01:20  rule:fault  " in shown


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("aZ0:. \n张", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab_", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(did=st.sampled_from([*KINDS, "unheard-of"]), data=st.data())
def test_no_event_however_odd_keeps_git_from_showing_a_difference(did: str, data: st.DataObject) -> None:
    own = {key: data.draw(VALUES) for key in KINDS.get(did, ("text", "x"))}
    event = {"id": "a", "at": "2026-11-21T01:15:07Z", "by": "x", "did": did, **own}
    assert readable(yaml_text({"id": "261121-K7Q2M", "x": data.draw(VALUES), "events": [event]}).encode())


def test_git_shows_a_change_in_words(desk: DeskAtWork) -> None:
    ticket = desk.json(
        "new", "E104", "--channel", "phone", "--text", "words", "--from", "Ann <ann@acme.example>"
    )["id"]
    desk.at("2026-11-16T02:05:00Z").tkt("set", ticket, "product=invoicing")
    shown = desk.git("show", "--format=", "HEAD")
    assert "+product: invoicing" in shown
    assert "+2026-11-16 02:05  li.wei  product invoicing" in shown
    assert "did: set" not in shown
    assert "did: set" in desk.git("show", "--format=", "--no-textconv", "HEAD")


def test_it_needs_no_desk_no_name_and_no_utf_8_machine(tmp_path: Path) -> None:
    file = tmp_path / "0a1b2c"
    file.write_text(TICKET, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tkt", "textconv", file.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "POSIX"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == READ


def test_the_command_answers_programs_too(desk: DeskAtWork) -> None:
    file = desk.write("x", TICKET)
    assert desk.tkt("textconv", str(file)).out == READ
    assert desk.json("textconv", str(file)) == {"text": READ}
    assert "there is no such file" in desk.tkt("textconv", "gone", code=2).err

"""Only the lines of what lost its words change, comments in them go, and history can be made to agree."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tkt.errors import Bug
from tkt.model import STORED, Ticket
from tkt.privacy.expressions import block_expression, file_of, key_expression, key_lines, name_expressions
from tkt.store.codec.plain import WriteError
from tkt.store.codec.redacting import blocks_of, redacted_text
from tkt.store.codec.tickets import read_ticket

TEXT = """\
# of the desk
id: 261116-AAAA1
title: "Zhang's printer"   # Zhang of the bank
channel: phone
contact:
  # he moved house
  name: Zhang
  phone: 138
tags: [a]   # stays
events:
# the first one
- id: aaaa00
  at: 2026-11-16T09:00:00+08:00
  by: zhang   # the son
  role: customer
  did: opened
  status: new

- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: zhang
  role: customer
  did: message
# Zhang again
  text: |
    # no comment
    my words

    - id: no event
  # a last word on Zhang
- id: aaaa02
  at: 2026-11-16T01:00:01Z
  by: li.wei
  did: note
  text: other
"""


def read(text: str | bytes) -> Ticket:
    data = text if isinstance(text, bytes) else text.encode()
    return read_ticket(data, path="tickets/new/261116-AAAA1.yaml", status="new", kinds=STORED)


def without(ticket: Ticket, *names: str, **values: object) -> Ticket:
    events = tuple(
        replace(event, data={"redacted": {"by": "li.wei", "at": "2026-11-17T01:00:00Z", "why": "r"}})
        if event.id in names
        else event
        for event in ticket.events
    )
    return replace(ticket, events=events).with_values(**values)


def redacted(text: str, *names: str, **values: object) -> str:
    before = read(text)
    return redacted_text(text.encode(), before, without(before, *names, **values)).decode()


def test_only_the_lines_of_the_event_change_and_comments_in_it_go() -> None:
    start = TEXT.index("- id: aaaa01")
    end = TEXT.index("- id: aaaa02")
    assert redacted(TEXT, "aaaa01") == (
        TEXT[:start]
        + "- id: aaaa01\n  at: 2026-11-16T01:00:00Z\n  by: zhang\n  role: customer\n  did: message\n"
        "  redacted: {by: li.wei, at: 2026-11-17T01:00:00Z, why: r}\n" + TEXT[end:]
    )


def test_only_the_lines_of_the_key_change_and_its_comments_go() -> None:
    after = redacted(TEXT, title="[redacted]", contact={"name": "customer-000000"})
    expected = TEXT.replace('title: "Zhang\'s printer"   # Zhang of the bank', 'title: "[redacted]"')
    start, end = expected.index("contact:"), expected.index("tags:")
    assert after == expected[:start] + "contact: {name: customer-000000}\n" + expected[end:]
    gone = redacted(TEXT, contact=None)
    assert gone == TEXT[: TEXT.index("contact:")] + TEXT[TEXT.index("tags:") :]


def indented(text: str) -> str:
    head, events = text.split("events:\n")
    return (
        head
        + "events:\n"
        + "".join(f"    {line}" if line.strip() else line for line in events.splitlines(True))
    )


STYLES = {
    "as tkt writes": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no final line end": lambda text: text.removesuffix("\n"),
    "indented": indented,
    "a dash alone": lambda text: text.replace("- id: aaaa01", "-\n  # why - who\n  id: aaaa01"),
    "on one line": lambda text: (
        text[: text.index("- id: aaaa02")]
        + "- {id: aaaa02, at: 2026-11-16T01:00:01Z, by: li.wei, did: note, text: other}   # Zhang\n"
    ),
    "a block at the end": lambda text: text.replace("  text: other\n", "  text: |\n    other\n"),
}


@pytest.mark.parametrize("name", ["aaaa00", "aaaa01", "aaaa02"])
@pytest.mark.parametrize("style", STYLES)
def test_whatever_the_style_of_the_file_the_other_lines_stay(style: str, name: str) -> None:
    text = STYLES[style](TEXT)
    before = read(text)
    after = redacted_text(text.encode(), before, without(before, name)).decode()
    then, now = blocks_of(text.encode(), "x.yaml"), blocks_of(after.encode(), "x.yaml")
    assert read(after) == without(before, name)
    assert "Zhang" not in now.events[name]
    line_end = "\r\n" if style == "CRLF" else "\n"
    whole = text if text.endswith(line_end) else text + line_end
    assert after.removesuffix(line_end) == whole.replace(then.events[name], now.events[name]).removesuffix(
        line_end
    )


def test_events_on_one_line_are_refused() -> None:
    text = "id: 261116-AAAA1\nevents: [{id: a, at: 2026-11-16T01:00:00Z, by: b, did: note, text: x}]\n"
    before = read(text)
    with pytest.raises(WriteError):
        redacted_text(text.encode(), before, without(before, "a"))


def test_no_event_goes_and_none_moves() -> None:
    before = read(TEXT)
    with pytest.raises(Bug):
        redacted_text(TEXT.encode(), before, replace(before, events=before.events[1:]))
    moved = replace(before.events[0], at=before.events[2].at)
    with pytest.raises(Bug):
        redacted_text(TEXT.encode(), before, replace(before, events=(moved, *before.events[1:])))


# --- what git filter-repo makes of the expressions ---


def rewritten(file: bytes, data: bytes) -> bytes:
    """`data` as `git filter-repo --replace-text` leaves it: line by line a pattern, and what takes its place."""
    for line in file.splitlines():
        pattern, new = line.rsplit(b"==>", 1)
        data = re.compile(pattern.removeprefix(b"regex:")).sub(new, data)
    return data


@pytest.mark.parametrize("change", [lambda text: text, lambda text: text.replace("\n", "\r\n")])
def test_the_expressions_make_old_versions_like_the_new_one(change: object) -> None:
    text = change(TEXT)
    after = change(redacted(TEXT, "aaaa01", title='[redacted] ==> "\\1"', contact=None))
    then, now = blocks_of(text.encode(), "x.yaml"), blocks_of(after.encode(), "x.yaml")
    lines = [
        block_expression(then.events["aaaa01"], now.events["aaaa01"]),
        key_expression("261116-AAAA1", then.keys["title"], now.keys["title"]),
        key_expression("261116-AAAA1", then.keys["contact"], ""),
    ]
    assert rewritten(file_of(lines), text.encode()) == after.encode()
    assert rewritten(file_of(lines), after.encode()) == after.encode()


def test_the_same_words_in_another_ticket_stay() -> None:
    then = blocks_of(TEXT.encode(), "x.yaml")
    lines = [
        block_expression(then.events["aaaa01"], "- id: aaaa01\n"),
        key_expression("261116-AAAA1", then.keys["title"], key_lines("title", "[redacted]")),
    ]
    other = TEXT.replace("261116-AAAA1", "261116-AAAA2").replace("aaaa0", "bbbb0").encode()
    assert rewritten(file_of(lines), other) == other


def test_an_expression_is_one_line_whatever_it_replaces() -> None:
    line = block_expression("a\r\n  b: '==>'\\d\n", "c: '==>'\n")
    assert "\n" not in line
    assert rewritten(file_of([line]), b"x\na\r\n  b: '==>'\\d\ny") == b"x\nc: '==>'\ny"


def test_a_name_is_replaced_in_history_as_in_the_tree() -> None:
    from flowdesk import desk

    from tkt.actions.pseudonyms import Pseudonyms

    names = Pseudonyms(
        literals={"张伟": "P", "Li": "P", "Status": "P", "+86 29 5550 6701": "P", "li@acme.example": "P"},
        customers={"acme": "forgotten-000000"},
    )
    text = "customer: acme\nby: li@acme.example\nstatus: new\nlike Li 联系张伟 +86-29 55506701\n  from: acme\n  to: acme-2\n"
    assert rewritten(file_of(name_expressions(names, desk())), text.encode()).decode() == (
        "customer: forgotten-000000\nby: P\nstatus: new\nlike P 联系P P\n  from: forgotten-000000\n  to: acme-2\n"
    )

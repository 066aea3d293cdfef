"""How an existing file changes: only the lines that must, whatever style its people gave it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from difflib import unified_diff

import pytest

from tkt.errors import Bug, Conflict
from tkt.model import STORED, Event, Ticket
from tkt.store.codec.plain import WriteError
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import changed_text

PATH = "tickets/new/261121-K7Q2M.yaml"
OPENED = datetime(2026, 11, 21, 1, 15, tzinfo=UTC)
EVENTS = """\
events:
- id: 3kq800
  at: 2026-11-21T01:15:00Z
  by: zhang.wei@acme.example
  did: opened
  status: new
"""

BY_HAND = """\
# 张伟来电,请优先处理
id: 261121-K7Q2M
title: 'it''s broken'    # as he said it

# --- who does what ---
type:     product
team: tech               # from the rule "fault"
owner: li.wei
tags:
  - invoice              # rule
  # the next one is ours
  - 'vip'
mood: {happy: no,  waited: 012}   # unknown to tkt
contact:
    name: 张伟           # the boss
    # his own number
    phone: 13800138000
workaround: |-  # told him
  先用旧版开票。

  再换回来。

received_at: 2026-11-21T09:15:00+08:00

# what happened; do not touch
events:
  -   id: 3kq800
      at: 2026-11-21T09:15:00+08:00   # by phone
      by: li.wei
      did: opened
      status: new
      # he was calm

  -   id: w5p900
      at: 2026-11-21T01:20:00Z
      by: "rule:fault"
      did: note
      text: >
        folded
        by hand
# the end
"""


def read(data: bytes) -> Ticket:
    return read_ticket(data, path=PATH, status="new", kinds=STORED)


def note(event_id: str, minutes: int = 60, text: str = "打过电话") -> Event:
    return Event(
        id=event_id, at=OPENED + timedelta(minutes=minutes), by="li.wei", did="note", data={"text": text}
    )


def diff(before: str, after: str) -> list[str]:
    """The changed lines alone, `-` and `+`."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    return [line for line in lines if not line.startswith("@@")]


def change(keys: str, events: str = EVENTS, *, add: tuple[Event, ...] = (), **values: object) -> list[str]:
    """The diff of a file with these lines when these values are set and these events added."""
    original = f"id: 261121-K7Q2M\nreceived_at: 2026-11-21T01:15:00Z\n{keys}{events}"
    before = read(original.encode())
    after = before.with_values(**values).with_events(*add)
    changed = changed_text(original.encode(), before, after)
    assert read(changed).values == after.values
    assert read(changed).events == after.events
    return diff(original, changed.decode())


# The whole of a file


def test_no_change_changes_no_byte() -> None:
    data = BY_HAND.encode()
    assert changed_text(data, read(data), read(data)) == data


def test_a_file_edited_by_hand_survives_twenty_changes() -> None:
    """Comments, quotes, order, unknown keys and blank lines stay, for they are never written again."""
    data = BY_HAND.encode()
    for number in range(20):
        before = read(data)
        after = before.with_values(
            priority=f"P{number % 4 + 1}",
            team=("finance", "tech")[number % 2],
            tags=["invoice", "vip", f"round-{number}"],
            waiting=None if number % 2 else {"on": "customer", "for": f"答复 {number}"},
            workaround=f"第 {number} 次\n还是旧版\n",
        ).with_events(note(f"aaaa{number:02d}", 60 + number))
        data = changed_text(data, before, after)
        assert read(data).events == after.events
        assert read(data).values == after.values
    kept = [line for line in BY_HAND.splitlines() if not line.startswith(("team:", "  先用", "  再换"))]
    kept = [line.replace("|-  #", "|  #") for line in kept]
    result = iter(data.decode().splitlines())
    assert [line for line in kept if line.strip() and line not in result] == []
    assert "team: tech               # from the rule" in data.decode()


def test_line_ends_byte_order_mark_and_a_missing_last_line_end_stay() -> None:
    windows = b"\xef\xbb\xbf" + BY_HAND.rstrip().replace("\n", "\r\n").encode()
    before = read(windows)
    changed = changed_text(windows, before, before.with_values(team="finance", batch="A\nB\n"))
    assert changed.startswith(b"\xef\xbb\xbf# ")
    assert b"\n" not in changed.replace(b"\r\n", b"")
    assert changed.endswith(b"# the end")
    assert read(changed).get("batch") == "A\nB\n"


def test_a_change_that_cannot_be_read_back_is_a_bug_and_nothing_is_returned() -> None:
    """docs/file-format.md, Append-only."""
    data = BY_HAND.encode()
    before = read(data)
    rewritten = replace(before, events=(replace(before.events[0], by="somebody"), before.events[1]))
    with pytest.raises(Bug):
        changed_text(data, before, rewritten)
    with pytest.raises(Bug):
        changed_text(data, before, replace(before, events=before.events[:1]))


def test_a_file_with_other_events_than_were_read_is_a_conflict() -> None:
    data = BY_HAND.encode()
    before = read(data)
    other = data.replace(b"w5p900", b"w5p901")
    with pytest.raises(Conflict):
        changed_text(other, before, before.with_events(note("aaaaaa")))


def test_a_file_in_one_pair_of_braces_is_refused() -> None:
    data = b'{"id": "261121-K7Q2M", "received_at": "2026-11-21T01:15:00Z"}\n'
    with pytest.raises(WriteError, match=r"one \{…\}"):
        changed_text(data, read(data), read(data).with_values(owner="li.wei"))


# One key


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: a   # why", "b", ["-title: a   # why", "+title: b   # why"]),
        ("title: 'it''s'", "no", ["-title: 'it''s'", '+title: "no"']),
        ("title:    a", "b", ["-title:    a", "+title:    b"]),
        ("title: a\n  b\n  c # why", "d", ["-title: a", "-  b", "-  c # why", "+title: d # why"]),
        ("title:   # none", "a", ["-title:   # none", "+title: a   # none"]),
        ("title:", "a", ["-title:", "+title: a"]),
        ("title: ~", "a", ["-title: ~", "+title: a"]),
        ("title:\n  a", "b", ["-  a", "+  b"]),
        ("? title\n: a", "b", ["-: a", "+: b"]),
        ("title: a", "b\nc\n", ["-title: a", "+title: |", "+  b", "+  c"]),
        ("title: |+  # why\n  a\n\n# c", "b", ["-title: |+  # why", "-  a", "-", "+title: b  # why"]),
        ("title: >-\n  a\n  b\n\n# c", "b\nc", ["-title: >-", "-  a", "+title: |-", "+  c"]),
        ("title: a\n  # deep", "b\nc", ["-title: a", '+title: "b\\nc"']),
    ],
)
def test_a_text_is_replaced(old: str, new: str, expected: list[str]) -> None:
    assert change(f"{old}\nteam: tech\n", title=new) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("title: a   # why", ["-title: a   # why"]),
        ("title: |\n  a\n\n  b\n\n# next", ["-title: |", "-  a", "-", "-  b"]),
        ("title: a\n  # of the title\n# next", ["-title: a", "-  # of the title"]),
        ("? title\n: a", ["-? title", "-: a"]),
    ],
)
def test_a_removed_key_loses_its_own_lines_alone(old: str, expected: list[str]) -> None:
    assert change(f"{old}\nteam: tech\n", title=None) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[a, 'b']  # why", ["a", "b", "c d"], ["-tags: [a, 'b']  # why", "+tags: [a, 'b', c d]  # why"]),
        ("[a, 'b', c,]", ["a", "c"], ["-tags: [a, 'b', c,]", "+tags: [a, c,]"]),
        ("[a, 'b', c]", ["a", "d"], ["-tags: [a, 'b', c]", "+tags: [a, d]"]),
        ("[a, b]", ["b", "a"], ["-tags: [a, b]", "+tags: [b, a]"]),
        ("[]", ["a"], ["-tags: []", "+tags: [a]"]),
        ("[a, # one\n  b # two\n  ]", ["a", "b", "c"], ["-  b # two", "+  b, c # two"]),
        ("# why\n  - a # one\n  # two\n  - b", ["b", "c"], ["-  - a # one", "+  - c"]),
        ("\n- a\n  # of a\n- b", ["b"], ["-- a", "-  # of a"]),
        ("\n- a\n- b\n", ["c"], ["-tags: ", "-- a", "-- b", "+tags: [c] "]),
    ],
)
def test_a_list_is_changed_item_by_item(old: str, new: list[str], expected: list[str]) -> None:
    assert change(f"tags: {old}\nteam: tech\n", tags=new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "{name:  张伟, \"phone\": '138'}  # who",
            {"name": "李伟", "phone": "138"},
            ["-contact: {name:  张伟, \"phone\": '138'}  # who", "+contact: {name:  李伟, \"phone\": '138'}  # who"],
        ),
        (
            "{name: 张伟, phone: '138'}",
            {"name": "张伟", "email": "a@b.example"},
            ["-contact: {name: 张伟, phone: '138'}", "+contact: {name: 张伟, email: a@b.example}"],
        ),
        (
            "# who\n  name: 张伟 # boss\n  # at home\n  phone: '138'",
            {"name": "李伟", "phone": "138", "email": "a@b.example"},
            ["-  name: 张伟 # boss", "+  name: 李伟 # boss", "+  email: a@b.example"],
        ),
        ("# who\n  name: 张伟\n  phone: '138'", {"phone": "138"}, ["-  name: 张伟"]),
        ("# who\n  name: 张伟", {"id": "a"}, ["-contact: # who", "-  name: 张伟", "+contact: {id: a} # who"]),
    ],
)  # fmt: skip
def test_a_mapping_is_changed_key_by_key(old: str, new: dict[str, str], expected: list[str]) -> None:
    assert change(f"contact: {old}\nteam: tech\n", contact=new) == expected


def test_numbers_where_text_belongs_are_no_hindrance() -> None:
    """A reader takes them as written (`404`, `138`), and so does a change."""
    assert change("tags: [404, 1.10] # why\n", tags=["404", "1.10", "a"]) == [
        "-tags: [404, 1.10] # why",
        "+tags: [404, 1.10, a] # why",
    ]
    assert change("contact: {phone: 138}\n", contact={"phone": "138", "name": "张伟"}) == [
        "-contact: {phone: 138}",
        "+contact: {phone: 138, name: 张伟}",
    ]


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("tags", "[a, # one\n  b]", ["b"]),
        ("tags", "[a, # one\n  b]", ["c"]),
        ("tags", "\n- a # one\n- b", ["c"]),
        ("contact", "\n  name: a # one", {"phone": "138"}),
        ("contact", "\n  name: |  # one\n    a", {"phone": "138"}),
    ],
)
def test_a_change_that_would_lose_a_comment_is_refused(key: str, old: str, new: object) -> None:
    with pytest.raises(WriteError, match=f"lose a comment inside the value of {key}") as caught:
        change(f"{key}: {old}\n", **{key: new})
    assert (caught.value.path, caught.value.line) == (PATH, 3)


def test_a_hash_inside_a_text_is_no_comment() -> None:
    assert change('tags: ["#1", "C# 2"]\n', tags=["x"]) == ['-tags: ["#1", "C# 2"]', "+tags: [x]"]


def test_new_keys_go_to_their_places() -> None:
    """In the order of a new file; one that tkt does not know goes before the events."""
    lines = "title: a   # why\n  # more of the title\n\n# about the team\nteam: tech\n"
    original = f"id: 261121-K7Q2M\n{lines}received_at: 2026-11-21T01:15:00Z\nmood: fine\n\n# events\n{EVENTS}"
    before = read(original.encode())
    after = before.with_values(type="product", owner="li.wei", tags=["a"], colour="red")
    assert changed_text(original.encode(), before, after).decode() == (
        "id: 261121-K7Q2M\ntitle: a   # why\n  # more of the title\ntype: product\n\n# about the team\nteam: tech\n"
        "owner: li.wei\nreceived_at: 2026-11-21T01:15:00Z\ntags: [a]\nmood: fine\ncolour: red\n\n"
        f"# events\n{EVENTS}"
    )


def test_keys_that_are_indented_stay_so() -> None:
    original = "  id: 261121-K7Q2M\n  received_at: 2026-11-21T01:15:00Z\n"
    before = read(original.encode())
    after = before.with_values(title="a\nb").with_events(note("aaaaaa"))
    assert changed_text(original.encode(), before, after).decode().splitlines()[1:5] == [
        "  title: |-",
        "    a",
        "    b",
        "  received_at: 2026-11-21T01:15:00Z",
    ]


# Events

ADDED = ["+- id: aaaaaa", "+  at: 2026-11-21T02:15:00Z", "+  by: li.wei", "+  did: note", "+  text: 打过电话"]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (EVENTS, ADDED),
        (EVENTS + "# the end\n", ADDED),
        (EVENTS + "\n\n", ADDED),
        (EVENTS + "...\n", ADDED),
        (EVENTS.rstrip(), ADDED),
        ("", ["+events:", *ADDED]),
        ("events:\n", ADDED),
        ("events:   # none yet\n", ADDED),
        ("events: []  # none yet\n", ["-events: []  # none yet", "+events:  # none yet", *ADDED]),
        ("events: ~\n", ["-events: ~", "+events:", *ADDED]),
        ("events: []", ["-events: []", "+events:", *ADDED]),
    ],
)
def test_an_event_only_adds_its_lines(events: str, expected: list[str]) -> None:
    assert change("", events, add=(note("aaaaaa"),)) == expected


def test_an_event_is_indented_as_its_neighbours() -> None:
    data = BY_HAND.encode()
    before = read(data)
    changed = changed_text(data, before, before.with_events(note("aaaaaa", 2), note("aaaaab", 60, "a\nb\n")))
    assert diff(BY_HAND, changed.decode()) == [
        "+  -   id: aaaaaa",
        "+      at: 2026-11-21T01:17:00Z",
        "+      by: li.wei",
        "+      did: note",
        "+      text: 打过电话",
        "+  -   id: aaaaab",
        "+      at: 2026-11-21T02:15:00Z",
        "+      by: li.wei",
        "+      did: note",
        "+      text: |",
        "+        a",
        "+        b",
    ]
    lines = changed.decode().splitlines()
    assert lines[lines.index("  -   id: aaaaaa") - 1] == "      # he was calm"


def test_an_event_goes_where_its_instant_and_id_put_it() -> None:
    """docs/file-format.md, Order."""
    data = f"id: 261121-K7Q2M\n{EVENTS}".encode()
    before = read(data)
    for event in (note("mmmmmm"), note("zzzzzz"), note("aaaaaa"), note("bbbbbb", -5), note("cccccc", 30)):
        after = before.with_events(event)
        data = changed_text(data, before, after)
        before = after
    found = [line[6:] for line in data.decode().splitlines() if line.startswith("- id:")]
    assert found == ["bbbbbb", "3kq800", "cccccc", "aaaaaa", "mmmmmm", "zzzzzz"]


def test_events_that_stand_out_of_order_are_left_where_they_are() -> None:
    late = "- {id: late00, at: 2026-11-21T09:00:00Z, by: x, did: note}\n"
    early = "- {id: early0, at: 2026-11-21T01:30:00Z, by: x, did: note}\n"
    assert change("", EVENTS + late + early, add=(note("aaaaaa"),)) == ADDED


@pytest.mark.parametrize("header", ["|", "|+", ">"])
def test_a_last_text_without_a_line_end_does_not_gain_one(header: str) -> None:
    """The event of somebody else keeps its content to the character."""
    events = (
        EVENTS + f"- id: bbbbbb\n  at: 2026-11-21T01:16:00Z\n  by: x\n  did: note\n  text: {header}\n    a"
    )
    changed = change("", events, add=(note("aaaaaa"), note("cccccc")))
    assert changed[:2] == [f"-  text: {header}", f"+  text: {header[0]}-"]
    assert changed[2:] == [*ADDED, "+- id: cccccc", *ADDED[1:]]


def test_blank_lines_that_belong_to_a_text_stay_with_it() -> None:
    events = (
        EVENTS + "- id: bbbbbb\n  at: 2026-11-21T01:16:00Z\n  by: x\n  did: note\n  text: |+\n    a\n\n\n"
    )
    assert change("", events, add=(note("aaaaaa"),)) == ADDED


def test_events_in_brackets_are_refused() -> None:
    events = "events: [{id: a, at: 2026-11-21T01:15:00Z, by: x, did: note}]\n"
    with pytest.raises(WriteError, match=r"the events stand in \[…\]"):
        change("", events, add=(note("aaaaaa"),))

"""The gallery of bad files: each as a user would see it, with what tkt says of it and on which line."""

from __future__ import annotations

import pytest

from tkt.errors import DataError, Problem
from tkt.i18n import render
from tkt.model import STORED
from tkt.store.codec.tickets import read_ticket

PATH = "tickets/new/261121-K7Q2M.yaml"
GOOD = """\
id: 261121-K7Q2M
title: 开票时报错 E104
priority: P2
received_at: 2026-11-21T01:15:00Z
events:
- id: 3kq800
  at: 2026-11-21T01:15:00Z
  by: zhang.wei@acme.example
  role: customer
  did: opened
  status: new
"""


def problems_of(data: bytes | str) -> list[Problem]:
    raw = data if isinstance(data, bytes) else data.encode()
    with pytest.raises(DataError) as caught:
        read_ticket(raw, path=PATH, status="new", kinds=STORED)
    return list(caught.value.problems)


def told(data: bytes | str) -> list[str]:
    """`line: message` of each problem."""
    return [f"{problem.line}: {render(problem.message)}" for problem in problems_of(data)]


def hint(data: bytes | str) -> str:
    (problem,) = problems_of(data)
    return render(problem.hint or "")


def good_but(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_the_good_file_of_this_gallery_is_good() -> None:
    assert read_ticket(GOOD.encode(), path=PATH, status="new", kinds=STORED).title == "开票时报错 E104"


# What is no UTF-8 text


def test_a_nul() -> None:
    bad = good_but("E104", "E1\x0004")
    assert told(bad) == ["2: a NUL character, which a text cannot hold"]
    assert hint(bad) == f"take it out: tr -d '\\000' < {PATH} > {PATH}.new && mv {PATH}.new {PATH}"


def test_a_nul_as_an_escape() -> None:
    assert told(good_but("title: 开票时报错 E104", 'title: "a\\0b"')) == [
        "2: a NUL character, which a text cannot hold"
    ]


def test_a_byte_that_is_not_utf8() -> None:
    bad = GOOD.encode().replace(b"P2", b"P\xff")
    assert told(bad) == ["3: byte 0xff at position 57 of the file is not UTF-8"]
    assert bad[56] == 0xFF


def test_a_file_in_the_encoding_of_chinese_windows() -> None:
    bad = GOOD.encode("gb18030")
    assert told(bad)[0].startswith("2: byte 0xbf at position 25")
    assert hint(bad).startswith("if it is GB18030: iconv -f GB18030 -t UTF-8 ")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32"),
    ],
)
def test_a_file_in_utf16_or_utf32(encoding: str, name: str) -> None:
    bad = GOOD.encode(encoding)
    assert told(bad) == [f"1: the file is {name}, expected UTF-8"]
    assert f"iconv -f {name} -t UTF-8 {PATH}" in hint(bad)


def test_a_control_character() -> None:
    bad = good_but("E104", "\x1b[31mE104")
    assert told(bad) == ["2: the character U+001B, which YAML does not allow as it is"]
    assert "escape" in hint(bad)


def test_a_file_that_is_too_large() -> None:
    bad = GOOD + "# " + "x" * 4 * 1024 * 1024 + "\n"
    assert told(bad) == [f"None: the file has {len(bad.encode())} bytes, expected at most 4194304"]


# What is no single mapping


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a remark\n"])
def test_an_empty_file(text: str) -> None:
    assert told(text) == ["1: the file is empty, expected `key: value` lines"]


def test_a_list_at_the_top() -> None:
    assert told("- id: 261121-K7Q2M\n") == ["1: the file holds a list, expected `key: value` lines"]


def test_a_text_at_the_top() -> None:
    assert told("\nhello\n") == ["2: the file holds a text, expected `key: value` lines"]


def test_two_documents() -> None:
    assert told(GOOD + "---\nid: x\n") == ["12: a second document after `---`, expected one"]


@pytest.mark.parametrize(
    "marker", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| merged common ancestors"]
)
def test_conflict_markers_of_an_unfinished_merge(marker: str) -> None:
    bad = good_but("priority: P2\n", f"priority: P2\n{marker}\nowner: li.wei\n")
    assert told(bad) == ["4: a conflict marker of an unfinished merge"]
    assert hint(bad) == "tkt repair puts both sides together"


def test_a_line_of_equals_signs_inside_a_text_is_no_conflict_marker() -> None:
    good = (
        GOOD
        + "- id: 3kq801\n  at: 2026-11-21T01:16:00Z\n  by: x\n  did: note\n  text: |\n    =======\n    <<<<<<< a\n"
    )
    assert (
        read_ticket(good.encode(), path=PATH, status="new", kinds=STORED).events[1].get("text")
        == "=======\n<<<<<<< a\n"
    )


# What YAML allows and tkt does not


def test_duplicate_keys_name_both_lines() -> None:
    bad = good_but("priority: P2", "priority: P2\nteam: tech\npriority: P3\nteam: finance")
    assert told(bad) == [
        "5: the key priority stands here again, first on line 3",
        "6: the key team stands here again, first on line 4",
    ]


def test_a_duplicate_key_in_an_event() -> None:
    assert told(good_but("  role: customer", "  role: customer\n  by: li.wei")) == [
        "10: the key by stands here again, first on line 8"
    ]


def test_a_tag() -> None:
    assert told(good_but("priority: P2", "priority: !!str P2")) == [
        "3: a tag (tag:yaml.org,2002:str), which tkt does not read"
    ]


def test_an_anchor_and_an_alias() -> None:
    bad = good_but("priority: P2", "team: &t tech\nowner: *t")
    assert told(bad) == [
        "3: an anchor (&t), which tkt does not read",
        "4: an alias (*t), which tkt does not read",
    ]


def test_a_bomb_of_aliases_is_only_named() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert len(told(bomb)) == 9 + 16


def test_a_merge_key() -> None:
    assert told(good_but("priority: P2", "<<: {priority: P2}")) == [
        "3: a merge key (<<), which tkt does not read"
    ]


def test_keys_that_are_not_text() -> None:
    bad = good_but("priority: P2", "1: a\ntrue: b\n? [c]\n: d\n")
    assert told(bad) == [
        "3: the key 1 is not text",
        "4: the key true is not text",
        "5: a list or a mapping stands as a key, expected a word",
    ]


@pytest.mark.parametrize("key", ["? [c]", "? {c: d}", "? [c]\n: ''"])
def test_a_key_that_is_no_word_and_has_no_value(key: str) -> None:
    assert told(good_but("priority: P2", key)) == ["3: a list or a mapping stands as a key, expected a word"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "[[{b: "])
def test_a_very_deep_file_is_refused_at_once(opening: str) -> None:
    assert told(f"a: {opening * 100_000}") == ["1: values are nested too deeply, expected at most 64 levels"]


def test_a_deep_block_is_refused_where_it_gets_too_deep() -> None:
    bad = "".join(f"{' ' * level}a:\n" for level in range(80))
    assert told(bad) == ["65: values are nested too deeply, expected at most 64 levels"]


# What is not YAML


def test_a_full_width_colon_is_named_on_its_own_line() -> None:
    bad = good_but("priority: P2", "优先级：P2")
    assert told(bad) == ["3: a full-width colon `：` after a key, expected `: `"]
    assert hint(bad) == "write: 优先级: P2"


@pytest.mark.parametrize(
    ("old", "new", "line", "right"),
    [
        ("id: 261121-K7Q2M", "id：261121-K7Q2M", 1, "id: 261121-K7Q2M"),
        ("- id: 3kq800", "- id： 3kq800", 6, "- id: 3kq800"),
        ("  status: new", "  status：new", 11, "status: new"),
        ("priority: P2", "contact: {name：张伟}", 3, "name: 张伟"),
    ],
)
def test_a_full_width_colon_in_other_places(old: str, new: str, line: int, right: str) -> None:
    bad = good_but(old, new)
    assert told(bad) == [f"{line}: a full-width colon `：` after a key, expected `: `"]
    assert hint(bad) == f"write: {right}"


def test_a_file_of_full_width_colons_alone() -> None:
    assert told("标题：打不开\n") == ["1: a full-width colon `：` after a key, expected `: `"]


def test_a_full_width_colon_in_a_text_is_not_blamed_for_the_line_below() -> None:
    bad = GOOD + "- id: 3kq801\n  text: |\n    客户说：打不开\n   by: x\n"
    assert told(bad) == ["15: this line does not fit those around it: check indentation and quotes"]


@pytest.mark.parametrize(
    ("old", "new", "line"), [("priority: P2", "priority:P2", 3), ("  status: new", "  status:new", 11)]
)
def test_a_colon_without_a_space(old: str, new: str, line: int) -> None:
    bad = good_but(old, new)
    assert told(bad) == [f"{line}: no space after the colon of a key, expected `: `"]
    assert hint(bad) == f"write: {old.strip()}"


def test_a_tab_as_indentation() -> None:
    assert told(good_but("  by: zhang", "\tby: zhang")) == ["8: a tab as indentation, expected spaces"]
    assert told(good_but("- id: 3kq800", "\t- id: 3kq800")) == ["6: a tab as indentation, expected spaces"]


@pytest.mark.parametrize("text", ["错误: 打不开", "@zhang 打不开", "%x", "*急* 打不开", "`x`", "!急 x"])
def test_a_text_that_needs_quotes_is_shown_with_them(text: str) -> None:
    bad = good_but("title: 开票时报错 E104", f"title: {text}")
    assert told(bad) == ["2: this text needs quotes: it begins with one of @ ` % & * ! or holds `: `"]
    assert hint(bad) == f'write: title: "{text}"'


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("priority: P2", "P2", 3, "a line without `key: `"),
        ("priority: P2", "tags: [a, b", 3, "a list that begins with [ is not closed by ]"),
        ("priority: P2", "contact: {a: b", 3, "a mapping that begins with { is not closed by }"),
        ("priority: P2", 'team: "tech', 3, "a quote that is opened here is not closed"),
        ("priority: P2", "team: 'it's'", 3, "this line does not fit those around it: check indentation and quotes"),
        ("priority: P2", 'team: "\\q"', 3, "an unknown escape after \\ in a text in double quotes"),
        ("priority: P2", "tags: - a", 3, "`- ` cannot begin a list here, expected it on a line of its own"),
        ("  by: zhang", "   by: zhang", 8, "`key: ` cannot stand here: check the indentation"),
    ],
)  # fmt: skip
def test_other_complaints_of_the_parser(old: str, new: str, line: int, message: str) -> None:
    assert told(good_but(old, new)) == [f"{line}: {message}"]


def test_a_complaint_that_has_no_words_of_ours_keeps_the_parsers() -> None:
    assert told(good_but("priority: P2", "priority: ,P2")) == [
        "3: not YAML: while parsing a block node, did not find expected node content"
    ]


# What could be misread


def test_an_instant_without_its_offset() -> None:
    bad = GOOD.replace("2026-11-21T01:15:00Z\n  by", "2026-11-21T09:15:00\n  by")
    assert told(bad) == ["7: at is 2026-11-21T09:15:00, an instant without its offset from UTC"]
    assert hint(bad) == "write: at: 2026-11-21T09:15:00+08:00, or with Z at the end for UTC"


def test_something_else_where_an_instant_belongs() -> None:
    bad = good_but("received_at: 2026-11-21T01:15:00Z", "received_at: 昨天\noccurred_at: 20261121")
    assert told(bad) == [
        "4: received_at is 昨天, expected an instant like 2026-11-21T09:15:00+08:00",
        "5: occurred_at is a number, expected an instant like 2026-11-21T09:15:00+08:00",
    ]


def test_an_id_that_is_not_the_files() -> None:
    assert told(good_but("K7Q2M", "K7Q2N")) == [
        "1: the id is 261121-K7Q2N, but the file is named 261121-K7Q2M.yaml"
    ]


def test_no_id_and_an_id_that_is_none() -> None:
    assert told(good_but("id: 261121-K7Q2M\n", "")) == ["1: the ticket has no id"]
    assert hint(good_but("id: 261121-K7Q2M\n", "")) == "write: id: 261121-K7Q2M"
    assert told(good_but("id: 261121-K7Q2M", "id: 12")) == [
        "1: 12 is not the id of a ticket, expected one like 261121-K7Q2M"
    ]


@pytest.mark.parametrize(
    ("events", "line", "message"),
    [
        ("events: x", 3, "events is a text, expected a list of events"),
        ("events: {id: a}", 3, "events is a mapping, expected a list of events"),
        ("events: [a]", 3, "events is a text, expected a mapping with id, at, by and did"),
        ("events:\n- id: a\n  by: x", 4, "an event without at, did"),
        ("events:\n- id: 123456\n  at: 2026-11-21T01:15:00Z\n  by: x\n  did: note", 4, "the id of an event is 123456, expected text"),
        ("events:\n- id: a\n  at: 2026-11-21T01:15:00Z\n  by: [x]\n  did: note", 6, "by is a list, expected a text"),
        ("events:\n- id: a\n  at: 2026-11-21T01:15:00Z\n  by: x\n  did: note\n  auto: yes", 8, "auto is a text, expected true or false"),
        ("events:\n- id: a\n  at: 2026-11-21T01:15:00Z\n  by: x\n  did: note\n  text: {a: b}", 8, "text is a mapping, expected a text"),
        ("events:\n- id: a\n  at: 2026-11-21T01:15:00Z\n  by: x\n  did: moved\n  waiting: soon", 8, "waiting is a text, expected a mapping"),
    ],
)  # fmt: skip
def test_events_that_are_none(events: str, line: int, message: str) -> None:
    assert told(f"id: 261121-K7Q2M\nreceived_at: 2026-11-21T01:15:00Z\n{events}\n") == [f"{line}: {message}"]


def test_two_events_of_one_id() -> None:
    bad = GOOD + "- id: 3kq800\n  at: 2026-11-21T01:16:00Z\n  by: x\n  did: note\n"
    assert told(bad) == ["12: the event 3kq800 stands here again, first on line 6"]


def test_a_ticket_without_any_beginning() -> None:
    assert told("id: 261121-K7Q2M\ntitle: x\n") == [
        "1: no events and no received_at, expected an event `opened`"
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("tags: invoice", "tags is a text, expected a list of words, as in [invoice]"),
        ("tags: [a, {b: c}]", "tags is a mapping, expected a text"),
        ("contact: 张伟", "contact is a text, expected a mapping"),
        ("title: [a, b]", "title is a list, expected a text"),
    ],
)
def test_stored_keys_of_another_shape(value: str, message: str) -> None:
    assert told(good_but("priority: P2", value).replace("title: 开票时报错 E104\n", "\n")) == [
        f"3: {message}"
    ]


def test_all_faults_are_told_in_one_run_in_the_order_of_the_file() -> None:
    bad = good_but("priority: P2", "tags: invoice\npriority: P3\npriority: P4").replace(
        "at: 2026-11-21T01:15:00Z\n  by", "at: noon\n  by"
    )
    assert [line.split(":")[0] for line in told(bad)] == ["3", "5", "9"]


# What is not unreadable, only to be judged


def test_unknown_values_keys_and_kinds_are_kept_as_they_are() -> None:
    odd = good_but("priority: P2", "priority: P9\nprioirty: P1").replace("did: opened", "did: dreamt")
    ticket = read_ticket(odd.encode(), path=PATH, status="new", kinds=STORED)
    assert (ticket.priority, ticket.get("prioirty")) == ("P9", "P1")
    assert ticket.events[0].did == "dreamt"

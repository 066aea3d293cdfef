"""Whatever a stranger writes comes back equal, and a change touches only the lines that it must."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.model import STORED, Event, Kind, Ticket
from tkt.store.codec.kept import ticket_from, ticket_kept
from tkt.store.codec.layout import event_mapping, ticket_mapping
from tkt.store.codec.plain import block_item, entries, yaml_text
from tkt.store.codec.reading import read_document
from tkt.store.codec.scalars import clean_text, scalar_text
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import changed_text, new_ticket_text

START = datetime(2026, 11, 21, 1, 15, tzinfo=UTC)
ID = "261121-K7Q2M"
PATH = f"tickets/new/{ID}.yaml"
BLOCK_TEXT = re.compile(r"[|>][0-9]?([+-]?)$")

LOOKALIKES = (
    "", " ", "no", "yes", "on", "y", "~", "null", "Null", "true", "True", "012", "0", "-0", "1e5", "1e5000", ".5",
    "0x1F", "0o17", "1_000", "18:30", "1:2:3", "2026-11-21", "2026-11-21T01:15:00Z", "2026-11-21 01:15:00", "=", "<<",
    "- a", "-", "?", "? a", ":", "a: b", "a:b", "a:", ": a", "# a", "a #b", "a#b", "[a", "{a", "a, b", "*a", "&a", "!a",
    "@a", "`a", "%a", "|", ">", "|-", "'a", '"a', "a'b", 'a"b', "\\", "a\\n", "---", "...", "--- a", "a\n---\nb", "a\n...\n",
    "标题：值", "标题：", "，", "123456", "3kq800", "1234567890123456789012345", "http://a.example/b?c=d#e", "\ta", "a\t",
    " a", "a ", "\na", "a\n", "a\n\n", "a\n\n\n", "\n", "\n\n", "a\n b\n", " a\nb", "a\n  \nb", "a\n  ", "a\n\t\n", "\n\na\n",
    "a\r\nb", "a\rb", "a\x1b[1mb", "\x7f", "\x85", "a\u2028b\n", "\ufeffa", "\u202eabc", "张伟\n李伟\n", "😀\n🎉", "\ufffe", "\xa0a",
    "\u3000", "a\n\u3000\n", "<<<<<<< HEAD\n=======\n>>>>>>> b\n", "#\n#", "a\n#b\n", "-\n-", "a:\n  b:\n",
)  # fmt: skip
ALPHABET = "ab 01:-#,[]{}'\"\\|>&*!%@`?\t\n\r\x1b\x7f\x85\u2028\u2029\ufeff\u202e\xa0\u3000中文：，。😀"

texts = st.one_of(
    st.sampled_from(LOOKALIKES),
    st.text(st.sampled_from(ALPHABET), max_size=30),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.lists(st.sampled_from(LOOKALIKES), max_size=4).map("\n".join),
)
scalars = st.one_of(
    texts, st.booleans(), st.integers(-(10**17) + 1, 10**17), st.floats(allow_nan=False, allow_infinity=False)
)
keys = st.one_of(st.sampled_from(("name", "on", "a b", "标题")), texts.filter(lambda text: len(text) < 40))
values = st.recursive(
    scalars | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
instants = st.integers(0, 10_000).map(lambda minutes: START + timedelta(minutes=minutes))
_OF_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    "instant": instants,
    "words": st.lists(texts, min_size=1, max_size=4),
    "mapping": st.dictionaries(keys, texts, min_size=1, max_size=4),
}
stored = st.fixed_dictionaries(
    {},
    optional={
        name: _OF_KIND.get(kind, texts) for name, kind in STORED.items() if name not in ("id", "received_at")
    }
    | {"made_sla": st.booleans(), "备注": texts, "rooms": st.integers(0, 9)},
)
changes = st.fixed_dictionaries(
    {},
    optional={
        name: _OF_KIND.get(kind, texts) | st.none()
        for name, kind in STORED.items()
        if name not in ("id", "received_at")
    },
)
messages = st.fixed_dictionaries({"text": texts}, optional={"sent_by": texts, "无": values})
sets = st.fixed_dictionaries(
    {"field": st.just("title"), "to": texts}, optional={"from": texts, "because": texts}
)
others = st.dictionaries(st.sampled_from(("minutes", "files", "reached")), values, max_size=2)


@st.composite
def events(draw: st.DrawFn, stem: str = "a", most: int = 4) -> tuple[Event, ...]:
    found = []
    for number in range(draw(st.integers(1, most))):
        did = draw(st.sampled_from(("message", "note", "set", "dreamt")))
        found.append(
            Event(
                id=f"{stem}{number:05d}",
                at=draw(instants),
                by=draw(st.sampled_from(("li.wei", "zhang.wei@acme.example", "rule:a b", "012"))),
                did=did,
                role=draw(st.sampled_from(("agent", "customer", "system"))),
                auto=draw(st.booleans()),
                forced=draw(st.booleans()),
                reason=draw(st.none() | texts.filter(bool)),
                recorded_at=draw(st.none() | instants),
                data=draw({"dreamt": others, "set": sets}.get(did, messages)),
            )
        )
    return tuple(sorted(found, key=lambda event: event.order))


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    return Ticket(
        id=ID,
        status="new",
        path=PATH,
        values={"received_at": START, **draw(stored)},
        events=draw(events()),
    )


@st.composite
def files(draw: st.DrawFn, ticket: Ticket) -> bytes:
    """The ticket's file as different people and editors might have left it."""
    dash = draw(st.sampled_from((0, 2)))
    indent = dash + draw(st.sampled_from((2, 4)))
    parts = [draw(st.sampled_from(("", "---\n", "# a ticket\n\n")))]
    for key, value in ticket_mapping(ticket).items():
        lines = entries({key: value}, 0)
        if len(lines) == 1 and draw(st.booleans()):
            lines = [f"{lines[0]}   # why: {key}"]
        parts += ["".join(f"{line}\n" for line in lines), draw(remarks(lines, indent))]
    parts += ["events:", draw(st.sampled_from(("", "  # never edit these"))), "\n"]
    for event in ticket.events:
        lines = block_item(event_mapping(event), dash, indent)
        parts += ["".join(f"{line}\n" for line in lines), draw(remarks(lines, indent))]
    parts.append(draw(st.sampled_from(("", "", "...\n", "# end\n"))))
    text = "".join(parts)
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


def remarks(lines: list[str], indent: int) -> st.SearchStrategy[str]:
    """What may stand below `lines` without becoming one more line of a block text in them."""
    blocks = [found[1] for line in lines if (found := BLOCK_TEXT.search(line))]
    blank = () if "+" in blocks else ("\n", "\n# - id: zzz\n\n")
    deep = () if blocks else (f"{' ' * (indent + 2)}# deep\n",)
    return st.sampled_from(("", "", "", "# 客户很急\n", *blank, *deep))


def read(data: bytes) -> Ticket:
    kinds: dict[str, Kind] = {**STORED, "made_sla": "bool", "rooms": "number", "备注": "text"}
    return read_ticket(data, path=PATH, status="new", kinds=kinds)


def is_subsequence(short: bytes, long: bytes) -> bool:
    rest = iter(long)
    return all(byte in rest for byte in short)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_any_text_comes_back_equal(text: str) -> None:
    mapping = {"inline": text, "list": [text], "deep": {"a": {text: text, "b": [[text], {"c": text}]}}}
    assert read_document(yaml_text(mapping).encode(), PATH).value == mapping


@given(st.dictionaries(keys, values, min_size=1, max_size=4))
@settings(deadline=None)
def test_any_value_comes_back_equal(mapping: dict[str, Any]) -> None:
    found = read_document(yaml_text(mapping).encode(), PATH).value
    assert found.keys() == mapping.keys()
    # numbers that no other program would read exactly become text, all else is the same
    assert all(_like(found[key], mapping[key]) for key in mapping)


def _like(found: Any, meant: Any) -> bool:
    if isinstance(meant, dict):
        return found.keys() == meant.keys() and all(_like(found[key], meant[key]) for key in meant)
    if isinstance(meant, list):
        return len(found) == len(meant) and all(map(_like, found, meant))
    if isinstance(meant, int) and not isinstance(meant, bool) and len(str(meant)) > 18:
        return bool(found == str(meant))
    return type(found) is type(meant) and bool(found == meant)


@given(st.text(max_size=20))
@settings(deadline=None)
def test_a_cleaned_text_can_always_be_written(text: str) -> None:
    cleaned, changed = clean_text(text)
    assert read_document(f"a: {scalar_text(cleaned)}".encode(), PATH).value == {"a": cleaned}
    assert (cleaned == text) == (changed == 0)


@given(tickets())
@settings(deadline=None)
def test_a_new_ticket_comes_back_equal(ticket: Ticket) -> None:
    found = read(new_ticket_text(ticket).encode())
    assert found == ticket.with_values()
    assert found.events == ticket.events


@given(st.data())
@settings(deadline=None)
def test_a_ticket_that_the_index_keeps_is_the_one_that_was_read(data: st.DataObject) -> None:
    found = read(data.draw(files(data.draw(tickets()))))
    again = ticket_from(ticket_kept(found), path=PATH, status="new")
    assert again == found
    assert repr(again) == repr(found)  # True is not 1, a tuple not a list


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_added_events_only_add_lines(data: st.DataObject) -> None:
    ticket = data.draw(tickets())
    original = data.draw(files(ticket))
    before = read(original)
    after = before.with_events(*data.draw(events("b")))
    changed = changed_text(original, before, after)
    assert read(changed).events == after.events
    assert read(changed).values == before.values
    # nothing but whole lines is added; a literal block without a final line end may become `|-`
    assert is_subsequence(original, changed)
    assert changed.startswith(b"\xef\xbb\xbf") == original.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in original) <= (b"\n" not in changed.replace(b"\r\n", b""))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_changed_keys_leave_every_other_line_alone(data: st.DataObject) -> None:
    ticket = data.draw(tickets())
    original = data.draw(files(ticket))
    before = read(original)
    wanted = data.draw(changes)
    after = before.with_values(**wanted)
    changed = changed_text(original, before, after)
    assert read(changed).values == after.values
    assert read(changed).events == before.events
    assert _untouched(original, set(wanted)) == _untouched(changed, set(wanted))


def _untouched(data: bytes, keys: set[str]) -> list[str]:
    """Comments and the lines of the keys that nobody asked to change; blank lines are left out."""
    document = read_document(data, PATH)
    tops = {document.line(key): key for key in document.value}
    key, found = None, []
    for number, line in enumerate(data.decode().split("\n"), 1):
        key = tops.get(number, key)
        if line.strip("\r") and (key not in keys or line.startswith(("#", "...", "---"))):
            found.append(line)
    return found

"""What are the bytes of a new or changed file? Nothing is written here; every result is read back first.

A changed file differs from the original in the lines of the changed keys and in added events alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tkt.errors import Bug
from tkt.lessons import Lesson
from tkt.model import STORED, Customer, Event, Ticket, Value
from tkt.store.codec.appending import add_events
from tkt.store.codec.layout import (
    CUSTOMER_KEYS,
    customer_mapping,
    event_mapping,
    lesson_mapping,
    ticket_mapping,
)
from tkt.store.codec.plain import block_item, rendered, same, yaml_text
from tkt.store.codec.proof import proven
from tkt.store.codec.reading import read_document
from tkt.store.codec.splicing import Splice

Plain = Mapping[str, Value]


class _State(NamedTuple):
    """What a file is to hold: its keys as plain values, its events."""

    keys: Plain
    events: Sequence[Event]


def new_ticket_text(ticket: Ticket) -> str:
    """The whole text of a new ticket's file. Errors: WriteError for what no file can hold."""
    return _new_text(_State(ticket_mapping(ticket), ticket.events), ticket.path or f"{ticket.id}.yaml")


def new_customer_text(customer: Customer) -> str:
    """The whole text of a new customer's file. Errors: WriteError for what no file can hold."""
    return _new_text(_State(customer_mapping(customer), customer.events), _customer_path(customer))


def new_lesson_text(lesson: Lesson) -> str:
    """The whole text of a new review's or improvement's file."""
    return _new_text(_State(lesson_mapping(lesson), lesson.events), lesson.path)


def changed_text(original: bytes, before: Ticket, after: Ticket) -> bytes:
    """`original`, the file of `before`, with what makes `after` of it: changed keys and added events.

    Errors: WriteError where that would lose a comment or cannot be done in the file's style;
    Conflict where `original` holds other events than `before`.
    """
    old = _State(ticket_mapping(before), before.events)
    new = _State(ticket_mapping(after), after.events)
    path = after.path or before.path or f"{before.id}.yaml"
    return _changed(original, path, old, new, tuple(STORED))


def changed_customer_text(original: bytes, before: Customer, after: Customer) -> bytes:
    """The same for a customer's file."""
    old = _State(customer_mapping(before), before.events)
    new = _State(customer_mapping(after), after.events)
    return _changed(original, _customer_path(before), old, new, CUSTOMER_KEYS)


def _new_text(state: _State, path: str) -> str:
    items = [event_mapping(event) for event in state.events]
    lines = [line for item in items for line in block_item(item, 0, 2)]
    text = yaml_text(state.keys) + "".join(f"{line}\n" for line in (["events:", *lines] if items else []))
    expected = {**state.keys, "events": items} if items else dict(state.keys)
    proven(text.encode(), expected, path)
    return text


def _changed(original: bytes, path: str, old: _State, new: _State, order: Sequence[str]) -> bytes:
    document = read_document(original, path)
    added = _added(path, old.events, new.events)
    splice = Splice(document)
    for key in _changed_keys(old.keys, new.keys):
        _change_key(splice, key, old.keys.get(key), new.keys.get(key), order)
    if added:
        add_events(splice, old.events, added)
    return proven(splice.result(original), _expected(document.value, old, new, added), path)


def _added(path: str, old: Sequence[Event], new: Sequence[Event]) -> list[Event]:
    """The events that are new. Errors: Bug where an old one is missing or another (append-only)."""
    known = {event.id: event for event in old}
    if {event.id: event for event in new if event.id in known} != known:
        raise Bug(f"{path}: events are only ever added")
    return [event for event in new if event.id not in known]


def _changed_keys(old: Plain, new: Plain) -> list[str]:
    """Keys that differ, in the order of the new ones, then those that are gone."""
    keys = [*new, *(key for key in old if key not in new)]
    return [key for key in keys if not same(old.get(key), new.get(key))]


def _change_key(splice: Splice, key: str, old: Value, new: Value, order: Sequence[str]) -> None:
    pair = splice.pair(key)
    if pair is None:
        splice.insert(key, rendered(new, splice.column, len(key) + 2), order)
    elif new is None:
        splice.remove(pair)
    else:
        splice.change(pair, old, new)


def _expected(value: Plain, old: _State, new: _State, added: Sequence[Event]) -> dict[str, Value]:
    """What the changed file must hold, given what the original held."""
    found = {**value, **{key: new.keys.get(key) for key in _changed_keys(old.keys, new.keys)}}
    if added:
        found["events"] = [*(value.get("events") or ()), *map(event_mapping, added)]
    return found


def _customer_path(customer: Customer) -> str:
    return f"customers/{customer.id}.yaml"

"""tkt.batch.table: one table says what an operation takes, and the documents say the same."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from tkt.batch.doing import _CHANGES
from tkt.batch.events import INSTEAD, NEEDED
from tkt.batch.lines import BadLine
from tkt.batch.table import EVERY, VERBS, fitting
from tkt.commands import COMMANDS, GROUPS
from tkt.model import KINDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "batch.md").read_text("utf-8")
TYPED = {**COMMANDS, "ack": GROUPS["sla"].commands["ack"]}
ROWS = {found[1]: found[2] for found in re.finditer(r"(?m)^\| `([a-z-]+)` \| (.*?)\|$", PAGE)}


def test_the_page_names_every_operation_and_key() -> None:
    assert {name for name in ROWS if name in VERBS} == set(VERBS)
    for name, verb in VERBS.items():
        cell = re.sub(r"\([^)]*\)", lambda found: found[0] if "words" in found[0] else "", ROWS[name])
        assert set(re.findall(r"`([a-z_]+)`", cell)) == set(verb.keys), name
        assert set(re.findall(r"\*\*`([a-z_]+)`\*\*", cell)) == {
            k for k, it in verb.keys.items() if it.needed
        }
    assert all(f"`{key}`" in PAGE for key in EVERY)
    assert all(f"`{kind}`" in PAGE for kind in INSTEAD)


def test_every_operation_is_carried_out_and_is_a_command() -> None:
    assert set(_CHANGES) == set(VERBS) - {"new"}
    assert set(VERBS) - {"event"} <= set(TYPED)
    assert set(NEEDED) | set(INSTEAD) <= set(KINDS)
    assert all(set(keys) <= set(KINDS[kind]) for kind, keys in NEEDED.items())


@pytest.mark.parametrize("verb", [name for name in VERBS if name not in ("event", "set", "tag", "assign")])
def test_the_keys_are_the_options_of_the_command(verb: str) -> None:
    """Every option of the command that is about the ticket, by its name."""
    from importlib import import_module

    ref = TYPED[verb]
    function = getattr(import_module(f"tkt.commands.{ref.module}"), ref.function)
    hints = inspect.get_annotations(function, eval_str=True)
    ours = {"quick", "edit", "attach", "session", "return", "ticket", "tickets", "template"}
    options = {
        declared.removeprefix("--").replace("-", "_")
        for name, hint in hints.items()
        if name not in ours
        for info in getattr(hint, "__metadata__", ())
        for declared in (info.default, *(info.param_decls or ()))  # within Annotated the first is the default
        if isinstance(declared, str) and declared.startswith("--")
    }
    assert options or verb in ("noreply", "not-spam")
    assert options - {"attach"} <= set(VERBS[verb].keys), options - set(VERBS[verb].keys)


@pytest.mark.parametrize(
    ("keys", "said", "hint"),
    [
        ({}, '"do" is missing', ""),
        ({"do": 7}, '"do" is a number, expected text', ""),
        ({"do": "repyl", "id": "a"}, "no operation repyl", "reply"),
        ({"do": "reply", "id": "a", "sent-by": "x", "text": "y"}, "reply has no key sent-by", "sent_by"),
        ({"do": "reply", "text": "y"}, 'reply: "id" is missing', ""),
        ({"do": "reply", "id": "a", "text": ""}, 'reply: "text" is missing', ""),
        ({"do": "reply", "id": "a", "text": ["y"]}, "reply: text: is a list, expected text", ""),
        ({"do": "reply", "id": "a", "text": "y", "and": "wiat"}, "reply: and cannot be wiat", "wait"),
        ({"do": "note", "id": "a", "text": "y", "decision": "yes"}, "decision: is text, expected true or false", ""),
        ({"do": "note", "id": "a", "text": "y", "spent": -1}, "-1 minutes cannot be", ""),
        ({"do": "note", "id": "a", "text": "y", "spent": "long"}, "note: spent: ", ""),
        ({"do": "set", "id": "a", "set": "urgency=red"}, "set: set: is text, expected an object", ""),
        ({"do": "new", "id": "a"}, "new has no key id", ""),
        ({"do": "tag", "id": "a", "add": {}}, "tag: add: is an object, expected a list of texts", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_keys(keys: dict[str, Any], said: str, hint: str) -> None:
    with pytest.raises(BadLine) as told:
        fitting(keys)
    assert said in str(told.value.message)
    assert hint in str(told.value.hint)


def test_null_is_nothing_but_inside_of_set() -> None:
    keys = {"do": "set", "id": "a", "reason": None, "set": {"order_no": None, "product": ""}}
    assert fitting(keys) == {"do": "set", "id": "a", "set": {"order_no": None, "product": ""}}


@pytest.mark.parametrize(("spent", "minutes"), [("90", 90), ("1h30m", 90), ("2小时", 120), (15, 15)])
def test_time_spent_is_said_as_on_the_command_line(spent: object, minutes: int) -> None:
    found = fitting({"do": "note", "id": "a", "text": "y", "spent": spent})
    assert found["spent"] == minutes


def test_a_day_is_no_time_spent_here_either() -> None:
    with pytest.raises(BadLine, match="no time spent"):
        fitting({"do": "note", "id": "a", "text": "y", "spent": "1d"})


def test_numbers_become_texts_and_durations_minutes() -> None:
    keys = {"do": "note", "id": 12345, "text": 7, "spent": "1h30m"}
    assert fitting(keys) == {"do": "note", "id": "12345", "text": "7", "spent": 90}

"""How an import adds people, teams and fields to configuration files that people edit."""

from __future__ import annotations

import pytest

from tkt.errors import DataError
from tkt.store.codec.configs import edit_mapping
from tkt.store.codec.plain import WriteError

PEOPLE = """\
# Who works here.
teams:
  support: {zh: 一线客服}        # everybody starts here
  tech:
    zh: 技术部
    # lead: li.wei

people:            # keys are what `by` and `owner` hold
    li.wei:
        name: 李伟   # since 2019
        teams: [tech]
    # wang.fang: {name: 王芳}
assign:
  pick: least open work
"""
LI, NA = {"name": "李伟"}, {"name": "李娜", "teams": ["support"]}


def test_without_additions_no_byte_changes() -> None:
    for data in (PEOPLE.encode(), PEOPLE.replace("\n", "\r\n").encode(), PEOPLE.rstrip().encode()):
        assert edit_mapping(data, {}) == data
        assert edit_mapping(data, {"people": {}, "nothing": {}}) == data


def test_entries_are_added_behind_the_others() -> None:
    changed = edit_mapping(PEOPLE.encode(), {"people": {"li.na": NA}, "teams": {"finance": {}}}).decode()
    assert changed == PEOPLE.replace("    # lead: li.wei\n", "    # lead: li.wei\n  finance: {}\n").replace(
        "        teams: [tech]\n", "        teams: [tech]\n    li.na: {name: 李娜, teams: [support]}\n"
    )


def test_what_an_entry_says_already_it_goes_on_saying() -> None:
    assert edit_mapping(PEOPLE.encode(), {"people": {"li.wei": {"name": "somebody else"}}}) == PEOPLE.encode()


def test_adding_twice_changes_nothing() -> None:
    once = edit_mapping(PEOPLE.encode(), {"people": {"li.na": NA}, "fields": {"made_sla": {"type": "bool"}}})
    assert edit_mapping(once, {"people": {"li.na": NA}, "fields": {"made_sla": {"type": "bool"}}}) == once


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("people: {}   # nobody yet\n", "people:   # nobody yet\n  li.wei: {name: 李伟}\n"),
        ("people:\n# nobody yet\n", "people:\n  li.wei: {name: 李伟}\n# nobody yet\n"),
        ("people: {a: {name: x}}  # one\n", "people: {a: {name: x}, li.wei: {name: 李伟}}  # one\n"),
        (
            "people: {\n  a: {name: x},  # one\n  b: {name: y}   # two\n}\n",
            "people: {\n  a: {name: x},  # one\n  b: {name: y}, li.wei: {name: 李伟}   # two\n}\n",
        ),
        ("teams: {}\n# the end", "teams: {}\n# the end\npeople:\n  li.wei: {name: 李伟}\n"),
    ],
)
def test_mappings_in_other_styles(file: str, expected: str) -> None:
    assert edit_mapping(file.encode(), {"people": {"li.wei": LI}}).decode() == expected


def test_large_entries_stand_in_blocks() -> None:
    field = {
        "type": "word",
        "source": "a long name of a column in the log " * 3,
        "values": ["New", "On Hold"],
    }
    changed = edit_mapping(b"fields: {}\n", {"fields": {"state": field}}).decode()
    assert changed.splitlines() == [
        "fields:",
        "  state:",
        "    type: word",
        f'    source: "{field["source"]}"',
        "    values: [New, On Hold]",
    ]


def test_a_file_that_cannot_be_read_or_is_in_braces_is_refused() -> None:
    with pytest.raises(DataError):
        edit_mapping(b"people: [", {"people": {"li.wei": LI}}, path="config/people.yaml")
    with pytest.raises(WriteError, match=r"one \{…\}"):
        edit_mapping(b"{people: {}}", {"people": {"li.wei": LI}}, path="config/people.yaml")

"""What a YAML file says, and on which line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tkt.errors import DataError
from tkt.store.codec.reading import read_document

FILE = """\
# 一张工单
title: 开票时报错
tags:
- invoice
- vip   # since 2024
contact: {name: 张伟, phone: 0571}
events:
- id: a
  text: |
    one
    two
- id: b
"""


def value_of(text: str) -> Any:
    return read_document(f"a: {text}\n".encode(), "x.yaml").value["a"]


@pytest.mark.parametrize("text", ["no", "yes", "on", "True", "NULL", "012", "-012", "0x1F", "0o17", "1_000", "+1", ".5",
                                  "5.", "18:30", "1:2:3", "2026-11-21", "2026-11-21T01:15:00Z", "1e5000", "-1e5000", ".inf",
                                  ".nan", "1e", "--1", "1.2.3", "=", "3kq800", "１２"])  # fmt: skip
def test_what_only_looks_like_something_else_is_text(text: str) -> None:
    """docs/file-format.md: `no` is a word, `012` and `18:30` are texts."""
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.10", 1.1),
        ("-0.5", -0.5),
        ("1e5", 1e5),
        ("1.5E-3", 0.0015),
        ("123456789012345678", 123456789012345678),
        ("1234567890123456789", "1234567890123456789"),
        ("9" * 100_000, "9" * 100_000),
        ("'12'", "12"),
        ('"true"', "true"),
        ('""', ""),
        ("|\n  1", "1\n"),
        (">\n  a\n  b", "a b\n"),
    ],
)
def test_scalars_are_read_as_in_json(text: str, value: Any) -> None:
    found = value_of(text)
    assert (type(found), found) == (type(value), value)


def test_a_byte_order_mark_and_crlf_change_nothing() -> None:
    plain = read_document(FILE.encode(), "x.yaml")
    windows = read_document(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode(), "x.yaml")
    assert windows.value == plain.value
    assert windows.line("events", 1) == plain.line("events", 1) == 12


def test_it_reads_what_other_readers_read_where_both_see_text() -> None:
    """The same values as PyYAML's own, but for the words of YAML 1.1."""
    text = FILE.replace("0571", "abc")
    assert read_document(text.encode(), "x.yaml").value == yaml.safe_load(text)


def test_keys_and_items_know_their_lines() -> None:
    document = read_document(FILE.encode(), "x.yaml")
    assert document.line() == 2
    assert document.line("title") == 2
    assert document.line("tags", 1) == 5
    assert document.line("contact", "phone") == 6
    assert document.line("events", 0, "text") == 9
    assert document.line("events", 1) == 12


@pytest.mark.parametrize(
    "path", [("owner",), ("tags", 2), ("title", "x"), ("title", 0), ("events", 0, "id", "x")]
)
def test_what_is_not_there_has_no_line(path: tuple[str | int, ...]) -> None:
    assert read_document(FILE.encode(), "x.yaml").line(*path) is None


def test_a_scalar_is_known_as_it_was_written() -> None:
    document = read_document(b"batch: 1.10\ntags: [0x1F]\n", "x.yaml")
    assert document.literal("batch") == "1.10"
    assert document.literal("tags", 0) == "0x1F"
    assert document.literal("tags") is None


def test_a_strange_line_end_does_not_move_the_line_numbers_of_editors() -> None:
    document = read_document('a: "x\u2028y"\nb: 1\n'.encode(), "x.yaml")
    assert document.line("b") == 2


def test_sixty_four_levels_may_be_nested() -> None:
    assert read_document(f"a: {'[' * 63}{']' * 63}".encode(), "x.yaml").value
    with pytest.raises(DataError, match="nested too deeply"):
        read_document(f"a: {'[' * 64}{']' * 64}".encode(), "x.yaml")


def test_punctuation_inside_texts_is_not_taken_for_references() -> None:
    assert value_of("see *this* & !that") == "see *this* & !that"
    assert read_document(b"a: |\n  *x &y !z\n", "x.yaml").value == {"a": "*x &y !z\n"}


def test_every_fault_has_its_path() -> None:
    with pytest.raises(DataError) as caught:
        read_document(b"a: 1\na: 2\nb: 3\nb: 4\n", "config/sla.yaml")
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [
        ("config/sla.yaml", 2),
        ("config/sla.yaml", 4),
    ]

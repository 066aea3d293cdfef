"""tkt.batch.lines: what is an operation, and what is wrong with a line that is none."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.batch.lines import LINE_BYTES, Faulty, Line, lines_of

KEYS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=5)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.text(st.characters(blacklist_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def read(raw: bytes) -> list[Line | Faulty]:
    return list(lines_of(io.BytesIO(raw)))


def fault(raw: bytes) -> str:
    (found,) = read(raw)
    assert isinstance(found, Faulty)
    return str(found.error.message)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "is no JSON from character"),
        (b"not", "is no JSON from character 1"),
        (b'{"do": "note",}', "is no JSON from character"),
        (b"[1]", "is a list, expected an object"),
        (b'"x"', "is text, expected an object"),
        (b"null", "is null, expected an object"),
        (b'{"a": 1, "a": 2}', "a stands there twice"),
        (b'{"a": {"b": 1, "b": 2}}', "b stands there twice"),
        (b'{"a": NaN}', "NaN is no value of JSON"),
        (b'{"a": -Infinity}', "-Infinity is no value of JSON"),
        (b'{"a": 1e999}', "is too large"),
        (b'{"a": 12345678901234567890}', "is too large"),
        (b'{"a": "caf\xe9"}', "is not UTF-8 from byte 11 on"),
        (b'\xff\xfe{\x00"\x00', "is not UTF-8 from byte 1 on"),
        (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "nested too deeply"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"a": "' + b"x" * LINE_BYTES + b'"}', "longer than 1048576 bytes"),
        (b'{"a\\u0000": 1}', "a key holds characters that no text can hold"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line(raw: bytes, said: str) -> None:
    assert said in fault(raw)


def test_a_fault_hides_no_other_line() -> None:
    found = read(b'x\n{"do": 1}\n' + b"y" * (LINE_BYTES + 9) + b'\n\n{"do": 2}')
    assert [(type(it).__name__, it.number) for it in found] == [
        ("Faulty", 1), ("Line", 2), ("Faulty", 3), ("Line", 5),
    ]  # fmt: skip


def test_blank_lines_a_bom_crlf_and_no_last_line_end_are_fine() -> None:
    found = read(b'\xef\xbb\xbf{"a": 1}\r\n\r\n  \n{"a": 2}')
    assert [it.keys["a"] for it in found if isinstance(it, Line)] == [1, 2]


def test_what_no_text_can_hold_is_left_out_and_counted() -> None:
    (found,) = read(b'{"a": ["x\\u0000", {"b": "\\ud800y"}]}')
    assert isinstance(found, Line)
    assert (found.keys["a"], found.dropped) == (["x", {"b": "\ufffdy"}], 2)


@given(st.dictionaries(KEYS, VALUES))
def test_every_object_reads_back_equal(value: dict[str, object]) -> None:
    (found,) = read(json.dumps(value).encode())
    assert isinstance(found, Line)
    clean = json.loads(json.dumps(value).replace("\\u0000", ""))
    assert found.keys == clean or found.dropped


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fall_over(raw: bytes) -> None:
    for found in read(raw):
        assert found.number >= 1

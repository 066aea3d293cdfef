"""How single texts are written: bare, in quotes, or as a block."""

from __future__ import annotations

import pytest
import yaml

from tkt.store.codec.scalars import block_header, block_lines, clean_text, scalar_text


@pytest.mark.parametrize("text", ["li.wei", "zhang.wei@acme.example", "开票时报错 E104,无法提交", "261121-K7Q2M", "3kq800",
                                  "https://a.example/b?c=d#e", "it's", "C#", "a:b", "标题：值", "2026-11-21T01:15:00Z",
                                  "rule:fault", "a, b", "x = y", "50%", "12 days", "😀"])  # fmt: skip
def test_ordinary_words_stand_bare(text: str) -> None:
    assert scalar_text(text) == text


@pytest.mark.parametrize("text", ["no", "yes", "On", "y", "null", "~", "true", "False", "012", "12", "-1", "1.5", ".5", "5.",
                                  "1e5000", "123456", "1e3", "0x1F", "0o17", "0b1", "1_000", "18:30", "2026-11-21",
                                  "2026-11-21 01:15:00", "+1", ".inf", ".nan", "=", "<<"])  # fmt: skip
def test_what_any_reader_could_take_for_another_type_is_quoted(text: str) -> None:
    assert scalar_text(text) == f'"{text}"'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("- a", '"- a"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("[vip] 客户", '"[vip] 客户"'),
        ("@zhang", '"@zhang"'),
        ('say "hi"', 'say "hi"'),
        ('"hi"', '"\\"hi\\""'),
        ("a\tb", '"a\\tb"'),
        ("a\nb", '"a\\nb"'),
        ("a\rb", '"a\\rb"'),
        ("\x1b[31m", '"\\e[31m"'),
        ("a\x7f", '"a\\x7F"'),
        ("a\x85b", '"a\\x85b"'),
        ("a\u2028b", '"a\\u2028b"'),
        ("\ufeffa", '"\\uFEFFa"'),
        ("a\u202eb", '"a\\u202Eb"'),
        ("C:\\tmp", "C:\\tmp"),
        (": C:\\tmp", '": C:\\\\tmp"'),
        ("...", '"..."'),
        ("---", '"---"'),
    ],
)
def test_unusual_texts_are_quoted_and_escaped(text: str, written: str) -> None:
    assert scalar_text(text) == written
    assert yaml.safe_load(f"a: {written}") == {"a": text}


@pytest.mark.parametrize("text", ["a, b", "[a]", "{a}", "a:b", "what?"])
def test_inside_brackets_punctuation_is_quoted(text: str) -> None:
    assert scalar_text(text, in_flow=True) == f'"{text}"'


def test_inside_brackets_instants_and_addresses_stand_bare() -> None:
    assert scalar_text("2026-11-21T01:15:00Z", in_flow=True) == "2026-11-21T01:15:00Z"
    assert scalar_text("https://a.example", in_flow=True) == "https://a.example"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("a\nb", "|-"),
        ("a\nb\n", "|"),
        ("a\n", "|"),
        ("\n\na\n  b\n\n\nc\n", "|"),
        ("a\n\ttabbed\n", "|"),
        ("# a\n- b\n", "|"),
        # one line, and what a block would change or leave to its surroundings
        ("a", None),
        ("a\n\n", None),
        (" a\nb", None),
        ("\ta\nb", None),
        ("\n", None),
        ("a\r\nb\r\n", None),
        ("a\n\x1b[1m\n", None),
        ("a\n\x85\n", None),
        ("a\n\u2029\n", None),
        ("a\n\ufeff\n", None),
    ],
)
def test_a_block_is_used_only_where_it_reads_back_equal(text: str, header: str | None) -> None:
    assert block_header(text) == header
    if header is not None:
        written = "\n".join([f"a: {header}", *block_lines(text, 2), "b: 1\n"])
        assert yaml.safe_load(written) == {"a": text, "b": 1}


def test_nul_is_dropped_and_half_characters_are_replaced_and_both_are_counted() -> None:
    assert clean_text("a\0b\0") == ("ab", 2)
    assert clean_text("a\ud83d") == ("a\ufffd", 1)
    assert clean_text("a\x1b\x85") == ("a\x1b\x85", 0)

"""How wide a text is, and what of a stranger's text may reach a terminal (docs/architecture.md)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tkt.render.text import clean, cut, one_line, pad, table, width, wrap

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab c, .(（开票报错，）。《》「」\u0301\u200d\u3000😀한"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("E104", 4),
        ("开票", 4),
        ("开票 E104", 9),
        ("e\u0301", 1),  # a combining accent
        ("无法提交，", 10),
        ("\uff41\uff42", 4),  # full-width letters
        ("\u200b\u200d", 0),
        ("😀", 2),
        ("각", 2),
        ("a\nb", 2),
    ],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("dirty", "clean_text"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1bc\x1b(Breset", "reset"),
        ("\x1b[2J\x1b[1;1Hgone?", "gone?"),
        ("safe\u202etxt.exe\u202c", "safetxt.exe"),
        ("\u2066a\u2069", "a"),
        ("bell\x07 del\x7f nul\x00", "bell del nul"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("\tcode", "    code"),
        ("half \ud83d", "half "),
        ("家👨\u200d👩\u200d👧\u3000好", "家👨\u200d👩\u200d👧\u3000好"),
    ],
)
def test_clean_takes_orders_to_the_terminal_out_and_leaves_words(dirty: str, clean_text: str) -> None:
    assert clean(dirty) == clean_text


def test_an_unfinished_escape_hides_nothing_behind_it() -> None:
    assert "refund me" in clean("\x1b]0;please refund me")
    assert clean("\x1b]0;first\nsecond line\x07") == "0;first\nsecond line"


@given(st.text())
@example("\x1b\x1b[[31m31m")  # an escape inside an escape
@example("\x1b[\x1b[31mm")
def test_clean_text_holds_no_control_character_but_the_line_end(text: str) -> None:
    shown = clean(text)
    assert not [c for c in shown if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) <= 0x9F)]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(shown) == shown
    shown.encode()


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert shown == shown.strip()
    assert "  " not in shown


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("开票报错", 8, "开票报错"),
        ("开票报错", 7, "开票报…"),
        ("开票报错", 6, "开票…"),
        ("invoice", 5, "invo…"),
        ("invoice", 1, "…"),
        ("invoice", 0, ""),
        ("", 0, ""),
    ],
)
def test_cut_shows_that_something_was_left_out(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown


@given(MIXED, st.integers(0, 40))
def test_cut_fits_and_leaves_what_fits(text: str, columns: int) -> None:
    shown = cut(text, columns)
    assert width(shown) <= columns
    assert shown == text or width(text) > columns


@given(MIXED, st.integers(0, 80), st.booleans())
def test_pad_fills_up_and_never_cuts(text: str, columns: int, right: bool) -> None:
    shown = pad(text, columns, right)
    assert width(shown) == max(columns, width(text))
    assert shown.endswith(text) if right else shown.startswith(text)


def test_wrap_breaks_at_spaces_and_between_chinese_characters() -> None:
    assert wrap("the invoice cannot be sent", 11) == ["the invoice", "cannot be", "sent"]
    assert wrap("开具发票时系统报错", 8) == ["开具发票", "时系统报", "错"]
    assert wrap("开票时报错 E104 无法提交", 16) == ["开票时报错 E104", "无法提交"]


def test_wrap_keeps_punctuation_where_it_belongs() -> None:
    # the comma does not fit any more, and takes the character before it along
    assert wrap("无法报错，请看", 8) == ["无法报", "错，请看"]
    # an opening bracket would end the line
    assert wrap("请看（附件）", 6) == ["请看", "（附", "件）"]


def test_wrap_keeps_the_lines_of_the_text_and_breaks_a_word_that_is_too_long() -> None:
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]
    assert wrap("aaaaaaaaaaaa bb", 5) == ["aaaaa", "aaaaa", "aa bb"]
    assert wrap("", 5) == [""]


@given(MIXED.filter(lambda text: "\n" not in text), st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_table_is_aligned_by_columns_on_the_terminal() -> None:
    shown = table(
        [["261121-K7Q2M", "开票报错", "1"], ["261121-AAAAA", "late", "12"]], ["id", "title", "n"], right=[2]
    )
    assert shown.splitlines() == [
        "id            title      n",
        "261121-K7Q2M  开票报错   1",
        "261121-AAAAA  late      12",
    ]


def test_a_table_in_a_narrow_terminal_cuts_one_column() -> None:
    row = ["261121-K7Q2M", "the invoice cannot be sent", "li.wei"]
    assert table([row], columns=40) == "261121-K7Q2M  the invoice canno…  li.wei"
    assert table([row], columns=40, flexible=0) == "261121-…  the invoice cannot be sent  li.wei"


def test_a_table_without_a_limit_cuts_nothing() -> None:
    long = "x" * 300
    assert long in table([[long, "1"]])


def test_a_table_cannot_be_broken_by_what_stands_in_it() -> None:
    assert table([["a\nb", "\x1b[31mred"]]) == "a b  red"


def test_an_empty_table_is_empty_and_one_with_heads_shows_them() -> None:
    assert table([]) == ""
    assert table([], ["id", "title"]) == "id  title"

"""Tables on wide, narrow and very narrow screens, and in pipes; with Chinese in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.text import clean, one_line, width

HEADS = [
    Head("编号"),
    Head("need", optional=1),
    Head("left", right=True),
    Head("title", flexible=True, least=12),
    Head("more", optional=2),
]
ROWS = [
    ["261116-AAAA1", "待回复", "剩 2小时", "开票时报错，客户很着急，请尽快处理", "category +2"],
    [Cell("261116-AAAA2", "bold", (7, 9)), "an answer", "26h over", "short", ""],
]


def printed(capsys: pytest.CaptureFixture[str], screen: Screen, rows: object = ROWS) -> list[str]:
    print_table(screen, HEADS, rows)  # type: ignore[arg-type]
    return capsys.readouterr().out.splitlines()


def test_in_a_pipe_nothing_is_cut_and_columns_stand_below_each_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert printed(capsys, Screen()) == [
        "编号          need           left  title                               more",
        "261116-AAAA1  待回复     剩 2小时  开票时报错，客户很着急，请尽快处理  category +2",
        "261116-AAAA2  an answer  26h over  short",
    ]


@pytest.mark.parametrize("columns", range(20, 100))
def test_no_line_is_wider_than_the_screen(capsys: pytest.CaptureFixture[str], columns: int) -> None:
    lines = printed(capsys, Screen(columns=columns))
    assert max(map(width, lines)) <= columns
    text = "\n".join(lines)
    assert "261116-AAAA1" in text
    assert "261116-AAAA2" in text


def test_what_matters_least_gives_way_first_then_the_title_then_the_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert printed(capsys, Screen(columns=59))[0] == "编号          need           left  title"
    assert printed(capsys, Screen(columns=40))[1] == "261116-AAAA1  剩 2小时  开票时报错，客…"
    assert printed(capsys, Screen(columns=30)) == [
        "261116-AAAA1",
        "  剩 2小时 · 开票时报错，客户",
        "  很着急，请尽快处理",
        "261116-AAAA2",
        "  26h over · short",
    ]


def test_only_a_screen_with_colours_gets_any(capsys: pytest.CaptureFixture[str]) -> None:
    coloured = printed(capsys, Screen(columns=80, has_colour=True))
    assert "261116-\x1b[1mAA\x1b[0mAA2" in coloured[2]
    assert coloured[0].startswith("\x1b[2m编号")
    assert "\x1b" not in "".join(printed(capsys, Screen(columns=80)))


def test_a_strangers_text_is_cleaned_and_its_part_is_not_set_off_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [[Cell("\x1b[31mred\x1b[0m", "bold", (0, 3)), "a\nb", "", "x\u202ey", ""]]
    lines = printed(capsys, Screen(columns=80, has_colour=True), rows)
    assert "\x1b[31m" not in lines[1]
    assert "\u202e" not in lines[1]
    assert lines[1].startswith("red ")
    assert "a b" in lines[1]


def test_without_rows_there_are_the_heads(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, Screen(), []) == ["编号  need  left  title  more"]


@given(st.text(max_size=40) | st.text(st.sampled_from("a 。，（）中文…E1　\t"), max_size=20))
def test_the_short_ways_of_cleaning_and_measuring_are_the_long_ones(text: str) -> None:
    import re

    from tkt.render.text import _columns_of

    line = one_line(text)
    assert line == re.sub(r"\s+", " ", clean(text)).strip()
    assert width(line) == sum(map(_columns_of, line))

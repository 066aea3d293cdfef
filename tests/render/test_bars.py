"""Bars and sparklines of characters: as long as they should be, safe on every screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.render.bars import bar, bars_of, spark, sparks_of
from tkt.render.layout import Cell, Chart, Page, PageGrid, Section, page_text
from tkt.render.text import width

VALUES = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 10**9))


def grid(*rows: tuple[float | None, ...], chart: Chart) -> PageGrid:
    cells = tuple((f"r{place}", *(Cell(str(it), value=it) for it in row)) for place, row in enumerate(rows))
    return PageGrid(("", *(f"c{place}" for place in range(len(rows[0])))), cells, chart=chart)


@given(VALUES, VALUES, st.integers(0, 60), st.booleans())
def test_a_bar_is_never_longer_than_its_room(
    value: float | None, other: float | None, room: int, is_plain: bool
) -> None:
    found = bar(value, max(value or 0, other or 0), room, is_plain=is_plain)
    assert width(found) <= room
    assert bool(found) == bool(value and value > 0 and room)  # what is more than nothing is seen
    assert not is_plain or found.isascii()


def test_a_bar_is_as_long_as_its_value_is_of_the_largest() -> None:
    assert bar(10, 10, 8) == "█" * 8
    assert bar(5, 10, 8) == "█" * 4
    assert bar(1, 16, 8) == "▌"
    assert bar(5, 10, 8, is_plain=True) == "####"


@given(st.lists(VALUES, max_size=40), st.booleans())
def test_a_sparkline_has_a_character_a_value(values: list[float | None], is_plain: bool) -> None:
    found = spark(values, is_plain=is_plain)
    assert width(found) == len(values)
    assert not is_plain or found.isascii()


def test_a_sparkline_has_a_gap_where_there_is_nothing() -> None:
    assert spark([0, None, 4, 8]) == "▁ ▅█"


@given(st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=9), st.integers(6, 60))
def test_what_is_piled_up_fits_too(rows: list[tuple[float | None, float | None]], room: int) -> None:
    chart = Chart(kind="bar", columns=(1, 2), is_stacked=True)
    assert all(width(it) <= room for it in bars_of(grid(*rows, chart=chart), room))


def test_parts_of_a_pile_are_told_apart() -> None:
    chart = Chart(kind="bar", columns=(1, 2), is_stacked=True)
    assert bars_of(grid((3, 1), (8, 0), chart=chart), 8) == ["███░", "████████"]
    assert bars_of(grid((3, 1), (8, 0), chart=chart), 8, is_plain=True) == ["###.", "########"]


def test_bars_stay_away_where_there_is_no_room() -> None:
    found = grid((3,), (8,), chart=Chart(kind="bar", columns=(1,)))
    assert bars_of(found, 5) == []
    assert page_text(Page("T", (), (Section("S", (found,)),)), 14).count("█") == 0
    assert page_text(Page("T", (), (Section("S", (found,)),)), 40).count("█") > 0


def test_lines_are_drawn_below_and_never_wider_than_the_window() -> None:
    found = grid(*((it,) for it in range(40)), chart=Chart(kind="line", columns=(1,)))
    (line,) = sparks_of(found, 20)
    assert width(line) <= 20
    assert sparks_of(found, None)[0].startswith("▁")

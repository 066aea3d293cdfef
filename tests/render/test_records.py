"""A list whose table is wider than the window."""

from __future__ import annotations

from tkt.render.layout import Page, PageGrid, Section, page_text
from tkt.render.text import width

GRID = PageGrid(
    ("ticket", "title", "owner", "next action"),
    (("261118-AAAA1", "Export takes for ever", "李伟", "measure the query, by 11-16 18:00"), ("261118-AAAA2", "发票", "–", "")),
    words=frozenset({1, 2, 3}),
)  # fmt: skip


def lines(columns: int, *grids: PageGrid) -> list[str]:
    page = Page("T", (), (Section("S", grids or (GRID,)),))
    return page_text(page, columns).splitlines()[4:]


def test_it_is_a_table_where_there_is_room() -> None:
    assert len(lines(120)) == 3


def test_else_each_row_is_told_by_itself_and_empty_cells_are_left_out() -> None:
    found = lines(50)
    assert found == [
        "  261118-AAAA1  Export takes for ever",
        "    owner: 李伟 · next action: measure the",
        "      query, by 11-16 18:00",
        "  261118-AAAA2  发票",
        "    owner: –",
    ]
    assert max(map(width, found)) <= 50


def test_beside_another_list_it_stands_under_its_own_head() -> None:
    assert lines(50, GRID, GRID)[0] == "  ticket"

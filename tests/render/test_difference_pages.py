"""How a difference is set: folded, cut, closed, within the window and within a comment."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from markdown_it import MarkdownIt

from tkt.render.differences.markdown import page_markdown
from tkt.render.differences.page import Entry, Group, Line, Page, Words, shared_out
from tkt.render.differences.text import page_lines
from tkt.render.screen import Screen
from tkt.render.text import width


def tell(number: int) -> Entry:
    line = Line("answered the customer", "+", (Words("first words"),))
    return Entry(f"261116-{number:05}", "a title", "New", (line, Line("odd", "!", depth=1)))


def page(*groups: Group, forecast: Sequence[str] = ()) -> Page:
    return Page(
        title="What b changes in a",
        facts=("from a to b",),
        summary=(("Tickets", "many"),),
        groups=groups,
        forecast=tuple(forecast),
        again="tkt diff a..b --all",
    )


def tickets(count: int, title: str = "Changed") -> Group:
    return Group(title, range(count), tell, is_ticket=True)


def files(count: int) -> Group:
    return Group("Files", range(count), lambda number: Entry(f"f{number}", "new"))


def text(*groups: Group, columns: int = 10_000, **more: bool) -> list[str]:
    return list(page_lines(page(*groups), Screen(columns=columns), **more))


def test_tickets_share_ten_examples_and_other_groups_have_their_own() -> None:
    groups = (tickets(7), tickets(9), tickets(4), files(12))
    assert [shown for _group, shown in shared_out(groups, 10)] == [7, 3, 0, 10]
    assert [shown for _group, shown in shared_out(groups, None)] == [7, 9, 4, 12]


def test_what_is_folded_is_counted_with_the_command_that_tells_all() -> None:
    lines = text(tickets(33))
    assert lines[-1] == "  … and 23 more: tkt diff a..b --all"
    assert sum(line.startswith("  261116-") for line in lines) == 10
    assert sum(line.startswith("  261116-") for line in text(tickets(33), everything=True)) == 33


def test_only_what_is_shown_is_told() -> None:
    told: list[int] = []

    def telling(number: int) -> Entry:
        told.append(number)
        return tell(number)

    text(Group("Changed", range(1000), telling, is_ticket=True))
    assert len(told) == 10


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_every_line_fits_the_window(columns: int) -> None:
    def long(_number: int) -> Entry:
        words = "开票报错 E104 " * 20
        return Entry("261116-AAAA1", words, words, (Line(words, "!", (Words(words, "-"),), depth=1),))

    lines = text(Group("Changed", range(2), long, is_ticket=True), columns=columns)
    assert max(map(width, lines)) <= columns


def test_colours_only_where_there_are_any() -> None:
    assert "\x1b" not in "\n".join(text(tickets(2)))
    coloured = page_lines(page(tickets(2)), Screen(columns=80, is_terminal=True, has_colour=True))
    assert "\x1b[31m" in "\n".join(coloured)


def test_a_comment_shows_ten_and_folds_the_rest() -> None:
    found = page_markdown(page(tickets(33), forecast=["it would merge"]))
    before, folded = found.split("<details><summary>Changed: 23 more</summary>")
    assert before.count("**261116-") == 10
    assert folded.count("**261116-") == 23
    assert "it would merge" in before
    assert found.count("<details>") == found.count("</details>") == 1


@pytest.mark.parametrize("count", [700, 1_000, 20_000])
def test_a_comment_is_never_longer_than_a_forge_takes(count: int) -> None:
    found = page_markdown(page(tickets(count), tickets(count, "Moved")))
    assert len(found) <= 60_000
    assert found.count("<details>") == found.count("</details>")
    shown = found.count("**261116-")
    assert f"{2 * count - shown} more do not fit into one comment; all of it: tkt diff a..b --all" in found


def test_a_comment_without_room_says_how_much_is_missing() -> None:
    found = page_markdown(page(tickets(33)), limit=700)
    assert len(found) <= 700
    shown = found.count("**261116-")
    assert shown < 10
    assert f"{33 - shown} more do not fit" in found


def test_a_comment_is_a_list_of_entries_with_what_is_said_of_them_below() -> None:
    html = MarkdownIt().render(page_markdown(page(tickets(1))))
    assert html.count("<ul>") == 4  # the five lines, the entry, what is said of it, what is said of that
    assert "<strong>261116-00000</strong> a title<br" in html
    assert "answered the customer: “first words”" in html

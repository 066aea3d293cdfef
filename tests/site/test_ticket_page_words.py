"""Messages are put together by hand where Markdown has nothing to say, and come out as it would say them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tkt.render.markup import marked_up
from tkt.render.text import clean
from tkt.site.tickets.naming import shard, ticket_path
from tkt.site.tickets.text import block, esc

WORDS = st.text(
    st.one_of(st.sampled_from("ab 1.)-+#>*_`[]!&;<|~\\=\n\t'\"发票，"), st.characters(codec="utf-8")),
    max_size=60,
)


def plain(html: str) -> str:
    """White space between tags, and how a sign is escaped, mean nothing."""
    same = unescape(html.replace("<br />", "<br>"))
    return re.sub(r"\s+", " ", re.sub(r"\s*(</?(?:p|br)>)\s*", r"\1", same)).strip()


@given(WORDS)
@example("one\ntwo\n\nthree")
@example("a\xa0b")
def test_a_message_is_the_same_by_hand_and_by_markdown(text: str) -> None:
    assert plain(block(text)) == plain(marked_up(clean(text).strip(), breaks=True, top=4).html)


@given(st.text())
def test_no_tag_and_no_quotation_mark_gets_through(text: str) -> None:
    assert not set("<>\"'") & set(esc(text))
    assert "\x1b" not in esc(text)


def test_a_very_long_text_stands_as_it_was_written() -> None:
    assert block("<" + "x" * 300_000).startswith('<p class="as-written">&lt;xxx')


@pytest.mark.parametrize(
    ("ticket", "month"),
    [("261121-K7Q2M", "2026-11"), ("HD-261121-K7Q2M", "2026-11"), ("269921-K7Q2M", "more")],
)
def test_a_page_lies_in_the_month_of_its_id(ticket: str, month: str) -> None:
    assert shard(ticket) == month
    assert ticket_path(ticket) == f"tickets/{month}/{ticket}.html"

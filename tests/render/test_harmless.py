"""What a stranger wrote calls nobody, links nowhere and hides nothing in a comment on a forge."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tkt.render.markdown import harmless

PIECES = st.one_of(
    st.sampled_from(
        [
            "@all", "@", "#12", "Closes #12", "[skip ci]", "![x](http://e.example/x.png)", "[a](b)", "<b>",
            "</details>", "<!--", "-->", "&lt;", "&#64;me", "`", "```", "~~x~~", "**", "__", "|", "\\", "\\@me",
            "$x$", "GH-12", "!34", "%1", "www.evil.example", "ftp://x", "a@b.example", "<script>", "\n", "\n\n",
            "# ", "- ", "1. ", "> ", "    ", "\t", "\u200b", "\u202e", ":smile:", "owner/repo#1", "<a href=x>",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=8).map("".join)


def shown(markdown: str) -> tuple[str, set[str]]:
    """The words of a list item as a reader sees them, and the tags they are set in."""
    page = MarkdownIt("js-default", {"html": True, "linkify": False}).render(f"- by Li Wei: {markdown}\n")
    tags = set(re.findall(r"</?(\w+)", page))
    words = re.sub(r"<[^>]*>", "", page)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        words = words.replace(entity, character)
    return words, tags


@given(TEXTS)
@example("@all see #12, fixes #3")
@example("![x](http://evil.example/x.png) <img src=x>")
@example("</details><h1>approved</h1>")
@example("&#64;everyone &commat;everyone")
@example("\\@all \\#12")
@example("a | b | c\n---|---|---")
def test_nothing_of_it_acts(text: str) -> None:
    markdown = harmless(text)
    assert "<" not in markdown
    assert ">" not in markdown
    assert not re.search(r"@\w", markdown)
    assert not re.search(r"#\w", markdown.replace("\\#", "#"))
    words, tags = shown(markdown)
    assert tags <= {"ul", "li"}, f"{markdown!r} becomes {tags}"
    assert not re.search(r"@\w|#\w|://|www\.\w|!\w", words)


@given(TEXTS)
def test_it_is_one_line_and_says_what_was_said(text: str) -> None:
    from tkt.render.text import one_line

    markdown = harmless(text)
    assert len(markdown.splitlines()) <= 1
    words, _tags = shown(markdown)
    said = words.strip().removeprefix("by Li Wei:").strip()
    assert said.replace("\u200b", "") == one_line(text).replace("\u200b", "").strip()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("E104 in 发票", "E104 in 发票"),
        ("@li", "@\u200bli"),
        ("a@b.example", "a@\u200bb.example"),
        ("#12", "#\u200b12"),
        ("[skip ci]", "\\[skip ci\\]"),
        ("<b>", "&lt;b&gt;"),
        ("https://x", "https:\u200b//x"),
        ("100 %", "100 %"),
    ],
)
def test_ordinary_text_stays_readable(text: str, markdown: str) -> None:
    assert harmless(text) == markdown

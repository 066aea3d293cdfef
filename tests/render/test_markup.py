"""Markdown as HTML: what is asked for is there, and nothing that acts."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.render.markup import marked_up, markup

SAFE_SCHEMES = ("http:", "https:", "mailto:", "tel:")
TABLE = {"table", "thead", "tbody", "tr"}
ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "p": {"class"},  # of a text as it was written
    "div": {"class", "tabindex"},
    "th": {"align"},
    "td": {"align"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
TAGS = {*ALLOWED, "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "li"} | TABLE


class Judge(HTMLParser):
    """Fails at whatever could act."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ALLOWED.get(tag, set()), (tag, name)
            if name in ("href", "src"):
                self.judge(value or "")

    def judge(self, address: str) -> None:
        bare = "".join(char for char in address if char > " ").lower()
        head = bare.split("/")[0].split("?")[0].split("#")[0]
        assert ":" not in head or head.startswith(SAFE_SCHEMES), address
        assert not bare.startswith(("//", "\\")), address

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def judged(text: str) -> str:
    made = marked_up(text, link=lambda address: address, image=lambda address: address).html
    judge = Judge()
    judge.feed(made)
    judge.close()
    return made


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<!-- --!><script>alert(1)</script> -->",
    "<!DOCTYPE html><base href='//evil.example'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java\\nscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/a)",
    "[x](\\\\evil.example/a)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](https://evil.example/pixel.png)",
    '![x"onerror="alert(1)](a.png)',
    '[x](a.md "\\" onmouseover=alert(1) \\"")',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[![a](javascript:1)](javascript:2)",
    '```"><script>alert(1)</script>\nx\n```',
    "``` x onload=alert(1) \n```",
    '# "><img src=x onerror=alert(1)>',
    "| a |\n|:-:|\n| <script>alert(1)</script> |",
    "https://x.example/\"onmouseover='alert(1)",
    "https://x.example/<script>alert(1)</script>",
    '<a href="https://x.example" style="position:fixed">x</a>',
    "<style>*{display:none}</style>",
    "<form action=https://evil.example><input name=q>",
    "\x1b]0;owned\x07text \x1b[31m",
    "<plaintext>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_stranger_wrote_does_nothing(attack: str) -> None:
    made = judged(attack)
    assert "\x1b" not in made
    assert "<script" not in made


@given(
    st.lists(
        st.sampled_from([*ATTACKS, "*", "**", "`", "[", "](", ")", "<", ">", "\n", "|", "字", "#", "- "])
    )
)
def test_no_mixture_of_attacks_does_anything(parts: list[str]) -> None:
    judged("".join(parts))


@given(st.text(max_size=200))
def test_no_text_does_anything(text: str) -> None:
    judged(text)


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "*a " * 10_000, "> " * 5_000 + "x", "字" * 50_000, "`" * 30_001]
)
def test_a_text_made_to_be_slow_is_rendered_all_the_same(text: str) -> None:
    assert judged(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**完成。**字", "<strong>完成。</strong>字"),
        ("请点**“保存”**按钮", "<strong>“保存”</strong>按钮"),
        ("这是**“重点”。**后面", "<strong>“重点”。</strong>后面"),
        ("字*（斜）*字", "<em>（斜）</em>字"),
        ("**`代码`**之后", "<strong><code>代码</code></strong>之后"),
        ("a*b*c", "a<em>b</em>c"),
        ("snake_case_name", "snake_case_name"),
        ("a*“b”*c", "a*“b”*c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("~~旧。~~新", "<s>旧。</s>新"),
    ],
)  # fmt: skip
def test_emphasis_needs_no_space_beside_chinese_and_keeps_its_rules_elsewhere(text: str, made: str) -> None:
    assert made in markup(text)


def test_headings_get_ids_of_their_own_and_skip_no_level() -> None:
    made = marked_up("# 原因\n\n#### Deep\n\n# 原因\n")
    assert [(it.level, it.anchor, it.title) for it in made.headings] == [
        (2, "s-原因", "原因"),
        (3, "s-deep", "Deep"),
        (2, "s-原因--2", "原因"),
    ]
    assert '<h2 id="s-原因">原因</h2>' in made.html


def test_links_of_the_web_are_told_nothing_and_others_lead_where_the_page_says() -> None:
    made = markup(
        "[a](https://x.example) [b](b.md#三) [c](../c.yaml) [d](#第 一 步) [d](<#第 一 步>)",
        link=lambda address: None if address.startswith("..") else f"to/{address}",
    )
    assert '<a href="https://x.example" rel="noopener nofollow">a</a>' in made
    assert '<a href="to/b.md#%E4%B8%89">b</a>' in made
    assert " c " in made
    assert '<a href="#s-第-一-步">d</a>' in made


def test_an_address_in_a_text_is_a_link_up_to_the_mark_that_ends_it() -> None:
    made = markup("见https://x.example/a_b_c?d=1&e=2，然后（https://y.example/z）。Or (http://z.example/).")
    assert '<a href="https://x.example/a_b_c?d=1&amp;e=2" rel="noopener nofollow">' in made
    assert ">https://y.example/z</a>）" in made
    assert ">http://z.example/</a>)." in made


def test_a_picture_of_the_web_is_a_link_and_one_of_the_desk_stays() -> None:
    made = marked_up(
        "![票](https://x.example/a.png) ![b](img/b.png) ![c](c.svg)", image={"img/b.png": "i/b.png"}.get
    ).html
    assert '<a href="https://x.example/a.png" rel="noopener nofollow">票</a>' in made
    assert '<img src="i/b.png" alt="b">' in made
    assert made.count("<img") == 1
    assert " c</p>" in made


def test_a_table_keeps_its_columns_sides_and_moves_by_itself() -> None:
    made = markup("| a | b |\n|--|--:|\n| 1 | 2 |\n")
    assert '<div class="scroll" tabindex="0"><table>' in made
    assert '<td align="right">2</td>' in made
    assert "style" not in made


def test_the_lines_of_a_message_stay_lines() -> None:
    assert "a<br>\nb" in markup("a\nb", breaks=True)
    assert "a\nb" in markup("a\nb")


def test_the_words_of_a_text_are_there_without_its_marks() -> None:
    assert marked_up("# One\n\n**two** `three`\n\n- [four](x.md)\n\n```\nfive\n```\n").text.split() == [
        "One", "two", "three", "four", "five",
    ]  # fmt: skip


LOSSES = [
    "> " * 30 + "MARK",
    "[ERROR]: MARK",
    "It said:\n\n[E104]: MARK 'twice'\n\nThen nothing.",
    "|a|b|\n|-|-|\n|1|2|MARK|",
    "```MARK and more\ncode\n```",
    "```MARK",
    "call[0](MARK)",
    "![shot](MARK.png)",
    "".join(" " * 2 * depth + "- a\n" for depth in range(40)) + " " * 80 + "MARK",
    "x &MARK; y",
    "[a](javascript:MARK)",
]


@pytest.mark.parametrize("text", LOSSES)
def test_no_word_of_a_message_is_lost(text: str) -> None:
    judge = Judge()
    made = marked_up(text, breaks=True).html
    judge.feed(made)
    assert "MARK" in made


def test_an_article_that_is_nested_too_deep_stands_as_it_was_written() -> None:
    assert "MARK" in marked_up("> " * 30 + "MARK").html


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (r"\\server\share\*", r"\\server\share\*"),
        ("&amp; &copy;", "&amp;amp; &amp;copy;"),
        ("3. a\n7. b", '<li value="7">b</li>'),
        ("```json\n{}\n```", "<pre><code>{}\n</code></pre>"),
        ("[a](https://x.example/发票)", ">a</a>"),
    ],
)
def test_a_message_says_what_was_written(text: str, made: str) -> None:
    assert made in marked_up(text, breaks=True).html


@given(st.lists(st.sampled_from(["> ", "- ", "1. ", "|", "a", "Z9", "\n", "\n\n", "[", "]", "(", ")", ":", "`", "```", "\\", "*", "_", "<", "&", ";", "#", "    ", "!", "http://x.y/", "-", "字"]), max_size=40))  # fmt: skip
def test_no_letter_of_any_message_is_lost(parts: list[str]) -> None:
    from html import unescape

    made = unescape(marked_up("".join(parts), breaks=True).html)
    for sign in "Z9字":
        assert made.count(sign) >= "".join(parts).count(sign)

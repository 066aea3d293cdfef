"""How does a text in Markdown become HTML in which nothing acts?

Tags that somebody wrote are shown as words, links lead to the web, to mail and to where `link` says, pictures
come from where `image` says and from nowhere else. What comes out passes an allow-list (nh3) once more, so that
no single fault lets a script through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tkt.frozen import dataclass
from tkt.late import late
from tkt.render.markup_links import SCHEMES, Place, anchor_of, linked, nowhere
from tkt.render.markup_whole import LONGEST, as_written, has_lost, is_too_deep, languages, literal, numbered
from tkt.render.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 6  # levels of headings that HTML has
_ALIGNED = late(r"text-align:\s*(left|right|center)")
_TEXT = {"p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img"}
_HEADINGS = {f"h{level}" for level in range(1, DEEPEST + 1)}
_TABLES = {"div", "table", "thead", "tbody", "tr", "th", "td"}
_SIDES = {"left", "right", "center"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a text."""

    level: int  # as in the HTML: 2 is h2
    anchor: str  # its id
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A text as HTML, and what else is known of it."""

    html: str
    headings: tuple[Heading, ...]
    text: str  # its words alone, a line for each paragraph
    lead: str  # its first paragraph, on one line


def markup(text: str, *, link: Place | None = None, breaks: bool = False) -> str:
    """The HTML of a text; `breaks`: every line stays a line, as in a message."""
    return marked_up(text, link=link, breaks=breaks).html


def marked_up(
    text: str, *, link: Place | None = None, image: Place | None = None, top: int = 2, breaks: bool = False
) -> Markup:
    """The HTML of a text with its headings.

    The highest heading becomes one of the level `top`, and none skips a level. `link` and `image` are asked
    about addresses without a scheme (`reset.md#steps`); without them such a link keeps its words only.
    Pictures of the web become links to them, so that a page asks nobody for anything. `breaks` is for messages,
    whose lines stay lines and of which no word is lost: one that Markdown would drop something of, or that is very
    long, stands as it was written.
    """
    parser, text = _parser(breaks), clean(text)
    if breaks and len(text) > LONGEST:
        return _plain(text)
    tokens = parser.parse(text)
    if is_too_deep(tokens, parser.options["maxNesting"]):
        return _plain(text)
    besides = languages(tokens)
    if breaks:
        numbered(tokens)
    headings = tuple(_headings(tokens, top))
    words = "\n".join(_words(token) for token in tokens if token.type in ("inline", "fence", "code_block"))
    lead = " ".join(_first_paragraph(tokens).split())
    for token in tokens:
        _settle(token)
        if token.children is not None:
            token.children = list(linked(token.children, link or nowhere, image or nowhere))
    html = _cleaner().clean(parser.renderer.render(list(_scrolling(tokens)), parser.options, {}))
    if breaks and has_lost(text, html, besides):
        return _plain(text)
    return Markup(html=html, headings=headings, text=words, lead=lead)


def _plain(text: str) -> Markup:
    lead = next((line for line in text.splitlines() if line.strip()), "")
    return Markup(html=as_written(text), headings=(), text=text, lead=" ".join(lead.split()))


def addresses_in(text: str) -> list[str]:
    """Where the links and pictures of a text lead, as they stand there."""
    children = (it for token in _parser(False).parse(clean(text)) for it in token.children or ())
    found = (str(it.attrs.get("href") or it.attrs.get("src") or "") for it in children)
    return [address for address in found if address]


@lru_cache(maxsize=2)
def _parser(breaks: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    from tkt.render.cjk import cjk_friendly

    parser = MarkdownIt("commonmark", {"html": False, "breaks": breaks}).enable(["table", "strikethrough"])
    parser.validateLink = bool  # type: ignore[assignment,method-assign] # `linked` judges them
    cjk_friendly(parser)
    return literal(parser) if breaks else parser


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    from nh3 import Cleaner

    return Cleaner(
        tags=_TEXT | _HEADINGS | _TABLES,
        attributes={
            **{heading: {"id"} for heading in _HEADINGS},
            "a": {"href", "title", "rel"},
            "img": {"src", "alt", "title"},
            "ol": {"start"},
            "li": {"value"},
        },
        tag_attribute_values={
            "div": {"tabindex": {"0"}},
            "th": {"align": _SIDES},
            "td": {"align": _SIDES},
        },
        allowed_classes={"div": {"scroll"}},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _headings(tokens: Sequence[Token], top: int) -> Iterator[Heading]:
    """The headings, whose tokens get their level and anchor."""
    places = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    highest = min((int(tokens[place].tag[1]) for place in places), default=1)
    last, taken = top - 1, dict[str, int]()
    for place in places:
        level = min(int(tokens[place].tag[1]) - highest + top, last + 1, DEEPEST)
        title = " ".join(_words(tokens[place + 1]).split())
        anchor = _anchor(title, taken)
        tokens[place].tag = tokens[place + 2].tag = f"h{level}"
        tokens[place].attrSet("id", anchor)
        last = level
        yield Heading(level=level, anchor=anchor, title=title)


def _anchor(title: str, taken: dict[str, int]) -> str:
    name = anchor_of(title)
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}--{taken[name]}"


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if it.type in breaks else it.content for it in token.children)


def _first_paragraph(tokens: Sequence[Token]) -> str:
    """The words of the first one that has some."""
    opened = (place for place, token in enumerate(tokens) if token.type == "paragraph_open")
    return next((said for place in opened if (said := _words(tokens[place + 1])).strip()), "")


def _settle(token: Token) -> None:
    """What a stranger chose of a token's form goes, but for how a column is aligned."""
    style = str(token.attrs.pop("style", ""))
    if aligned := _ALIGNED.match(style):
        token.attrs["align"] = aligned[1]
    if token.type == "fence":
        token.info = ""


def _scrolling(tokens: Sequence[Token]) -> Iterator[Token]:
    """A table wider than the screen is moved by itself, by the keyboard too."""
    from markdown_it.token import Token

    for token in tokens:
        if token.type == "table_open":
            yield Token("html_block", "", 0, content='<div class="scroll" tabindex="0">', block=True)
        yield token
        if token.type == "table_close":
            yield Token("html_block", "", 0, content="</div>\n", block=True)

"""Where do the links and pictures of a text lead?

To the web, to mail and to a telephone as they stand; elsewhere on the page or the site where whoever renders the
text says; anywhere else not at all, and their words stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tkt.late import late

if TYPE_CHECKING:
    from markdown_it.token import Token

Place = Callable[[str], str | None]
"""Where an address of the text leads on the page; None: nowhere, its words stay."""

_LONGEST_ANCHOR = 60  # characters
_WEB = frozenset({"http", "https"})
SCHEMES = _WEB | {"mailto", "tel"}
_SCHEME = late(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_BLANKS = late(r"[\x00-\x20]+")
_BEHIND = late(r"[/?#]")
_NOT_IN_ANCHORS = late(r"\W+")
_ADDRESS = late(r"https?://[^\s<>\"'`\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+", re.IGNORECASE)
_ENDS = ".,;:!?*_~"


def anchor_of(title: str) -> str:
    """The id of a heading: it begins with `s-`, so that no element of the page around has it."""
    return "s-" + _NOT_IN_ANCHORS.sub("-", title.lower()).strip("-")[:_LONGEST_ANCHOR]


def nowhere(address: str) -> None:
    """No place at all."""


def linked(children: Sequence[Token], link: Place, image: Place) -> Iterator[Token]:
    """The tokens of a paragraph with addresses judged; links that lead nowhere are left out around their words."""
    inside = False
    for token in children:
        if token.type == "link_open":
            where = place_of(str(token.attrs.get("href", "")), link)
            inside = where is not None
            if where is not None:
                yield _leading(token, where)
        elif token.type == "link_close":
            if inside:
                yield token
            inside = False
        elif token.type == "image":
            yield from _pictured(token, image, inside)
        elif token.type == "text" and not inside:
            yield from _addresses(token)
        else:
            yield token


def place_of(address: str, ask: Place) -> str | None:
    """Where an address leads; `ask` knows those without a scheme. None: nowhere."""
    bare = _BLANKS.sub("", address)
    head, colon, _rest = _BEHIND.split(bare, maxsplit=1)[0].partition(":")
    if colon:
        return address if head.lower() in SCHEMES else None
    if bare.startswith(("//", "\\", "/\\")):
        return None  # of another machine, by the scheme of this one
    return here(address) if bare.startswith("#") else ask(address)


def here(address: str) -> str:
    """`#Cause` as the id that the heading has."""
    name = unquote(address[1:])
    return f"#{name if name.startswith('s-') else anchor_of(name)}"


def _leading(token: Token, where: str) -> Token:
    """A link to there; the web is told nothing of the page, and search engines nothing of our judgement."""
    token.attrs["href"] = where
    scheme = _SCHEME.match(where)
    if scheme and scheme[1].lower() in _WEB:
        token.attrs["rel"] = "noopener nofollow"
    return token


def _pictured(token: Token, image: Place, inside: bool) -> Iterator[Token]:
    """A picture; one of the web is a link to it, one that is nowhere its description."""
    address = str(token.attrs.get("src", ""))
    where = place_of(address, image)
    scheme = _SCHEME.match(where or "")
    if where is not None and scheme is None and not where.startswith("#"):
        token.attrs["src"] = where
        yield token
        return
    if scheme and scheme[1].lower() in _WEB and not inside:
        yield from _link(address, token.content or address)
    else:
        yield _text(token.content)


def _addresses(token: Token) -> Iterator[Token]:
    """A text in which the addresses of the web are links."""
    at = 0
    for found in _ADDRESS.finditer(token.content):
        address = found[0].rstrip(_ENDS)
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")" + _ENDS)
        yield _text(token.content[at : found.start()])
        yield from _link(address, address)
        at = found.start() + len(address)
    yield _text(token.content[at:])


def _link(address: str, words: str) -> Iterator[Token]:
    from markdown_it.token import Token

    yield _leading(Token("link_open", "a", 1), address)
    yield _text(words)
    yield Token("link_close", "a", -1)


def _text(words: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=words)

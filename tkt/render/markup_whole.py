"""Is every word of a message on the page? Markdown drops some, and nobody who wrote a mail meant that.

A log line such as `[ERROR]: timeout` is the definition of a link, a cell too many is in no column, and what is
quoted too deep is not looked at. A message of which something would be lost stands as it was written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tkt.late import late
from tkt.render.markup_links import nowhere, place_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST = 200_000
"""Characters of a message that are read as Markdown."""
_LANGUAGE = late(r"[a-z][a-z0-9+#.-]{0,14}")
_TAG = late(r"<[^>]*>")
_TOLD = late(r' (?:href|title|value)="([^"]*)"')


def as_written(text: str) -> str:
    """The text with all its lines and blanks, and with nothing read into it."""
    return f'<p class="as-written">{escape(text)}</p>\n'


def literal(parser: MarkdownIt) -> MarkdownIt:
    r"""Have a parser leave alone what nobody means in a message: `\\server\share`, `&amp;`, `list[0](x)`."""
    from markdown_it.rules_inline.escape import escape as escaped

    def kept(state: StateInline, silent: bool) -> bool:
        is_found = escaped(state, silent)
        last = state.tokens[-1] if state.tokens and is_found and not silent else None
        if last is not None and last.type == "text_special":
            last.content = last.markup
        return is_found

    parser.inline.ruler.at("escape", kept)
    parser.validateLink = _leads  # type: ignore[assignment,method-assign]
    return parser.disable(["entity", "reference"])


def _leads(address: str) -> bool:
    return not address.startswith("#") and place_of(address, nowhere) is not None


def numbered(tokens: Iterable[Token]) -> None:
    """Have each item of a list keep the number that it was written with."""
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)


def is_too_deep(tokens: Iterable[Token], deepest: int) -> bool:
    """Whether something may stand in another so deep that it was not looked at."""
    return max((token.level for token in tokens), default=0) >= deepest - 1


def languages(tokens: Sequence[Token]) -> str:
    """The words that say in which language a block of code is; where there is no code they are somebody's words."""
    fences = (token for token in tokens if token.type == "fence" and token.content.strip())
    return " ".join(info for token in fences if _LANGUAGE.fullmatch(info := token.info.strip()))


def has_lost(text: str, html: str, besides: str) -> bool:
    """Whether letters or digits of the text are neither in the HTML made of it nor in `besides`."""
    shown = unescape(_TAG.sub("", html))
    told = " ".join(unquote(unescape(it)) for it in _TOLD.findall(html))
    return bool(_signs(text) - _signs(shown) - _signs(told) - _signs(besides))


def _signs(text: str) -> Counter[Any]:
    return Counter(re.sub(r"[\W_]+", "", text))

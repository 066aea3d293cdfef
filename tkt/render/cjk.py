"""Where may emphasis begin and end in a text without spaces?

CommonMark asks for a space outside of `**` where a punctuation mark stands inside: `**完成。**字` would stay as it
is. Here characters of Chinese, Japanese and Korean, their punctuation among them, need no space on either side.
All other texts are read as CommonMark reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Scanned

    Rule = Callable[[StateInline, bool], bool]


def cjk_friendly(parser: MarkdownIt) -> None:
    """Make a parser read emphasis, and what is struck through, so."""
    from markdown_it.rules_inline import emphasis, strikethrough

    parser.inline.ruler.at("emphasis", _scanning(emphasis.tokenize))
    parser.inline.ruler.at("strikethrough", _scanning(strikethrough.tokenize))


def _scanning(rule: Rule) -> Rule:
    """The rule with our answer to whether a run of marks may open and close."""

    def ruled(state: StateInline, silent: bool) -> bool:
        state.scanDelims = partial(_scanned, state)  # type: ignore[method-assign]
        return rule(state, silent)

    return ruled


def _scanned(state: StateInline, start: int, inside_words: bool) -> Scanned:
    from markdown_it.rules_inline.state_inline import Scanned

    end = start
    while end < state.posMax and state.src[end] == state.src[start]:
        end += 1
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    return Scanned(*sides(before, after, inside_words=inside_words), end - start)


def sides(before: str, after: str, *, inside_words: bool) -> tuple[bool, bool]:
    """(may open, may close) for a run of marks between two characters."""
    left = _leans_on(after, before)
    right = _leans_on(before, after)
    if inside_words:
        return left, right
    return left and (not right or _is_mark(before)), right and (not left or _is_mark(after))


def _leans_on(near: str, far: str) -> bool:
    """Whether a run belongs to the word at `near`, given what stands on its other side."""
    if near.isspace():
        return False
    return not _is_western_mark(near) or far.isspace() or _is_mark(far) or _is_wide(far)


def _is_mark(char: str) -> bool:
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar

    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _is_western_mark(char: str) -> bool:
    return _is_mark(char) and not _is_wide(char)


def _is_wide(char: str) -> bool:
    """A character of Chinese, Japanese or Korean, or their punctuation; no emoji."""
    return east_asian_width(char) in "WFH" and category(char) != "So"

"""Where in a text do the words stand that somebody searched for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.fields import normalised
from tkt.render.screen import Screen
from tkt.render.text import ELLIPSIS, cut, one_line, width

Span = tuple[int, int]
_BEFORE = 3
"""Of a window so many parts stand behind the first hit for one before it."""


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """Where normalised words stand in a text as it was written: begin and end, in order, apart."""
    plain, places = _normalised(text)
    found: list[Span] = []
    for word in words:
        place = plain.find(word) if word else -1
        while place >= 0:
            found.append((places[place], places[place + len(word) - 1] + 1))
            place = plain.find(word, place + len(word))
    return _apart(found)


def marked(text: str, words: Sequence[str], screen: Screen, *beside: str) -> str:
    """A clean line with the words set off; what stands between them in the styles `beside`."""
    pieces, last = list[str](), 0
    for start, end in spans(text, words):
        pieces += [screen.styled(text[last:start], *beside), screen.styled(text[start:end], "bold", "yellow")]
        last = end
    return "".join((*pieces, screen.styled(text[last:], *beside)))


def snippet(text: str, words: Sequence[str], columns: int) -> str:
    """A line of a text around the first of the words, in so many columns; empty where none stands in it."""
    for line in text.split("\n"):
        shown = one_line(line)
        found = spans(shown, words)
        if found:
            return _around(shown, found[0], columns)
    return ""


def _around(line: str, first: Span, columns: int) -> str:
    if width(line) <= columns:
        return line
    start = first[0]
    room = max(columns // _BEFORE - 1, 0)
    while start > 0 and width(line[start - 1 : first[0]]) <= room:
        start -= 1
    return cut((ELLIPSIS if start else "") + line[start:], columns)


def _normalised(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and for each of its characters the place of that which it came from."""
    plain = normalised(text)
    if len(plain) == len(text):
        return plain, list(range(len(text)))
    pieces = [normalised(character) for character in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


def _apart(found: list[Span]) -> list[Span]:
    return list(_merged(sorted(found)))


def _merged(found: Sequence[Span]) -> Iterator[Span]:
    """Those that touch or overlap as one."""
    waiting: Span | None = None
    for start, end in found:
        if waiting is not None and start <= waiting[1]:
            waiting = (waiting[0], max(waiting[1], end))
            continue
        if waiting is not None:
            yield waiting
        waiting = (start, end)
    if waiting is not None:
        yield waiting

"""How is a text cut so that any part of it is found: in words and pairs of characters?

A run of ASCII letters and digits is one word. Any other run of characters is cut into its pairs, which overlap,
with its last character alone behind them; so a run of two characters and more stands in a text just where its
pairs follow each other, and a single character where a piece begins with it. What else is ASCII only separates.
Texts and words are normalised (`tkt.fields.normalised`) before they come here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from tkt.frozen import dataclass
from tkt.late import late

MANY = 300
"""Words of the vocabulary that one wanted part may stand for; a part of more words is looked for in the texts."""
_RUNS = late(r"[0-9a-z]+|[^\x00-\x7f]+")
_HALVES = late("[\ud800-\udfff]")

Containing = Callable[[str], Iterable[str]]
"""The words of the vocabulary that a part is in."""


def cut(text: str) -> str:
    """The pieces of a text in their order, with spaces between."""
    found: list[str] = []
    for run in _RUNS.findall(text):
        if run.isascii():
            found.append(run)
        else:
            found += map("".join, pairwise(run))
            found.append(run[-1])
    return " ".join(found)


def words_in(text: str) -> set[str]:
    """The words of a text that a vocabulary must know."""
    return {run for run in _RUNS.findall(text) if run.isascii()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the full text is asked for, and whether all that it finds truly holds the word."""

    expression: str
    is_exact: bool


def wanted(word: str, containing: Containing) -> Wanted | None:
    """How a normalised word is asked for; None where the full text cannot narrow it down."""
    if _HALVES.search(word):
        return None  # halves of surrogate pairs, which no text can hold
    runs = list(_RUNS.finditer(word))
    asked = (_asked(it[0], it.start() > 0, it.end() < len(word), containing) for it in runs)
    parts = [part for part in asked if part]
    if not parts:
        return None
    is_whole = len(runs) == 1 and runs[0][0] == word
    return Wanted(expression=" AND ".join(f"({part})" for part in parts), is_exact=is_whole)


def _asked(run: str, begins: bool, ends: bool, containing: Containing) -> str:
    """One run: `begins` where something stands before it in the wanted word, `ends` where behind it."""
    if not run.isascii():
        return " + ".join(map(_pair, pairwise(run))) if len(run) > 1 else f'"{run}"*'
    if begins and ends:
        return f'"{run}"'
    if begins:
        return f'"{run}"*'
    others = [
        word for word in containing(run) if not word.startswith(run) and (word.endswith(run) or not ends)
    ]
    if len(others) > MANY:
        return ""
    return " OR ".join([f'"{run}"' if ends else f'"{run}"*', *(f'"{word}"' for word in sorted(set(others)))])


def _pair(pair: tuple[str, str]) -> str:
    return f'"{pair[0]}{pair[1]}"'

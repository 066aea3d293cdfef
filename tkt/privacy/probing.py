"""Can these bytes hold one of the words at all? Asked of every file of the desk, so that few are parsed.

It may say yes where there is nothing, but never no where there is something: YAML escapes quotes and
breaks lines at blanks, so of each word its longest piece without these is looked for, of a phone number
its digits without what stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tkt.actions.pseudonyms import SHORTEST, is_phone

_BETWEEN_DIGITS = b" ().-/"


class Probe:
    """Looks for words in bytes."""

    def __init__(self, words: Iterable[str]) -> None:
        known = {word.strip() for word in words if len(word.strip()) >= SHORTEST}
        phones = {word for word in known if is_phone(word)}
        self._digits = tuple({re.sub(r"\D", "", word).encode() for word in phones})
        self._runs = tuple({run for word in known - phones for run in _spellings(_longest_piece(word))})

    def may_hold(self, data: bytes) -> bool:
        """Whether one of the words may stand in `data`."""
        lower = data.lower()  # of ASCII letters; the others are looked for in each case
        if any(run in lower for run in self._runs):
            return True
        if not self._digits:
            return False
        bare = lower.translate(None, _BETWEEN_DIGITS)
        return any(digits in bare for digits in self._digits)


def _longest_piece(word: str) -> str:
    return max(re.split(r"[\s\"'\\]+", word), key=len)


def _spellings(run: str) -> Iterator[bytes]:
    for text in {run, run.casefold(), run.lower(), run.upper(), run.title()}:
        yield text.encode().lower()

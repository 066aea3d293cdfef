"""How is a person's name found in a text, without eating other words, and what stands for it?

Names, mail addresses, phone numbers and accounts are looked for as they are written, in whatever case
and as whole words: `Li` is not found in `like`, nor `wei@acme.example` in `zhang.wei@acme.example`.
Between the digits of a phone number there may be other blanks and dashes. Chinese has no gaps between
words, so a Chinese name is found anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from types import MappingProxyType

from tkt.frozen import dataclass
from tkt.ids import random_characters
from tkt.late import late
from tkt.model import Value

SHORTEST = 2
"""Characters; what is shorter is looked for nowhere."""

_LETTER = "0-9A-Za-z_\u00aa-\u1fff\uff10-\uff5a"
"""Of scripts with gaps between words. Chinese, Japanese and Korean have none."""
_SEPARATOR = r"[ ().\-/]*"
_PHONE = late(r"\+?[\d ().\-/]{5,}")
_FEWEST_DIGITS = 7
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Pseudonyms:
    """What stands for whom: names and identities in texts, ids of customers' files and their contracts' names."""

    literals: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    customers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    contracts: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def word(self, text: str) -> str:
        """`text` with the pseudonym in place of every name and identity."""
        return text if self._pattern is None else self._pattern.sub(self._of, text)

    def count(self, text: str) -> int:
        """How often one of them stands in `text`."""
        return 0 if self._pattern is None else sum(1 for _ in self._pattern.finditer(text))

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Where in `text` which of them stands, as it is written there."""
        if self._pattern is not None:
            yield from ((it.start(), it[0]) for it in self._pattern.finditer(text))

    def knows(self, word: object) -> bool:
        """Whether a value is one of them, in whatever case."""
        return _folded(str(word)) in self._by_folded

    def contact(self, value: Mapping[str, Value]) -> Mapping[str, Value] | None:
        """What stands for a contact of whom something is known; None for anybody else."""
        known = (self._by_folded.get(_folded(str(each))) for each in value.values())
        stands = next(filter(None, known), None)
        return None if stands is None else {"name": stands}

    def customer(self, name: Value) -> Value:
        """What stands for the id of a customer."""
        return self.customers.get(name, name) if isinstance(name, str) else name

    def of_key(self, name: str, value: Value) -> Value:
        """What stands for the value of a stored key that names a customer or their contract."""
        stands = {"customer": self.customers, "contract": self.contracts}[name]
        return stands.get(value, value) if isinstance(value, str) else value

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {_folded(literal): stands for literal, stands in self.literals.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        alternatives = "|".join(f"({pattern_of(literal)})" for literal in self._longest_first)
        return re.compile(alternatives, re.IGNORECASE) if alternatives else None

    @cached_property
    def _longest_first(self) -> tuple[str, ...]:
        wanted = (each for each in self.literals if len(each.strip()) >= SHORTEST)
        return tuple(sorted(wanted, key=len, reverse=True))

    def _of(self, found: re.Match[str]) -> str:
        return self.literals[self._longest_first[(found.lastindex or 1) - 1]]


def pattern_of(literal: str, *, letters: str = _LETTER) -> str:
    """The regular expression that finds a name or an identity as a whole word, `letters` being those of words."""
    text = literal.strip()
    if is_phone(text):
        digits = _SEPARATOR.join(character for character in text if character.isdigit())
        return rf"(?<![0-9A-Za-z+])\+?{digits}(?![0-9A-Za-z])"
    inner = r"\s+".join(map(re.escape, text.split()))
    before = rf"[{letters}.+%\-]" if "@" in text else f"[{letters}]"
    behind = rf"[{letters}\-]|\.[{letters}]" if "@" in text else f"[{letters}]"
    start = f"(?<!{before})" if re.match(f"[{letters}]", text) else ""
    end = f"(?!{behind})" if re.search(f"[{letters}]$", text) else ""
    return f"{start}{inner}{end}"


def is_phone(text: str) -> bool:
    """Whether this is a phone number."""
    return _PHONE.fullmatch(text) is not None and sum(map(str.isdigit, text)) >= _FEWEST_DIGITS


def new_pseudonym(kind: str) -> str:
    """`customer-4k2p9x`: random, so that nothing leads back from it."""
    return f"{kind}-{random_characters(6).lower()}"


def one_each(contacts: Iterable[Mapping[str, Value]], kind: str) -> dict[str, str]:
    """Every name and identity of these contacts → the pseudonym of that person.

    Contacts that have something in common are one person.
    """
    found: dict[str, str] = {}
    folded: dict[str, str] = {}
    for contact in contacts:
        texts = [str(value).strip() for value in contact.values() if isinstance(value, str)]
        texts = [text for text in texts if len(text) >= SHORTEST]
        known = (folded[_folded(text)] for text in texts if _folded(text) in folded)
        stands = next(known, None) or new_pseudonym(kind)
        for text in texts:
            found.setdefault(text, stands)
            folded.setdefault(_folded(text), stands)
    return found


def _folded(text: str) -> str:
    """By which two spellings of one name or number are known to be the same."""
    words = " ".join(text.split()).casefold()
    return re.sub(r"\D", "", words) if is_phone(words) else words

"""What do key figures need that stands on no ticket? Answers of customers, releases, and the tickets' words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from tkt.frozen import dataclass

Texts = Callable[[Collection[str]], Mapping[str, str]]
"""Ids of tickets → the words of each: its title and messages."""
Words = Callable[[str], Collection[str]]
"""A text → its words, as they are counted."""


class Release(NamedTuple):
    """Something that was delivered to customers."""

    name: str
    at: datetime


class Answer(NamedTuple):
    """What a customer answered to the question how likely they are to recommend; no ticket is about it."""

    customer: str
    at: datetime
    score: int | float  # 0 to 10


@dataclass(frozen=True)
class More:
    """All of it, as far as somebody gathered it."""

    answers: tuple[Answer, ...] = ()
    releases: tuple[Release, ...] = ()
    texts: Texts | None = None  # None: keywords are not asked for
    words: Words | None = None

"""What do key figures need that stands on no ticket? Answers of customers, releases, and the tickets' words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from tkt.frozen import dataclass

Texts = Callable[[Collection[str]], Mapping[str, str]]
"""Ids of tickets → the words of each: its title and messages."""
Words = Callable[[str], Collection[str]]
"""A text → its words, as they are counted."""


def _nothing() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({})


class Release(NamedTuple):
    """Something that was delivered to customers."""

    name: str
    at: datetime


class Answer(NamedTuple):
    """What a customer answered to the question how likely they are to recommend; no ticket is about it."""

    customer: str
    at: datetime
    score: int | float  # 0 to 10


class Learnt(NamedTuple):
    """A review or an improvement on file."""

    kind: str  # `review`, `improvement`
    name: str
    done_at: datetime | None  # None: it is not done, or nobody wrote down when
    tickets: tuple[str, ...] = ()  # those that led to it, through a review too
    product: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class More:
    """All of it, as far as somebody gathered it."""

    answers: tuple[Answer, ...] = ()
    releases: tuple[Release, ...] = ()
    lessons: tuple[Learnt, ...] = ()
    texts: Texts | None = None  # None: keywords are not asked for
    words: Words | None = None
    customers: Mapping[str, Mapping[str, str]] = field(default_factory=_nothing)
    """The id of a customer, its case folded → what the customer's file says: name, tier, industry, region …"""

"""What do all the programs that are compared hold? The same requests, with the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tickets import tickets

OWNER = "wang.fang"
PRIORITY = "P3"
"""What the filter looks for, beside being open."""

_KEYS = re.compile(r"^(id|title|owner|priority|received_at): (.*)$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One ticket of a made desk, as little as every program can hold."""

    number: int  # from 1
    id: str
    title: str
    owner: str
    priority: str
    received_at: str
    words: str  # everything that was said and done, one to two kB
    is_open: bool
    place: int  # among the open ones, from 1

    @property
    def is_looked_for(self) -> bool:
        """Whether the filter finds it."""
        return self.is_open and self.owner == OWNER and self.priority == PRIORITY


def requests(number: int, seed: int = 1) -> Iterator[Request]:
    """So many, in the order in which they were numbered."""
    opened = 0
    for place, (path, text) in enumerate(tickets(number, seed), start=1):
        is_open = not path.startswith("tickets/closed/")
        opened += is_open
        head, _, words = text.partition("events:\n")
        keys = dict(_KEYS.findall(head))
        yield Request(
            number=place,
            id=keys["id"],
            title=keys["title"],
            owner=keys.get("owner", "nobody"),
            priority=keys.get("priority", "P4"),
            received_at=keys["received_at"],
            words=words,
            is_open=is_open,
            place=opened,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a program holds, in numbers: small, for whoever measures how much memory others need."""

    tickets: int
    are_open: int
    looked_for: int
    one: Request  # an open one


def held(those: Sequence[Request]) -> Held:
    """Counted."""
    return Held(
        tickets=len(those),
        are_open=sum(it.is_open for it in those),
        looked_for=sum(it.is_looked_for for it in those),
        one=next(it for it in those if it.is_looked_for),
    )

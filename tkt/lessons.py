"""What did the desk learn from a ticket: which review found what, and which improvement is to follow?

Values of the files of reviews/ and improvements/ (docs/file-format.md, Reviews and improvements).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from tkt.frozen import dataclass
from tkt.model import Event, Kind, Value

LessonState = Literal["open", "done", "dropped"]
REVIEW_KEYS: Mapping[str, Kind] = MappingProxyType(
    {
        "title": "text",
        "ticket": "word",
        "owner": "person",
        "due": "word",
        "state": "word",
        "cause": "text",
        "improvements": "words",
    }
)
IMPROVEMENT_KEYS: Mapping[str, Kind] = MappingProxyType(
    {
        "title": "text",
        "owner": "person",
        "due": "word",
        "state": "word",
        "product": "word",
        "category": "word",
        "from": "words",
    }
)
"""The keys above `events`, in the order in which a new file has them, and what each holds."""

OPEN, DONE, DROPPED = "open", "done", "dropped"
STATES = (OPEN, DONE, DROPPED)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What a review and an improvement have in common."""

    id: str  # the file's name without .yaml
    path: str  # relative to the desk
    title: str
    owner: str | None = None  # a person of config/people.yaml
    due: date | None = None  # in the desk's zone, that day included
    state: LessonState = "open"
    values: Mapping[str, Value] = field(
        default_factory=lambda: MappingProxyType({})
    )  # keys of the desk's own
    events: tuple[Event, ...] = ()  # in order

    def stored(self) -> dict[str, Value]:
        """The keys above the events, as the file has them; None for what is absent."""
        due = None if self.due is None else self.due.isoformat()
        return {"title": self.title, "owner": self.owner, "due": due, "state": self.state}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state == OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day has passed. `today` in the desk's zone."""
        return self.is_open and self.due is not None and self.due < today

    @property
    def opened_at(self) -> datetime | None:
        """When it was written down; UTC."""
        return self.events[0].at if self.events else None

    @property
    def ended_at(self) -> datetime | None:
        """When it became done or dropped, as its events say; None where it is open or nobody wrote it down."""
        if self.is_open:
            return None
        moves = (it for it in reversed(self.events) if it.did == "set" and it.get("field") == "state")
        last = next(moves, None)
        return last.at if last is not None and last.get("to") == self.state else None

    @property
    def done_at(self) -> datetime | None:
        """The same where it is done, and not dropped."""
        return self.ended_at if self.state == DONE else None


@dataclass(frozen=True, kw_only=True)
class Review(Lesson):
    """Somebody looks at how a ticket went, and why."""

    ticket: str | None = None
    cause: str | None = None
    improvements: tuple[str, ...] = ()  # names of files of improvements/

    def stored(self) -> dict[str, Value]:
        """Likewise, with its own."""
        own = {"ticket": self.ticket, "cause": self.cause, "improvements": list(self.improvements)}
        found = {**super().stored(), **own}
        return {key: found[key] for key in REVIEW_KEYS}


@dataclass(frozen=True, kw_only=True)
class Improvement(Lesson):
    """Something is changed so that requests of a kind stop."""

    product: str | None = None
    category: str | None = None
    sources: tuple[str, ...] = ()  # key `from`: names of reviews, ids of tickets

    def stored(self) -> dict[str, Value]:
        """Likewise, with its own."""
        own = {"product": self.product, "category": self.category, "from": list(self.sources)}
        found = {**super().stored(), **own}
        return {key: found[key] for key in IMPROVEMENT_KEYS}

"""What does an audit say, how much does it weigh, and where does it stand?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from tkt.frozen import dataclass
from tkt.i18n import Message

Case = TypeVar("Case")


class Level(StrEnum):
    """An error must not be merged, a warning wants a second look, a note is only listed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a reviewer should know. `path` is relative to the desk, `line` one of the new file.

    Where it is about a ticket, its place is an event, else a key (`("title",)`), else the file.
    """

    level: Level
    message: Message
    rule: str = ""
    ticket: str | None = None
    event: str | None = None  # the event's id
    key: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
    hint: Message | None = None
    commit: str | None = None  # the whole sha
    person: str | None = None

    @property
    def mark(self) -> tuple[object, ...]:
        """By which the same finding is known again under another configuration."""
        return (self.rule, self.level, self.ticket, self.event, self.key, self.commit, self.person, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Case]):
    """A rule of the audit (docs/audit.md): its name and weight, what it wants, what to do, how it is judged."""

    code: str
    level: Level  # of the most serious that it says
    title: str  # a sentence marked with N_
    advice: str  # likewise
    judge: Callable[[Case], Iterable[Finding]]

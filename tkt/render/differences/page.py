"""What stands on the page of a difference, before it is text or Markdown?

Plain strings in the reader's language. Groups tell their entries one by one, when somebody wants them:
of a thousand tickets ten are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from tkt.frozen import dataclass
from tkt.i18n import msg, render

Mark = Literal["+", "~", "-", "!", "", "*"]
"""New, changed, gone, to be looked at, plain, better than before."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, below the line that says so. `sign`: `+` as it is, `-` as it was, or empty."""

    text: str
    sign: Literal["", "+", "-"] = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said of an entry."""

    text: str
    mark: Mark = ""
    words: tuple[Words, ...] = ()
    depth: int = 0  # 1: about the line before it


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket, a file, a part of the configuration."""

    key: str  # by which it is known: an id, a path; empty for what has none
    title: str
    facts: str = ""
    lines: tuple[Line, ...] = ()
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one title; `tell` makes an entry of an item."""

    title: str
    items: Sequence[Any]
    tell: Callable[[Any], Entry]
    is_ticket: bool = False  # tickets share their examples, other groups have their own
    is_counted: bool = True
    note: str = ""

    @property
    def heading(self) -> str:
        """The title, and of how many."""
        if not self.is_counted:
            return self.title
        return render(msg("{title} ({count})", title=self.title, count=len(self.items)))

    def entries(self, start: int = 0, end: int | None = None) -> Iterator[Entry]:
        """Some of its entries, told now."""
        return (self.tell(item) for item in self.items[start:end])


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    title: str
    facts: tuple[str, ...]
    summary: tuple[tuple[str, str], ...]  # the five lines: label, what
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()  # what cannot be read
    forecast: tuple[str, ...] = ()
    again: str = ""  # the command that tells all


EXAMPLES = 10


def shared_out(groups: Sequence[Group], examples: int | None) -> Iterator[tuple[Group, int]]:
    """Each group and how many of its entries are shown; None: all of them."""
    left = examples
    for group in groups:
        if left is None or examples is None:
            yield group, len(group.items)
            continue
        count = min(len(group.items), left if group.is_ticket else examples)
        yield group, count
        if group.is_ticket:
            left -= count

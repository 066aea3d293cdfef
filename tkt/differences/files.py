"""What differs in the files that are no tickets, and what of it becomes public?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tkt.frozen import dataclass
from tkt.model import Value

Room = Literal["configuration", "knowledge", "replies", "customers", "attachments", "other"]
How = Literal["added", "changed", "removed"]

PUBLIC = "public"
RETIRED = "retired"


def room_of(path: str) -> Room:
    """Which part of a desk a path belongs to."""
    if path == "tkt.yaml" or (path.startswith("config/") and not path.startswith("config/.schemas/")):
        return "configuration"
    if path.startswith("knowledge/") and path.endswith(".md"):
        return "knowledge"
    if path.startswith("replies/") and path.endswith(".md"):
        return "replies"
    if path.startswith("customers/") and path.endswith(".yaml"):
        return "customers"
    return "attachments" if path.startswith("attachments/") else "other"


def how(old: object, new: object) -> How:
    """What became of something, given what there was of it (None: nothing) and what there is."""
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file that differs, of which no more is said than its path."""

    path: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A Markdown file with keys above: an article, a canned reply."""

    values: Mapping[str, Value]
    body: str

    @property
    def is_public(self) -> bool:
        """Whether customers can read the article."""
        return self.values.get("visibility") == PUBLIC and self.values.get("state") != RETIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """An article or a canned reply that differs; not both are None."""

    path: str
    before: Text | None
    after: Text | None

    @property
    def how(self) -> How:
        """Whether it is new, changed or gone."""
        return how(self.before, self.after)

    @property
    def title(self) -> str:
        """What it is called, or its file where it has no title."""
        there = self.after or self.before
        found = there.values.get("title") if there else None
        return str(found) if found else self.path.rpartition("/")[2]

    @property
    def first_line(self) -> str:
        """The first line with words in it."""
        there = self.after or self.before
        lines = there.body.splitlines() if there else []
        return next((line.strip() for line in lines if line.strip()), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys above the text that differ."""
        old, new = (it.values if it else {} for it in (self.before, self.after))
        return tuple(key for key in dict.fromkeys((*new, *old)) if old.get(key) != new.get(key))

    @property
    def has_another_body(self) -> bool:
        """Whether the text itself differs."""
        return self.before is None or self.after is None or self.before.body != self.after.body

    @property
    def becomes_public(self) -> bool:
        """Whether customers can read what they could not."""
        return _is_public(self.after) and not _is_public(self.before)

    @property
    def stays_public(self) -> bool:
        """Whether customers read it before and after."""
        return _is_public(self.after) and _is_public(self.before)

    @property
    def leaves_public(self) -> bool:
        """Whether customers cannot read it any more."""
        return _is_public(self.before) and not _is_public(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerChange:
    """A customer's file that differs, and in which keys; their values are nobody's business here."""

    path: str
    how: How
    keys: tuple[str, ...] = ()


def _is_public(text: Text | None) -> bool:
    return text is not None and text.is_public

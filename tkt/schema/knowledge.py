"""What do the keys above an article say?"""

from __future__ import annotations

from typing import Literal

from tkt.schema.base import Day, Language, Name, Struct

Sort = Literal["answer", "guide", "practice", "case"]
Visibility = Literal["internal", "public"]
State = Literal["draft", "verified", "retired"]


class VerifiedDecl(Struct, frozen=True, kw_only=True):
    """Who looked at it last, and found it right."""

    at: Day
    by: str


class RetiredDecl(Struct, frozen=True, kw_only=True):
    """Who took it out of use, and what to read in its place."""

    at: Day
    by: str
    why: str
    instead: Name | None = None


class ArticleFile(Struct, frozen=True, kw_only=True):
    """The front matter of knowledge/SLUG.md; other keys are kept."""

    title: str | None = None  # none: the first heading
    kind: Sort = "answer"
    visibility: Visibility = "internal"
    state: State = "draft"
    owner: str | None = None
    review_by: Day | None = None
    applies_to: list[str] = []  # products, categories as `type/category`
    language: Language | None = None  # none: told by its words
    translation_of: Name | None = None
    tags: list[str] = []
    sources: list[str] = []  # ids of tickets
    related: list[Name] = []
    verified: VerifiedDecl | None = None
    retired: RetiredDecl | None = None

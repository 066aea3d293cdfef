"""What is an article of the knowledge base?

A Markdown file below `knowledge/` with keys above its text (docs/knowledge.md); its name without `.md` is its slug.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType

from tkt.attachments.names import is_device
from tkt.frozen import dataclass
from tkt.late import late
from tkt.model import Value
from tkt.schema.knowledge import Sort, State, Visibility

FOLDER = "knowledge"
FEEDBACK = "knowledge/feedback"
"""What readers said and searched for, as it was brought in."""
LARGEST = 256 * 1024  # bytes of a file
RESERVED = frozenset(
    {
        "404", "all", "articles", "assets", "categories", "category", "en", "feed", "feedback", "home", "index",
        "kinds", "llms", "new", "products", "robots", "search", "sitemap", "tags", "vendor", "zh",
    }
)  # fmt: skip
"""Names that pages of the help centre have already."""
LONGEST_SLUG = 80
_SLUG = late(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HAN = late(r"[\u3400-\u9fff]")
_HEADING = late(r"[ \t]{0,3}#{1,6}(?:[ \t]|$)")
_MARKS = late(r"^(?:[ \t]*(?:[-*+>]|\d+[.)])[ \t]+)+|[*_`]+")


def _nothing() -> Mapping[str, Value]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Who looked at it last and found it right."""

    at: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """Who took it out of use, why, and which article to read in its place."""

    at: date
    by: str
    why: str
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was learnt, for others to read."""

    slug: str
    path: str  # relative to the desk
    title: str
    body: str  # Markdown
    kind: Sort = "answer"
    visibility: Visibility = "internal"
    state: State = "draft"
    owner: str | None = None
    review_by: date | None = None
    applies_to: tuple[str, ...] = ()  # products, categories as `type/category`
    language: str = "en"
    translation_of: str | None = None
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # ids of tickets
    related: tuple[str, ...] = ()
    verified: Verified | None = None
    retired: Retired | None = None
    first_line: int = 1  # of the body, in the file
    others: Mapping[str, Value] = field(
        default_factory=_nothing, compare=False
    )  # keys that tkt does not know
    lines: Mapping[str, int] = field(default_factory=_nothing, compare=False)  # key → its line in the file

    @property
    def is_shown(self) -> bool:
        """Whether customers may read it: it is public, and somebody has said that it is right."""
        return self.visibility == "public" and self.state == "verified"

    @property
    def is_in_use(self) -> bool:
        """Whether it is not retired."""
        return self.state != "retired"

    def is_overdue(self, today: date) -> bool:
        """Whether it is in use and was to be looked at again before today."""
        return self.is_in_use and self.review_by is not None and self.review_by < today

    @property
    def summary(self) -> str:
        """The first words below the headings, without marks."""
        lines = (line.strip() for line in self.body.splitlines() if not _HEADING.match(line))
        return next((said for line in lines if (said := _MARKS.sub("", line).strip())), "")


def is_slug(name: str) -> bool:
    """Whether an article may have this name: `[a-z0-9-]`, and neither a page of the help centre nor Windows has it."""
    is_free = name not in RESERVED and not is_device(name)
    return is_free and _SLUG.fullmatch(name) is not None and len(name) <= LONGEST_SLUG


def is_article(path: str) -> bool:
    """Whether an article lies at this path of a desk; what is called README is none."""
    place = PurePosixPath(path)
    parts = place.parts
    if len(parts) < 2 or parts[0] != FOLDER or place.suffix != ".md" or path.startswith(f"{FEEDBACK}/"):
        return False
    return not any(part.startswith(".") for part in parts) and place.stem.casefold() != "readme"


def language_of(text: str) -> str:
    """`zh` where Chinese characters stand in it, else `en`."""
    return "zh" if _HAN.search(text) else "en"


def by_slug(articles: Iterable[Article]) -> dict[str, Article]:
    """The articles by their names."""
    return {each.slug: each for each in articles}

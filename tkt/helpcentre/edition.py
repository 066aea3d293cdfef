"""Which articles stand in an edition of the help centre, and what of them?

The internal edition has all articles with what the desk knows of them. The public one has those that are public
and verified; everything else is left behind here, so that no page, index or feed further on could show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from tkt.frozen import dataclass
from tkt.knowledge.article import Article, Retired
from tkt.late import late
from tkt.render.text import clean, one_line

_FIRST_HEADING = late(r"\A\s*#[ \t]+(.+?)[ \t#]*(?:\n|\Z)")
_SLUG = late(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HAS_LINKS = late(r"\]\s*[(:]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What only the desk may know of an article."""

    state: str
    visibility: str
    owner: str | None
    review_by: date | None
    is_overdue: bool
    sources: tuple[str, ...]
    path: str
    retired: Retired | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as its readers get it."""

    slug: str
    title: str
    body: str  # Markdown, without a first heading that says the title
    kind: str
    language: str
    applies_to: tuple[str, ...]
    tags: tuple[str, ...]
    reviewed: date | None  # when somebody last found it right
    related: tuple[str, ...]  # of this edition, in the order in which the article names them
    translations: tuple[tuple[str, str], ...]  # (language, slug) of the others of this edition
    folder: str  # where its pictures are looked for
    inside: Inside | None = None  # None in the public edition

    @property
    def page(self) -> str:
        """The name of its page."""
        return f"{self.slug}.html"

    @property
    def is_current(self) -> bool:
        """Whether it is to be read: not retired."""
        return self.inside is None or self.inside.state != "retired"

    def names(self, slugs: Mapping[str, Entry]) -> tuple[str, ...]:
        """The articles that its text may lead to."""
        if not _HAS_LINKS.search(self.body):
            return ()
        return tuple(sorted(set(_SLUG.findall(self.body)) & slugs.keys()))


def entries_of(articles: Iterable[Article], *, is_public: bool, today: date) -> dict[str, Entry]:
    """Slug → entry for the articles of an edition, in their order."""
    shown = [each for each in articles if each.is_shown or not is_public]
    slugs = {each.slug for each in shown}
    kin = _kin(shown)
    return {each.slug: _entry(each, slugs, kin, is_public, today) for each in shown}


def _kin(articles: Iterable[Article]) -> dict[str, list[Article]]:
    """The articles that say the same in several languages, under the slug that all of them name."""
    found: dict[str, list[Article]] = {}
    for each in articles:
        found.setdefault(each.translation_of or each.slug, []).append(each)
    return found


def _entry(
    article: Article, slugs: set[str], kin: Mapping[str, list[Article]], is_public: bool, today: date
) -> Entry:
    others = kin[article.translation_of or article.slug]
    return Entry(
        slug=article.slug,
        title=one_line(article.title),
        body=body_without_title(article),
        kind=article.kind,
        language=article.language,
        applies_to=article.applies_to,
        tags=tuple(map(one_line, article.tags)),
        reviewed=article.verified.at if article.verified else None,
        related=tuple(slug for slug in article.related if slug in slugs and slug != article.slug),
        translations=tuple((it.language, it.slug) for it in others if it.language != article.language),
        folder=article.path.rpartition("/")[0],
        inside=None if is_public else _inside(article, today),
    )


def body_without_title(article: Article) -> str:
    """The text of an article; its title stands above it already."""
    body = clean(article.body)
    first = _FIRST_HEADING.match(body)
    is_title = first is not None and one_line(first[1]).casefold() == one_line(article.title).casefold()
    return body[first.end() :] if first is not None and is_title else body


def _inside(article: Article, today: date) -> Inside:
    return Inside(
        state=article.state,
        visibility=article.visibility,
        owner=article.owner,
        review_by=article.review_by,
        is_overdue=article.is_overdue(today),
        sources=article.sources,
        path=article.path,
        retired=article.retired,
    )

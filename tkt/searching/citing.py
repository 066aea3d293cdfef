"""Which articles does a reply cite, and what does the customer see of that?"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.desk import Desk
from tkt.errors import DataError, NotFound, Refused, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.knowledge.article import Article, by_slug
from tkt.render.text import one_line
from tkt.schema import Configuration
from tkt.store.knowledge import read_articles

CUSTOMER = "customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The articles that a reply cites: their names, the lines that lead customers to them, what there is to say of it."""

    slugs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    def in_words(self, text: str, *, to: str) -> str:
        """The reply's words, with where to read on: for the customer, and what does not stand there already."""
        new = [line for line in self.lines if line.rpartition(" ")[2] not in text]
        if to != CUSTOMER or not new:
            return text
        return "\n".join((text.rstrip(), "", *new))


NONE_CITED = Cited()


def cited_by(desk: Desk, slugs: Iterable[str]) -> Cited:
    """The articles of these names, each once.

    A customer is led only to what customers may read. Errors: NotFound; Refused for a retired one; DataError for one
    that cannot be read.
    """
    wanted = tuple(dict.fromkeys(slug.strip().rpartition("/")[2].removesuffix(".md") for slug in slugs))
    if not wanted:
        return NONE_CITED
    every, problems = read_articles(desk.root)
    known = by_slug(every)
    found = []
    for slug in wanted:
        broken = [each for each in problems if (each.path or "").endswith(f"/{slug}.md")]
        if slug not in known and broken:
            raise DataError(broken)
        if slug not in known:
            raise NotFound(
                msg("no article {slug}", slug=slug), hint=did_you_mean(slug, known) or msg("tkt kb list")
            )
        found.append(_in_use(known[slug]))
    pages = [(it, page_of(it, desk.config)) for it in found]
    return Cited(
        slugs=wanted,
        lines=tuple(f"{one_line(it.title)}: {page}" for it, page in pages if page is not None),
        notes=tuple(_note(it) for it, page in pages if page is None),
    )


def page_of(article: Article, config: Configuration) -> str | None:
    """Where customers read an article; None where they cannot, or nobody said where the help centre is published."""
    url = config.reports.knowledge.url
    return f"{url.rstrip('/')}/{article.slug}.html" if url and article.is_shown else None


def _in_use(article: Article) -> Article:
    """Errors: Refused for a retired one."""
    if article.is_in_use:
        return article
    instead = article.retired.instead if article.retired else None
    raise Refused(
        msg(
            "{slug} is retired: {why}", slug=article.slug, why=article.retired.why if article.retired else "…"
        ),
        hint=msg("--kb {slug}", slug=instead) if instead else msg("tkt kb show {slug}", slug=article.slug),
    )


def _note(article: Article) -> Message:
    if article.visibility != "public":
        return msg(
            "{slug} is internal: it is recorded, and the customer is not told of it", slug=article.slug
        )
    if article.state != "verified":
        return msg("{slug} is not verified: it is recorded, and the customer gets no link", slug=article.slug)
    return msg(
        "{slug} is recorded; the customer gets no link, as {key} is not set in config/reports.yaml",
        slug=article.slug,
        key="knowledge.url",
    )

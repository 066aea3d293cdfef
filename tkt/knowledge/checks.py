"""What is wrong with the knowledge base, today? One function a check, one table.

Faults of the files themselves are `tkt.knowledge.judging`'s to tell. A warning asks for work; an error makes
`tkt kb check` say no.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from tkt.errors import Problem, Severity
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.knowledge.article import FOLDER, Article
from tkt.knowledge.judging import Shelf, relations
from tkt.knowledge.leaks import leaks_in
from tkt.knowledge.limits import Limits
from tkt.knowledge.links import Link, links_in, names_article, resolved

OVERDUE, DEAD_LINK, LEAK, UNUSED, UNTRANSLATED = "overdue", "dead-link", "leak", "unused", "untranslated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How often replies cited an article, and when the last one did."""

    count: int
    latest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is judged, and by what.

    `anchors`: the ids of an article's headings; `anchor_of`: the id that a heading of these words has;
    `has_file`: whether the desk has a file at that path.
    """

    shelf: Shelf
    today: date
    limits: Limits
    uses: Mapping[str, Use]
    praised: Mapping[str, date]  # slug → the last vote that found it helpful
    names: Mapping[str, str]  # names of customers → what they are (tkt.knowledge.personal)
    anchors: Callable[[Article], Collection[str]]
    anchor_of: Callable[[str], str]
    has_file: Callable[[str], bool]

    @property
    def articles(self) -> Sequence[Article]:
        """Those that are in use, by their names."""
        return [each for each in self.shelf.articles.values() if each.is_in_use]


def overdue(ground: Ground) -> Iterator[Problem]:
    """To be looked at again, and it was not."""
    for article in ground.articles:
        if article.is_overdue(ground.today):
            days = (ground.today - (article.review_by or ground.today)).days
            told = msgn("its review was due {count} day ago", "its review was due {count} days ago", days)
            is_read = article.state == "verified"
            severity = Severity.ERROR if is_read else Severity.WARNING
            hint = msg("tkt kb verify {slug}", slug=article.slug)
            yield _problem(
                OVERDUE, article, told, article.lines.get("review_by"), hint=hint, severity=severity
            )


def dead_links(ground: Ground) -> Iterator[Problem]:
    """Links of the desk that lead nowhere; where others' links lead nobody asks."""
    for article in ground.articles:
        for found in relations(article, ground.shelf):
            yield Problem(
                code=DEAD_LINK, message=found.message, path=found.path, line=found.line, hint=found.hint,
                severity=found.severity,
            )  # fmt: skip
        for link in links_in(article.body):
            if not link.is_external and (told := _why_dead(article, link, ground)) is not None:
                yield _problem(DEAD_LINK, article, told, article.first_line + link.line - 1)


def unused(ground: Ground) -> Iterator[Problem]:
    """Verified long ago, and no reply cited it for long, and nobody found it helpful; of unknown age it is spared."""
    since = ground.today - ground.limits.unused_after
    for article in ground.articles:
        latest = _last_use(article, ground)
        known_since = latest or (article.verified.at if article.verified else None)
        if article.state != "verified" or known_since is None or known_since >= since:
            continue
        told = (
            msgn(
                "no reply cited it for {count} day",
                "no reply cited it for {count} days",
                ground.limits.unused_after // timedelta(days=1),
            )
            if latest is None
            else msg("no reply cited it since {day}", day=latest.isoformat())
        )
        hint = msg('tkt kb retire {slug} --why "…"', slug=article.slug)
        yield _problem(UNUSED, article, told, None, hint=hint, severity=Severity.WARNING)


def _last_use(article: Article, ground: Ground) -> date | None:
    used, praised = ground.uses.get(article.slug), ground.praised.get(article.slug)
    days = [day for day in (used.latest if used else None, praised) if day is not None]
    return max(days, default=None)


def leaks(ground: Ground) -> Iterator[Problem]:
    """What customers may not read, in articles that are public or to become so."""
    for article in ground.articles:
        if article.visibility == "public":
            for line, told in leaks_in(article, ground.shelf, ground.names):
                yield _problem(LEAK, article, told, line)


def untranslated(ground: Ground) -> Iterator[Problem]:
    """Where a desk writes in two languages: what customers read in one alone, and what was changed in one alone."""
    pairs = {each.translation_of: each for each in ground.articles if each.translation_of is not None}
    if not pairs:
        return
    for article in ground.articles:
        if not article.is_shown or article.translation_of is not None:
            continue
        other = pairs.get(article.slug)
        if other is None or not other.is_shown:
            told = msg("customers read it in one language only") if other is None else msg(
                "its translation {slug} is {state}, and {visibility}", slug=other.slug, state=msg(other.state),
                visibility=msg(other.visibility),
            )  # fmt: skip
            yield _problem(UNTRANSLATED, article, told, None, severity=Severity.WARNING)
        elif article.verified and other.verified and article.verified.at > other.verified.at:
            told = msg("{slug} was looked at later than this translation of it", slug=article.slug)
            yield _problem(UNTRANSLATED, other, told, None, severity=Severity.WARNING)


CHECKS: Mapping[str, Callable[[Ground], Iterator[Problem]]] = MappingProxyType(
    {LEAK: leaks, DEAD_LINK: dead_links, OVERDUE: overdue, UNUSED: unused, UNTRANSLATED: untranslated}
)
"""Code → check, the gravest first."""


def all_findings(ground: Ground) -> tuple[Problem, ...]:
    """What every check finds, in the order of the table."""
    return tuple(problem for check in CHECKS.values() for problem in check(ground))


def external_links(articles: Collection[Article]) -> tuple[tuple[Article, Link], ...]:
    """The links that lead out of the desk, which nobody follows here."""
    return tuple(
        (article, link)
        for article in articles
        if article.is_in_use
        for link in links_in(article.body)
        if link.is_external
    )


def _why_dead(article: Article, link: Link, ground: Ground) -> Message | None:
    """Why a link of the desk leads nowhere; None where it leads somewhere."""
    if not link.path:
        return _why_no_heading(article, link, ground) if link.fragment else msg("a link without an address")
    path = resolved(link.path, article.path.rpartition("/")[0])
    if path is None:
        return msg("{address} leads out of the desk", address=link.address)
    slug = names_article(link.path)
    target = ground.shelf.articles.get(slug) if slug else None
    if target is not None and (link.path.endswith((".md", ".html")) or path.startswith(f"{FOLDER}/")):
        if not target.is_in_use:
            return msg("{address} leads to a retired article", address=link.address)
        return _why_no_heading(target, link, ground)
    if link.path.endswith(".md") and path.startswith(f"{FOLDER}/"):
        return msg("no article {slug}", slug=slug or link.path)
    return None if ground.has_file(path) else msg("no file {path}", path=path)


def _why_no_heading(target: Article, link: Link, ground: Ground) -> Message | None:
    if not link.fragment:
        return None
    anchors = ground.anchors(target)
    if link.fragment in anchors or ground.anchor_of(link.fragment) in anchors:
        return None
    return msg("{slug} has no heading {fragment}", slug=target.slug, fragment=link.fragment)


def _problem(
    code: str,
    article: Article,
    message: Message,
    line: int | None,
    *,
    hint: Message | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(code=code, message=message, path=article.path, line=line, hint=hint, severity=severity)

"""How do articles look in a list, and one of them on a page?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tkt.i18n import N_, _, msg, msgn, render
from tkt.knowledge.article import Article
from tkt.knowledge.checks import Use
from tkt.knowledge.feedback import NO_VOTES, Tally
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, print_table
from tkt.render.text import clean, hanging, one_line
from tkt.render.values import enumerated
from tkt.schema import Configuration

STATES = {"draft": N_("draft"), "verified": N_("verified"), "retired": N_("retired")}
VISIBILITIES = {"internal": N_("internal"), "public": N_("public")}
KINDS = {
    "answer": N_("Answer"),
    "guide": N_("Guide"),
    "practice": N_("Good practice"),
    "case": N_("Case"),
}
"""What a kind of article is called, on a terminal and in the help centre."""
LANGUAGES = {"en": N_("English"), "zh": N_("Chinese")}
_STYLES = {"draft": "yellow", "retired": "dim"}


def print_articles(
    articles: Sequence[Article],
    uses: Mapping[str, Use],
    votes: Mapping[str, Tally],
    *,
    config: Configuration,
    today: date,
    screen: Screen,
) -> None:
    """One line an article."""
    heads = [
        Head(_("article")),
        Head(_("title"), flexible=True),
        Head(_("state")),
        Head(_("for whom"), optional=1),
        Head(_("owner"), optional=3),
        Head(_("review by"), optional=2),
        Head(_("cited"), right=True),
        Head(_("helpful"), right=True, optional=4),
    ]
    rows = [
        _row(each, uses.get(each.slug), votes.get(each.slug, NO_VOTES), config, today) for each in articles
    ]
    print_table(screen, heads, rows)


def _row(article: Article, use: Use | None, votes: Tally, config: Configuration, today: date) -> list[Cell]:
    is_overdue = article.is_overdue(today)
    review = f"{article.review_by or ''}{' !' if is_overdue else ''}"
    return [
        Cell(article.slug, "bold"),
        Cell(article.title),
        Cell(_(STATES[article.state]), _STYLES.get(article.state, "")),
        Cell(_(VISIBILITIES[article.visibility])),
        Cell(words.person_name(config, article.owner) if article.owner else ""),
        Cell(review, "red" if is_overdue else ""),
        Cell(str(use.count) if use else "0"),
        Cell(f"{votes.helpful}/{votes.total}" if votes.total else ""),
    ]


def article_page(
    article: Article, use: Use | None, votes: Tally, *, config: Configuration, today: date, columns: int
) -> Iterator[str]:
    """An article: what it is, then its text as it is written."""
    yield one_line(article.title)
    for line in _facts(article, use, votes, config, today):
        yield from hanging(line, columns)
    yield ""
    yield from clean(article.body).strip("\n").split("\n")


def _facts(
    article: Article, use: Use | None, votes: Tally, config: Configuration, today: date
) -> Iterator[str]:
    kind, state, who = _(KINDS[article.kind]), _(STATES[article.state]), _(VISIBILITIES[article.visibility])
    yield f"{one_line(article.path)}  {kind} · {state} · {who} · {_(LANGUAGES[article.language])}"
    if article.retired is not None:
        told = msg("retired on {day} by {person}: {why}", day=article.retired.at.isoformat(),
                   person=words.person_name(config, article.retired.by), why=one_line(article.retired.why))  # fmt: skip
        yield render(told)
        if article.retired.instead:
            yield render(msg("read instead: {slug}", slug=article.retired.instead))
    if article.owner:
        yield render(msg("owner: {person}", person=words.person_name(config, article.owner)))
    yield from _review(article, config, today)
    for label, found in (
        (N_("applies to: {names}"), article.applies_to),
        (N_("tags: {names}"), article.tags),
        (N_("made of: {names}"), article.sources),
        (N_("related: {names}"), article.related),
    ):
        if found:
            yield render(msg(label, names=enumerated(map(one_line, found))))
    if article.translation_of:
        yield render(msg("translation of: {slug}", slug=one_line(article.translation_of)))
    if use is not None:
        yield render(
            msgn(
                "cited in {count} reply, on {day}",
                "cited in {count} replies, last on {day}",
                use.count,
                day=use.latest.isoformat(),
            )
        )
    if votes.total:
        yield render(msg("helpful to {helpful} of {total}", helpful=votes.helpful, total=votes.total))


def _review(article: Article, config: Configuration, today: date) -> Iterator[str]:
    if article.verified is not None:
        person = words.person_name(config, article.verified.by)
        yield render(msg("verified on {day} by {person}", day=article.verified.at.isoformat(), person=person))
    if article.review_by is not None and article.is_in_use:
        day = article.review_by.isoformat()
        late = msg("review by: {day}, which is past", day=day)
        yield render(late if article.is_overdue(today) else msg("review by: {day}", day=day))

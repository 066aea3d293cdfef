"""`tkt kb verify`, `tkt kb retire`: is an article right, or out of use?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from tkt.changes import Written
from tkt.commands.articles import (
    SlugArgument,
    article_json,
    article_named,
    day_given,
    rewritten,
    shelf_of,
    today_of,
    with_writing,
)
from tkt.commands.committing import sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.signature import AsOption, NoCommitOption, reads
from tkt.errors import EXIT_NO, DataError, Problem, Refused, UsageError
from tkt.i18n import N_, Message, msg
from tkt.knowledge.article import Article
from tkt.knowledge.drafting import OPEN, is_open, known_names
from tkt.knowledge.judging import Shelf
from tkt.knowledge.leaks import leaks_in
from tkt.knowledge.limits import limits_in
from tkt.knowledge.personal import CUSTOMER
from tkt.model import Value
from tkt.store.knowledge import article_at

ReviewOption = Annotated[
    str,
    typer.Option(
        "--review-by",
        metavar="DATE",
        help=N_("When it is looked at again; else after the time of config/reports.yaml."),
        show_default=False,
    ),
]
PublicOption = Annotated[bool, typer.Option("--public", help=N_("From now on for customers too."))]
InsteadOption = Annotated[
    str,
    typer.Option(
        "--instead", metavar="SLUG", help=N_("The article to read in its place."), show_default=False
    ),
]
WhyOption = Annotated[
    str, typer.Option("--why", metavar="TEXT", help=N_("Why; is recorded, and told to who cites it."))
]


class NotFit(DataError):
    """What stands in an article keeps it from being verified. Nothing was changed."""

    code = "article"
    exit_code = EXIT_NO


@reads
def verify(
    session: Session,
    slug: SlugArgument,
    review_by: ReviewOption = "",
    public: PublicOption = False,
    no_commit: NoCommitOption = False,
    by: AsOption = "",
) -> int:
    """Say that an article was looked at and is right; a public one can be read by customers from now on."""
    with_writing(session, no_commit=no_commit, by=by)
    articles, code = shelf_of(session)
    article = article_named(session, slug, articles)
    today = today_of(session)
    again = (
        day_given(review_by, "--review-by")
        or today + limits_in(session.desk.config.reports.thresholds).review_after
    )
    if again <= today:
        raise UsageError(
            msg("{option} {day} is not in the future", option="--review-by", day=again.isoformat())
        )
    changes = _verified(session, article, today, again, public=public)
    _refuse_unfit(
        session, article, articles, is_public=changes.get("visibility", article.visibility) == "public"
    )
    done = rewritten(session, article, changes, f"kb: verify {article.slug}")
    told = msg("{slug} is verified, to be looked at again by {day}", slug=article.slug, day=again.isoformat())
    _tell(session, article, done, told)
    return code


@reads
def retire(
    session: Session,
    slug: SlugArgument,
    why: WhyOption,
    instead: InsteadOption = "",
    no_commit: NoCommitOption = False,
    by: AsOption = "",
) -> int:
    """Take an article out of use; it stays readable, and says which one to read in its place."""
    with_writing(session, no_commit=no_commit, by=by)
    articles, code = shelf_of(session)
    article = article_named(session, slug, articles)
    if not article.is_in_use:
        raise Refused(
            msg("{slug} is retired already", slug=article.slug),
            hint=msg("tkt kb show {slug}", slug=article.slug),
        )
    if not why.strip():
        raise UsageError(msg("say why it is out of use"), hint=msg('--why "…"'))
    other = _instead(session, article, instead, articles)
    retired = {"at": today_of(session).isoformat(), "by": session.me, "why": " ".join(why.split())}
    changes: dict[str, Value] = {
        "state": "retired",
        "retired": retired if other is None else {**retired, "instead": other.slug},
    }
    done = rewritten(session, article, changes, f"kb: retire {article.slug}")
    _note_pointing(session, article, articles)
    told = (
        msg("{slug} is retired", slug=article.slug)
        if other is None
        else msg("{slug} is retired; instead: {other}", slug=article.slug, other=other.slug)
    )
    _tell(session, article, done, told)
    return code


def _verified(
    session: Session, article: Article, today: date, again: date, *, public: bool
) -> dict[str, Value]:
    found: dict[str, Value] = {
        "state": "verified",
        "review_by": again.isoformat(),
        "verified": {"at": today.isoformat(), "by": session.me},
        "retired": None,
    }
    if public:
        found["visibility"] = "public"
    if article.owner is None:
        found["owner"] = session.me
    return found


def _refuse_unfit(
    session: Session, article: Article, articles: Mapping[str, Article], *, is_public: bool
) -> None:
    """Errors: NotFit with everything that a reader, or a customer, must not find in it."""
    problems = []
    if is_open(article.body):
        told = msg("{sign} stands where words are to be written", sign=OPEN)
        problems += [
            Problem(code="open", message=told, path=article.path, line=line) for line in _open_lines(article)
        ]
    if is_public:
        shelf = Shelf(articles=articles, config=session.desk.config, has_ticket=lambda _: True)
        names = customers_named(session)
        problems += [
            Problem(code="leak", message=told, path=article.path, line=line)
            for line, told in leaks_in(article, shelf, names)
        ]
    if problems:
        raise NotFit(sorted(problems, key=lambda each: each.line or 0))


def customers_named(session: Session) -> dict[str, str]:
    """The names by which customers are known, and of their contacts."""
    config = session.desk.config
    of_desk = known_names(None, config, ())
    found = known_names(None, config, session.desk.customers())
    return {name: mark for name, mark in found.items() if name not in of_desk or mark == CUSTOMER}


def _open_lines(article: Article) -> list[int]:
    lines = enumerate(article.body.splitlines(), article.first_line)
    return [place for place, line in lines if line.strip() == OPEN]


def _instead(
    session: Session, article: Article, slug: str, articles: Mapping[str, Article]
) -> Article | None:
    if not slug.strip():
        return None
    other = article_named(session, slug, articles)
    if other.slug == article.slug or not other.is_in_use:
        raise UsageError(
            msg("{slug} cannot be read in its place: name an article that is in use", slug=other.slug),
            hint=msg("tkt kb list"),
        )
    return other


def _note_pointing(session: Session, article: Article, articles: Mapping[str, Article]) -> None:
    pointing = tuple(
        each.slug
        for each in articles.values()
        if each.is_in_use and each.slug != article.slug and article.slug in each.related
    )
    if pointing:
        session.note(msg("named as related by: {slugs}", slugs=pointing))


def _tell(session: Session, before: Article, done: Written, told: Message) -> None:
    after = article_at(session.desk.root, before.path)
    if session.json:
        found: dict[str, Any] = article_json(after, today_of(session))
        session.answer({**found, "written": written_json(session, done)})
        return
    session.note(*done.notes)
    session.say(told)
    if after.visibility == "public" and after.state == "verified" and not before.is_shown:
        session.say(msg("customers can read it once the help centre is built: tkt kb build"))
    sync_after(session, done.commit)

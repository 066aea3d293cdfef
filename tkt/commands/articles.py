"""What do the commands of the knowledge base share: which article is meant, and how is one written?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from tkt.changes import FileEdit, Written
from tkt.commands.committing import changes_of
from tkt.commands.common import Session
from tkt.errors import DataError, NotFound, Problem, UsageError, did_you_mean
from tkt.i18n import N_, msg
from tkt.knowledge.article import LARGEST, Article, by_slug
from tkt.model import Value
from tkt.render.times import local
from tkt.store.codec.articles import with_keys
from tkt.store.files import read_file
from tkt.store.knowledge import read_articles

VERB = "kb"
SlugArgument = Annotated[
    str, typer.Argument(metavar="SLUG", help=N_("An article: the name of its file without .md."))
]


def shelf_of(session: Session) -> tuple[dict[str, Article], int]:
    """The desk's articles by their names, and the exit code that unreadable ones call for."""
    articles, problems = read_articles(session.desk.root)
    return by_slug(articles), session.report(problems)


def article_named(session: Session, slug: str, articles: Mapping[str, Article] | None = None) -> Article:
    """The article of that name, or at that path. Errors: NotFound; DataError where its file cannot be read."""
    found, problems = (articles, ()) if articles is not None else _read(session)
    name = slug.strip().rpartition("/")[2].removesuffix(".md")
    if name in found:
        return found[name]
    broken = [each for each in problems if (each.path or "").rpartition("/")[2] == f"{name}.md"]
    if broken:
        raise DataError(broken)
    raise NotFound(msg("no article {slug}", slug=name), hint=did_you_mean(name, found) or msg("tkt kb list"))


def today_of(session: Session) -> date:
    """The day that it is on the desk."""
    return local(session.now, session.desk.zone).date()


def day_given(text: str, option: str) -> date | None:
    """The day of an option; None for an empty one. Errors: UsageError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            msg("{option} {text}: expected a day like 2026-11-21", option=option, text=text)
        ) from None


def with_writing(session: Session, *, no_commit: bool, by: str) -> None:
    """Have this session write as these options of it say."""
    session.common = replace(session.common, no_commit=no_commit, by=by)


def written(session: Session, edits: list[FileEdit], what: str) -> Written:
    """These files with one commit."""
    return changes_of(session).write_planned(edits, pairs=(), what=what, verb=VERB)


def rewritten(session: Session, article: Article, changes: Mapping[str, Value], what: str) -> Written:
    """The article with these keys. Errors: WriteError, Conflict."""
    root = session.desk.root
    data = read_file(root / article.path, root=root, limit=LARGEST)
    edit = FileEdit(path=article.path, data=with_keys(data, changes, path=article.path), original=data)
    return written(session, [edit], what)


def article_json(article: Article, today: date) -> dict[str, Any]:
    """An article for a program, without its text; keys in docs/json.md."""
    return {
        "slug": article.slug,
        "path": article.path,
        "title": article.title,
        "kind": article.kind,
        "visibility": article.visibility,
        "state": article.state,
        "shown": article.is_shown,
        "owner": article.owner,
        "review_by": day_text(article.review_by),
        "overdue": article.is_overdue(today),
        "applies_to": list(article.applies_to),
        "language": article.language,
        "translation_of": article.translation_of,
        "tags": list(article.tags),
        "sources": list(article.sources),
        "related": list(article.related),
        "verified": {"at": day_text(article.verified.at), "by": article.verified.by}
        if article.verified
        else None,
        "retired": {
            "at": day_text(article.retired.at),
            "by": article.retired.by,
            "why": article.retired.why,
            "instead": article.retired.instead,
        }
        if article.retired
        else None,
    }


def day_text(day: date | None) -> str | None:
    """A day for a program."""
    return None if day is None else day.isoformat()


def _read(session: Session) -> tuple[Mapping[str, Article], tuple[Problem, ...]]:
    articles, problems = read_articles(session.desk.root)
    return by_slug(articles), problems

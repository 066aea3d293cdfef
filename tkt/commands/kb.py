"""`tkt kb list`, `kb show`, `kb search`: which articles are there, and what do they say?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from tkt.commands.articles import SlugArgument, article_json, article_named, day_text, today_of
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.options import LimitOption, QueryArgument
from tkt.commands.searching import Where
from tkt.commands.searching import search as search_everywhere
from tkt.commands.signature import paged, reads
from tkt.errors import UsageError
from tkt.i18n import N_, msg, msgn
from tkt.knowledge.article import Article
from tkt.knowledge.feedback import NO_VOTES, tally
from tkt.searching.learnt import learnt
from tkt.searching.pages import articles as articles_with
from tkt.store.feedback import read_feedback
from tkt.store.knowledge import read_articles

FEWEST = 2
"""Words of which some may be found without the others."""


class State(StrEnum):
    """How far an article is."""

    DRAFT = "draft"
    VERIFIED = "verified"
    RETIRED = "retired"


class Visibility(StrEnum):
    """Who may read it."""

    INTERNAL = "internal"
    PUBLIC = "public"


StateOption = Annotated[
    State | None,
    typer.Option("--state", help=N_("Only these; else all but the retired."), show_default=False),
]
VisibilityOption = Annotated[
    Visibility | None, typer.Option("--visibility", help=N_("Only these."), show_default=False)
]
OwnerOption = Annotated[
    str,
    typer.Option("--owner", metavar="me|PERSON", help=N_("Only those of this person."), show_default=False),
]
WordsOption = Annotated[
    str,
    typer.Option(
        "--query", metavar="WORDS", help=N_("Only those that hold these words."), show_default=False
    ),
]


@paged
@reads
def list_articles(
    session: Session,
    state: StateOption = None,
    visibility: VisibilityOption = None,
    owner: OwnerOption = "",
    query: WordsOption = "",
) -> int:
    """List articles with state, visibility, owner and use; `!` marks a review that is overdue."""
    every, problems = read_articles(session.desk.root)
    person = session.me if owner == "me" else session.desk.person_named(owner) if owner else None
    shown = [it for it in every if _is_wanted(it, state, visibility, person)]
    if query.strip():
        paths = {page.path for page in articles_with(session.desk.root, session.query(query))}
        shown = [it for it in shown if it.path in paths]
    known, feedback = learnt(session.desk, session.now), read_feedback(session.desk.root)
    votes = tally(feedback.votes)
    code = session.report((*problems, *known.problems, *feedback.problems))
    today = today_of(session)
    if session.json:
        session.answer([{**article_json(it, today), **_use_json(it, known.uses, votes)} for it in shown])
        return code
    if shown:
        from tkt.render.articles_page import print_articles

        print_articles(
            shown, known.uses, votes, config=session.told_config, today=today, screen=session.screen
        )
    else:
        session.note(msg("no articles") if every else msg("no articles yet: tkt kb new --from ID drafts one"))
    overdue = sum(it.is_overdue(today) for it in shown)
    if overdue:
        session.note(msgn("{count} review is overdue", "{count} reviews are overdue", overdue))
    return code


@paged
@reads
def show(session: Session, slug: SlugArgument) -> int:
    """Show one article, with what is known of its use."""
    article = article_named(session, slug)
    known, feedback = learnt(session.desk, session.now), read_feedback(session.desk.root)
    code = session.report((*known.problems, *feedback.problems))
    votes, today = tally(feedback.votes), today_of(session)
    if session.json:
        comments = [
            {"on": day_text(it.on), "helpful": it.helpful, "comment": it.comment}
            for it in feedback.votes
            if it.slug == article.slug and it.comment
        ]
        found = {**article_json(article, today), **_use_json(article, known.uses, votes)}
        session.answer({**found, "comments": comments, "text": article.body})
        return code
    from tkt.render.articles_page import article_page

    screen = session.screen
    page = article_page(
        article,
        known.uses.get(article.slug),
        votes.get(article.slug, NO_VOTES),
        config=session.told_config,
        today=today,
        columns=screen.columns,
    )
    screen.print(screen.styled(next(page), "bold"))
    screen.print_each(page)
    return code


@paged
@reads
def search(session: Session, query: QueryArgument = None, limit: LimitOption = -1) -> int:
    """Find articles by words, the best first."""
    text = asked(session, list(query or ()))
    if not text.strip():
        raise UsageError(msg("which words?"), hint=msg("tkt kb search 发票"))
    return (
        search_everywhere(session, query=[_findable(session, text)], limit=limit, in_=[Where.KNOWLEDGE]) or 0
    )


def _findable(session: Session, text: str) -> str:
    """The words as they were asked for; those of which any will do, where no article holds all and some hold one."""
    root, wished = session.desk.root, session.query(text)
    words = wished.wished
    if len(words) < FEWEST or wished.fields != {"text"} or articles_with(root, wished):
        return text
    either = " OR ".join(f'"{word}"' for word in words if '"' not in word)
    if not either or not articles_with(root, session.query(either)):
        session.note(msg("all words must stand in an article; none holds even one of these"))
        return text
    session.note(msg("no article holds all of these words; these hold some"))
    return either


def _is_wanted(
    article: Article, state: State | None, visibility: Visibility | None, person: str | None
) -> bool:
    if person is not None and article.owner != person:
        return False
    if visibility is not None and article.visibility != visibility.value:
        return False
    return article.is_in_use if state is None else article.state == state.value


def _use_json(article: Article, uses: Any, votes: Any) -> dict[str, Any]:
    use, tallied = uses.get(article.slug), votes.get(article.slug, NO_VOTES)
    return {
        "cited": use.count if use else 0,
        "last_cited": day_text(use.latest) if use else None,
        "helpful": tallied.helpful,
        "unhelpful": tallied.unhelpful,
    }

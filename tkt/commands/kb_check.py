"""`tkt kb check`: what is overdue, dead, leaking, unused or not written yet?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from os.path import lexists
from typing import Annotated, Any

import typer

from tkt.commands.articles import today_of
from tkt.commands.common import Session
from tkt.commands.kb_changing import customers_named
from tkt.commands.signature import reads
from tkt.errors import EXIT_ERROR, EXIT_NO, Problem, Severity
from tkt.i18n import N_, msg, msgn, render
from tkt.knowledge.article import Article, by_slug
from tkt.knowledge.checks import Ground, all_findings, external_links
from tkt.knowledge.judging import Shelf
from tkt.knowledge.limits import limits_in
from tkt.knowledge.unwritten import Unwritten, unwritten
from tkt.render import words
from tkt.render.errors import print_problems, problem_json
from tkt.render.markup import marked_up
from tkt.render.markup_links import anchor_of
from tkt.render.text import one_line
from tkt.searching.learnt import Learnt, learnt
from tkt.store.feedback import Feedback, read_feedback
from tkt.store.knowledge import read_articles

ExternalOption = Annotated[
    bool,
    typer.Option("--external", help=N_("Also list the links that lead out of the desk; none is followed.")),
]
SHOWN_IDS = 3


@reads
def check(session: Session, external: ExternalOption = False) -> int:
    """Name leaks, dead links, overdue reviews, articles without use, and what is not written yet.

    Exit code 1: something must be put right; 2: an article cannot be read.
    """
    desk = session.desk
    articles, unreadable = read_articles(desk.root)
    history, feedback = learnt(desk, session.now), read_feedback(desk.root)
    ground = ground_of(session, articles, history, feedback)
    found = (*unreadable, *feedback.problems, *history.problems, *all_findings(ground))
    wanted = unwritten(history.solved, articles, ground.limits, session.now)
    links = [(it.path, it.first_line + link.line - 1, link.address) for it, link in external_links(articles)]
    errors = [each for each in found if each.severity is Severity.ERROR]
    if session.json:
        answer = {
            "checked": len(articles),
            "errors": len(errors),
            "warnings": len(found) - len(errors),
            "problems": [problem_json(each) for each in found],
            "unwritten": [unwritten_json(each) for each in wanted],
        }
        if external:
            answer["external"] = [{"path": path, "line": line, "address": it} for path, line, it in links]
        session.answer(answer)
    else:
        _print(session, articles, found, wanted, links if external else [])
    is_broken = any(each in errors for each in (*unreadable, *feedback.problems, *history.problems))
    return EXIT_ERROR if is_broken else EXIT_NO if errors else 0


def ground_of(session: Session, articles: Sequence[Article], history: Learnt, feedback: Feedback) -> Ground:
    """What the checks look at."""
    desk = session.desk
    config = desk.config

    @cache
    def anchors(slug: str) -> Collection[str]:
        return {it.anchor for it in marked_up(shelf.articles[slug].body).headings}

    shelf = Shelf(articles=by_slug(articles), config=config, has_ticket=lambda it: bool(desk.tree.named(it)))
    praised: dict[str, date] = {}
    for vote in feedback.votes:
        if vote.helpful:
            praised[vote.slug] = max(vote.on, praised.get(vote.slug, vote.on))
    return Ground(
        shelf=shelf,
        today=today_of(session),
        limits=limits_in(config.reports.thresholds),
        uses=history.uses,
        praised=praised,
        names=customers_named(session),
        anchors=lambda article: anchors(article.slug),
        anchor_of=anchor_of,
        has_file=lambda path: lexists(desk.root / path),
    )


def unwritten_json(each: Unwritten) -> dict[str, Any]:
    """What is to be written, for a program."""
    return {
        "product": each.product,
        "type": each.type,
        "category": each.category,
        "count": each.count,
        "ids": list(each.ids),
    }


def _print(
    session: Session,
    articles: Sequence[Article],
    found: Sequence[Problem],
    wanted: Sequence[Unwritten],
    links: Sequence[tuple[str, int, str]],
) -> None:
    print_problems(found)
    if wanted:
        session.say(msg("solved often, and written nowhere:"))
    for each in wanted:
        ids = " ".join(each.ids[:SHOWN_IDS]) + " …" * (each.count > SHOWN_IDS)
        session.say(msg("  {about}: {ids}", about=_about(session, each), ids=ids))
        session.say(f"    tkt kb new --from {each.ids[0]}")
    if links:
        session.say(msg("links that lead out of the desk:"))
        for path, line, address in links:
            session.say(f"  {one_line(path)}:{line}: {one_line(address)}")
    errors = sum(each.severity is Severity.ERROR for each in found)
    session.say(
        msg(
            "{checked}: {errors}, {warnings}, {wanted}",
            checked=msgn("{count} article", "{count} articles", len(articles)),
            errors=msgn("{count} error", "{count} errors", errors),
            warnings=msgn("{count} warning", "{count} warnings", len(found) - errors),
            wanted=msgn("{count} to write", "{count} to write", len(wanted)),
        )
    )


def _about(session: Session, each: Unwritten) -> str:
    config = session.told_config
    product = words.product_word(config, each.product) if each.product else ""
    category = words.category_name(config, each.type, each.category)
    about = " · ".join(part for part in (product, category) if part)
    return render(msg("{what}, {count} times", what=one_line(about), count=each.count))

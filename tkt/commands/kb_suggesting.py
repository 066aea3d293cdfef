"""`tkt kb suggest`: which articles may answer a ticket? And the line that says so beside other commands."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tkt.commands.common import Session
from tkt.commands.naming import named, remember
from tkt.commands.options import TicketArgument
from tkt.commands.signature import reads
from tkt.i18n import N_, msg, render
from tkt.knowledge.feedback import tally
from tkt.model import Ticket
from tkt.render.text import clean, cut, hanging, one_line
from tkt.render.values import enumerated
from tkt.searching.learnt import learnt
from tkt.searching.suggesting import Known, Suggestion, suggestions
from tkt.store.feedback import read_feedback

TOLD = 2
"""Beside other commands."""
SURELY = 0.6
"""The score from which on an article is named there: who did not ask is not to be bothered."""

CountOption = Annotated[int, typer.Option("--limit", "-n", metavar="N", help=N_("At most N."), min=1)]


@reads
def suggest(session: Session, ticket: TicketArgument, limit: CountOption = 5) -> int:
    """Name the articles that may answer a ticket, the best first, and why."""
    found = session.desk.ticket(named(session, ticket, is_told=False))
    remember(session, found.id)
    history, feedback = learnt(session.desk, session.now), read_feedback(session.desk.root)
    code = session.report((*history.problems, *feedback.problems))
    known = Known(uses=history.uses, votes=tally(feedback.votes))
    fit = suggestions(session.desk, found, limit, known)
    if session.json:
        session.answer({"id": found.id, "suggested": [_json(each) for each in fit]})
        return code
    for each in fit:
        _print(session, each)
    if not fit:
        session.note(msg("no article fits: tkt kb new --from {ticket} drafts one", ticket=found.id))
    return code


def tell_suggestions(session: Session, ticket: Ticket) -> None:
    """A quiet line where articles may help; what they were used for is not asked, so that it costs little."""
    if session.json or session.common.quiet:
        return
    for each in suggestions(session.desk, ticket, TOLD):
        if each.score < SURELY:
            break
        session.note(
            msg(
                "may help: {slug}  {title}  ({why})",
                slug=each.article.slug,
                title=cut(one_line(each.article.title), 60),
                why=_why(each),
            )
        )


def _print(session: Session, each: Suggestion) -> None:
    screen, article = session.screen, each.article
    state = "" if article.state == "verified" else render(msg(" (draft)"))
    screen.print(f"{screen.styled(article.slug, 'bold')}  {one_line(article.title)}{state}")
    for line in hanging(f"    {clean(_why(each))}", screen.columns):
        screen.print(line)


def _why(each: Suggestion) -> str:
    return enumerated(one_line(render(it)) for it in each.why)


def _json(each: Suggestion) -> dict[str, Any]:
    article = each.article
    return {
        "slug": article.slug,
        "title": article.title,
        "path": article.path,
        "state": article.state,
        "visibility": article.visibility,
        "score": each.score,
        "why": [render(it) for it in each.why],
    }

"""How are tickets about the same told of: by `tkt show --similar`, and when a new one is recorded?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tkt.commands.common import Session
from tkt.i18n import msg, render
from tkt.model import Ticket
from tkt.render.text import clean, cut, hanging, one_line
from tkt.render.times import ago
from tkt.render.words import status_name
from tkt.searching.similar import has_words, similar_tickets

SHOWN = 5
TOLD = 2
"""Of solved ones, when a ticket is recorded."""


def print_similar(session: Session, ticket: Ticket) -> None:
    """Each with how alike it is, and below it how it was solved."""
    screen = session.screen
    if not has_words(session.desk):
        session.note(msg("similar tickets are known once a search has made the text index: tkt search WORD"))
        return
    found = similar_tickets(session.desk, ticket, SHOWN)
    heading = msg("similar tickets:") if found else msg("no similar tickets")
    screen.print("")
    screen.print(screen.styled(render(heading), "bold"))
    for each in found:
        line = msg(
            "{id}  {status}  {ago}  {title}  ({percent} % alike)",
            id=each.ticket.id,
            status=status_name(session.told_config, each.ticket.status),
            ago=ago(each.ticket.received_at, session.now),
            title=one_line(each.ticket.title),
            percent=round(100 * each.likeness),
        )
        for told in hanging(clean(render(line)), screen.columns):
            screen.print(told)
        if each.solution is not None:
            text = render(msg("solution: {text}", text=one_line(each.solution)))
            for told in hanging(text, screen.columns, "    "):
                screen.print(told)


def similar_json(session: Session, ticket: Ticket) -> list[dict[str, Any]]:
    """The same for programs; keys in docs/json.md."""
    return [
        {
            "id": each.ticket.id,
            "status": each.ticket.status,
            "title": each.ticket.title,
            "likeness": round(each.likeness, 2),
            "solution": each.solution,
        }
        for each in similar_tickets(session.desk, ticket, SHOWN)
    ]


def tell_solved(session: Session, ticket: Ticket, known: Collection[str]) -> None:
    """A line for each solved ticket about the same that was not told of already; none where no full text stands."""
    found = similar_tickets(session.desk, ticket, TOLD + len(known))
    solved = [each for each in found if each.solution is not None and each.ticket.id not in known]
    for each in solved[:TOLD]:
        session.say(
            msg(
                "similar, solved: {id}  {title}: {text}",
                id=each.ticket.id,
                title=one_line(each.ticket.title),
                text=cut(one_line(each.solution or ""), 80),
            )
        )

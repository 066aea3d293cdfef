"""`tkt show`: what is this ticket, what is due, what happened?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tkt.clock import instant_text
from tkt.commands.beside import suggest_beside
from tkt.commands.choosing import parts_of
from tkt.commands.common import Session
from tkt.commands.naming import named, remember
from tkt.commands.signature import paged, reads
from tkt.commands.views import page_of, ticket_json
from tkt.errors import UsageError
from tkt.i18n import N_, msg
from tkt.model import Ticket

if TYPE_CHECKING:
    from tkt.actions.standpoint import Standpoint
    from tkt.render.ticket_page import TicketPage

ShownArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help=N_("Tickets: unique parts of their ids of two characters or more; @ is the one named last."),
    ),
]
BriefOption = Annotated[
    bool, typer.Option("--brief", help=N_("On one screen: problem, tried, decided, next."))
]
ForWhomOption = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="me|PERSON",
        help=N_("What is new to them, asked of them and due, and what to type now."),
        show_default=False,
    ),
]

SimilarOption = Annotated[
    bool, typer.Option("--similar", help=N_("Also other tickets about the same, the solved ones first."))
]


@paged
@reads
def show(
    session: Session,
    tickets: ShownArgument,
    brief: BriefOption = False,
    for_: ForWhomOption = "",
    similar: SimilarOption = False,
) -> int:
    """Show tickets as pages."""
    if brief and for_:
        raise UsageError(msg("--brief and --for: choose one of them"), hint=msg("tkt show ID --brief"))
    parts = parts_of(tickets)
    if not parts:
        raise UsageError(msg("which ticket?"), hint=msg("tkt list"))
    reader = _person(session, for_)
    found = [session.desk.ticket(named(session, part, is_told=session.json)) for part in parts]
    if session.json:
        told = [_as_json(session, ticket, reader) for ticket in found]
        if similar:
            from tkt.commands.similar import similar_json

            told = [
                {**each, "similar": similar_json(session, ticket)}
                for each, ticket in zip(told, found, strict=True)
            ]
        session.answer(told[0] if len(told) == 1 else {"tickets": told})
    else:
        for place, ticket in enumerate(found):
            if place:
                session.screen.print("")
            _print(session, _page_lines(session, ticket, reader, brief=brief))
            if similar:
                from tkt.commands.similar import print_similar

                print_similar(session, ticket)
        if len(found) == 1 and not brief:
            suggest_beside(session, found[0])
    remember(session, found[-1].id)
    return 0


def _person(session: Session, word: str) -> str:
    """Whom the page is for; empty for anybody."""
    if not word:
        return ""
    return session.me if word.casefold() in ("me", "我") else session.desk.person_named(word)


def _page_lines(session: Session, ticket: Ticket, reader: str, *, brief: bool) -> Iterable[str]:
    page, screen = page_of(session, ticket), session.screen
    if brief:
        from tkt.render.brief_page import brief_lines

        return brief_lines(page, screen)
    if reader:
        from tkt.actions.standpoint import standpoint_of
        from tkt.render.my_page import my_lines

        return my_lines(page, standpoint_of(ticket, reader), _commands(page, reader), screen)
    return page.lines(screen)


def _commands(page: TicketPage, reader: str) -> tuple[str, ...]:
    from tkt.actions.sensible import Outlook, sensible_commands

    return sensible_commands(
        Outlook(
            ticket=page.ticket,
            config=page.config,
            me=reader,
            needs=page.needs,
            missing=page.missing,
            now=page.now,
        )
    )


def _as_json(session: Session, ticket: Ticket, reader: str) -> dict[str, Any]:
    told = ticket_json(session.desk, ticket, session.now)
    if not reader:
        return told
    from tkt.actions.standpoint import standpoint_of

    page = page_of(session, ticket)
    return {**told, "for": _standpoint_json(standpoint_of(ticket, reader), _commands(page, reader))}


def _standpoint_json(mine: Standpoint, commands: Iterable[str]) -> dict[str, Any]:
    """Events by their ids, which stand in full in `events`."""
    return {
        "person": mine.me,
        "since": instant_text(mine.since) if mine.since is not None else None,
        "events": [event.id for event in mine.events],
        "unanswered": [event.id for event in mine.unanswered],
        "mentions": [event.id for event in mine.mentions],
        "tasks": [task.id for task in mine.tasks],
        "commands": list(commands),
    }


def _print(session: Session, lines: Iterable[str]) -> None:
    for line in lines:
        session.screen.print(line)

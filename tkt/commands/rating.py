"""`tkt rate`: how content was the customer?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tkt.actions import Actor
from tkt.actions.rating import STARS, scale_of
from tkt.actions.rating import rate as rated
from tkt.commands.common import Session
from tkt.commands.naming import note_about
from tkt.commands.options import TicketArgument
from tkt.commands.signature import writes
from tkt.commands.writing import changed, words_given
from tkt.i18n import N_, Message, msg
from tkt.kpis.ratings import Rating, low_limit, rating_of
from tkt.model import Ticket
from tkt.render import words
from tkt.schema import Configuration
from tkt.timerules.recipients import levels_of


class Solved(StrEnum):
    """Whether the customer says that it is solved."""

    YES = "yes"
    NO = "no"


ScoreArgument = Annotated[
    str, typer.Argument(metavar="SCORE", help=N_("1 to 5 stars (of --scale), or yes or no."))
]
ScaleOption = Annotated[
    str, typer.Option("--scale", metavar="N", help=N_("The best score; of 10 there is a 0 too."))
]
CommentOption = Annotated[
    str,
    typer.Option(
        "--comment",
        "-m",
        metavar="TEXT",
        help=N_("What they said to it; - reads it from standard input."),
        show_default=False,
    ),
]
SolvedOption = Annotated[
    Solved | None,
    typer.Option("--solved", help=N_("Whether they say that it is solved."), show_default=False),
]
SurveyOption = Annotated[
    str,
    typer.Option(
        "--survey",
        metavar="NAME",
        help=N_("To which survey; else the one that they were asked last."),
        show_default=False,
    ),
]
ChannelOption = Annotated[
    str,
    typer.Option(
        "--channel",
        metavar="CHANNEL",
        help=N_("Where they said it; tkt config show channels lists them."),
        show_default=False,
    ),
]
FromOption = Annotated[
    str,
    typer.Option(
        "--from", metavar="NAME", help=N_("Who said it, if not the ticket's contact."), show_default=False
    ),
]


@writes
def rate(
    session: Session,
    ticket: TicketArgument,
    score: ScoreArgument,
    scale: ScaleOption = str(STARS),
    comment: CommentOption = "",
    solved: SolvedOption = None,
    survey: SurveyOption = "",
    channel: ChannelOption = "",
    from_: FromOption = "",
) -> int:
    """Record what the customer answered; a second answer to the same survey counts instead of the first."""
    said = words_given(session, comment) if comment else ""

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        after = rated(
            found,
            actor,
            config,
            score=score,
            scale=scale_of(scale),
            comment=said,
            solved=None if solved is None else solved is Solved.YES,
            survey=survey or None,
            channel=channel or None,
            from_name=from_ or None,
        )
        note_about(session, found, *_low_told(after, config))
        return after

    return changed(session, ticket, action, verb="rate")


def _low_told(ticket: Ticket, config: Configuration) -> list[Message]:
    """That it is a low score, and whose it is to ask what went wrong."""
    answers = [it for event in ticket.effective if event.did == "rated" and (it := rating_of(event))]
    latest = max(answers, key=lambda it: it.at, default=None)
    if latest is None or not latest.is_low(low_limit(config)):
        return []
    return [_low(ticket, latest, config)]


def _low(ticket: Ticket, rating: Rating, config: Configuration) -> Message:
    lead = _lead_of(ticket, config)
    if lead is None:
        return msg("{score} is a low score: somebody should ask what went wrong", score=rating.label)
    return msg(
        '{score} is a low score, it goes to {lead}: tkt note {ticket} --text "@{person} …"',
        score=rating.label,
        lead=words.author_name(config, lead),
        ticket=ticket.id,
        person=lead,
    )


def _lead_of(ticket: Ticket, config: Configuration) -> str | None:
    """Who leads the team of the ticket, else a team of its owner, else the first line."""
    owner = config.persons.get(str(ticket.get("owner")))
    team = ticket.get("team") or next(iter(config.teams_of(owner)) if owner else iter(()), None)
    return next(iter(levels_of(team, config).values()), None)

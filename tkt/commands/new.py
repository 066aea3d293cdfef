"""`tkt new`: how does a request get on record?

Nothing is refused at the door: a channel and words are enough. On a terminal tkt asks for what is
missing; it shows the requester's earlier tickets and says when one looks like a repeat.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tkt import actions
from tkt.commands.asking import Answers, ask_for_ticket
from tkt.commands.beside import suggest_beside
from tkt.commands.committing import changes_of
from tkt.commands.common import Session
from tkt.commands.enclosing import Enclosing, enclosing
from tkt.commands.naming import named, remember
from tkt.commands.options import AttachOption, OwnerOption, SetOption, TeamOption, TextOption
from tkt.commands.signature import writes
from tkt.commands.writing import keep_typed, pairs, requesters_of, told, words_given
from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import N_, msg
from tkt.model import Ticket, Value
from tkt.render.text import one_line
from tkt.render.times import ago
from tkt.repeats import REPEAT_WITHIN, Earlier, earlier_tickets, identities
from tkt.workflow import MoveRefused

if TYPE_CHECKING:
    from tkt.commands.new_form import Filled

SHOWN_EARLIER = 5
TRIED = "new"
"""In place of an id, for a ticket that is made only to see whether it can be."""


class Raised(StrEnum):
    """Who turned to whom."""

    CUSTOMER = "customer"
    LIVE = "live"
    PROACTIVE = "proactive"


FIRST_CONTACT: Mapping[Raised, Literal["live", "proactive"] | None] = {
    Raised.CUSTOMER: None,
    Raised.LIVE: "live",
    Raised.PROACTIVE: "proactive",
}

TitleArgument = Annotated[
    str,
    typer.Argument(
        metavar="[TITLE]",
        help=N_("One line by which people know it; else the first line of the words."),
        show_default=False,
    ),
]
ChannelOption = Annotated[
    str,
    typer.Option(
        "--channel",
        "-c",
        metavar="CHANNEL",
        help=N_("Where it came in: phone, email, wechat …"),
        show_default=False,
    ),
]
TypeOption = Annotated[
    str,
    typer.Option(
        "--type",
        metavar="TYPE",
        help=N_("product, service, complaint, inquiry or request."),
        show_default=False,
    ),
]
CategoryOption = Annotated[
    str,
    typer.Option(
        "--category",
        metavar="CATEGORY",
        help=N_("A category of the type; with it go team and form."),
        show_default=False,
    ),
]
ImpactOption = Annotated[
    str, typer.Option("--impact", metavar="IMPACT", help=N_("one, some or many."), show_default=False)
]
UrgencyOption = Annotated[
    str, typer.Option("--urgency", metavar="URGENCY", help=N_("red, yellow or green."), show_default=False)
]
PriorityOption = Annotated[
    str,
    typer.Option(
        "--priority", metavar="PRIORITY", help=N_("Overrules the table; needs --reason."), show_default=False
    ),
]
CustomerOption = Annotated[
    str,
    typer.Option(
        "--customer",
        metavar="CUSTOMER",
        help=N_("A customer of customers/, by id, name or contact."),
        show_default=False,
    ),
]
FromOption = Annotated[
    str,
    typer.Option(
        "--from", metavar="WHO", help=N_("Who asks: name, mail address or phone number."), show_default=False
    ),
]
AsksOption = Annotated[
    str, typer.Option("--asks", metavar="TEXT", help=N_("What they want."), show_default=False)
]
TagsOption = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help=N_("A tag; may be repeated."), show_default=False),
]
RaisedOption = Annotated[
    Raised,
    typer.Option(
        "--raised", help=N_("customer: they wrote; live: you talk to them now; proactive: you turn to them.")
    ),
]
ResolvedOption = Annotated[
    str,
    typer.Option(
        "--resolved",
        metavar="TEXT",
        help=N_("Solved at once: what was done. Takes --code and --cause."),
        show_default=False,
    ),
]
CodeOption = Annotated[
    str,
    typer.Option(
        "--code", metavar="CODE", help=N_("With --resolved: how it was solved."), show_default=False
    ),
]
CauseOption = Annotated[
    str,
    typer.Option(
        "--cause", metavar="CAUSE", help=N_("With --resolved: why it happened."), show_default=False
    ),
]
FollowsOption = Annotated[
    str,
    typer.Option(
        "--follows", metavar="ID", help=N_("An earlier ticket that this one follows."), show_default=False
    ),
]
QuickOption = Annotated[bool, typer.Option("--quick", help=N_("Ask nothing beyond channel and words."))]
EditOption = Annotated[
    bool, typer.Option("--edit", help=N_("Fill in the form of its category in your editor."))
]


@writes
def new(
    session: Session,
    title: TitleArgument = "",
    channel: ChannelOption = "",
    text: TextOption = "",
    from_: FromOption = "",
    customer: CustomerOption = "",
    type_: TypeOption = "",
    category: CategoryOption = "",
    impact: ImpactOption = "",
    urgency: UrgencyOption = "",
    priority: PriorityOption = "",
    asks: AsksOption = "",
    team: TeamOption = "",
    owner: OwnerOption = "",
    tags: TagsOption = None,
    set_: SetOption = None,
    raised: RaisedOption = Raised.CUSTOMER,
    resolved: ResolvedOption = "",
    code: CodeOption = "",
    cause: CauseOption = "",
    follows: FollowsOption = "",
    quick: QuickOption = False,
    edit: EditOption = False,
    attach: AttachOption = None,
) -> int:
    """Record a request."""
    given = {
        "title": title,
        "channel": channel,
        "contact": from_,
        "customer": customer,
        "type": type_,
        "category": category,
        "impact": impact,
        "urgency": urgency,
        "priority": priority,
        "asks": asks,
        "team": team,
        "owner": session.me if owner == "me" else owner,
        "tags": list(tags or ()),
        **pairs(set_),
    }
    request = Request(
        values={name: value for name, value in given.items() if value not in ("", [])},
        words=words_given(session, text),
        raised=raised,
        resolved=resolved,
        code=code,
        cause=cause,
        follows=session.desk.find(named(session, follows)).id if follows else None,
        enclosed=enclosing(session, attach),
    )
    return _recorded(session, request, quick=quick, edit=edit)


def _recorded(session: Session, request: Request, *, quick: bool, edit: bool) -> int:
    """Ask for what is missing, where somebody can be asked, and write the ticket."""
    values, words = request.values, request.words
    filled = _filled(session, values, words) if edit else None
    if filled is not None:
        values, words = filled.values, filled.words
    elif not quick and sys.stdin.isatty() and not session.json and (not words or "channel" not in values):
        answers = Answers(values=values, words=words.splitlines())
        ask_for_ticket(session, answers)
        values, words = answers.filled(), words or answers.text
    if request.raised is Raised.LIVE and not request.resolved:
        session.note(msg("a live contact is answered as it is recorded: its first response is met"))
    whole = replace(request, values={**values, **requesters_of(session).values_for(values)}, words=words)
    try:
        return _record(session, whole)
    except MoveRefused:
        raise  # it is on record all the same
    except TktError as error:
        if filled is not None:
            from tkt.commands.new_form import NAME

            keep_typed(session, NAME, filled.text, error)
        raise


def _filled(session: Session, values: dict[str, Value], words: str) -> Filled:
    """What came out of the form: of which a ticket can be made, as one was made and thrown away."""
    from tkt.commands.new_form import fill_form

    def opened(values: Mapping[str, Value], words: str) -> Ticket:
        request = Request(values={**values, **requesters_of(session).values_for(values)}, words=words)
        return _opened(session, TRIED, request)

    return fill_form(session, values, words, opened)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody asks for, as it was typed."""

    values: dict[str, Value]
    words: str
    raised: Raised = Raised.CUSTOMER
    resolved: str = ""  # solved at once: what was done
    code: str = ""
    cause: str = ""
    follows: str | None = None
    enclosed: Enclosing | None = None  # files that came with it


def _record(session: Session, request: Request) -> int:
    """Write the ticket; where a call cannot be resolved at once it is on record all the same."""
    refused: list[MoveRefused] = []

    def make(ticket_id: str) -> Ticket:
        try:
            return _opened(session, ticket_id, request, and_then="resolve" if request.resolved else None)
        except MoveRefused as error:
            refused.append(error)
            return _opened(session, ticket_id, request)

    written = changes_of(session).create(make, day=session.actor.at or session.now)
    told(session, None, written)
    remember(session, written.ticket.id)
    if refused:
        raise refused[0]
    if not session.json:
        _tell_more(session, written.ticket)
    return 0


def _opened(session: Session, ticket_id: str, request: Request, *, and_then: str | None = None) -> Ticket:
    ticket = actions.open_ticket(
        session.actor,
        session.desk.config,
        id=ticket_id,
        values=request.values,
        words=request.words,
        raised_by="agent" if request.raised is Raised.PROACTIVE else "customer",
        first_contact=FIRST_CONTACT[request.raised],
        follows=request.follows,
        and_then=and_then,
        given=_solution(session, request) if and_then else actions.NOTHING_GIVEN,
    )
    return request.enclosed(None, ticket, session.actor, session.desk.config) if request.enclosed else ticket


def _solution(session: Session, request: Request) -> actions.Given:
    """What resolves a call that is solved at once; whoever takes it owns it."""
    owner = {} if request.values.get("owner") else {"owner": session.me}
    return actions.Given(
        code=request.code or "answered",
        text=request.resolved,
        cause=request.cause or "unknown",
        changes=owner,
    )


def _tell_more(session: Session, ticket: Ticket) -> None:
    """What is still missing, and what this requester brought before."""
    columns = session.desk.columns(ticket, session.now)
    missing = columns.lookup("missing")
    if isinstance(missing, (tuple, list)) and missing:
        hint = " ".join(f"{_settable(session, str(name))}=…" for name in missing)
        session.say(msg("still missing before work starts: tkt set {id} {fields}", id=ticket.id, fields=hint))
    if not session.common.quiet:
        others = session.desk.tickets_from(identities(ticket), since=ticket.received_at - REPEAT_WITHIN)
        earlier = earlier_tickets(ticket, others, at_most=SHOWN_EARLIER)
        _tell_earlier(session, earlier)
        from tkt.commands.similar import tell_solved

        tell_solved(session, ticket, {each.ticket.id for each in earlier})
        suggest_beside(session, ticket)


def _settable(session: Session, name: str) -> str:
    """A field that can be set: the first of those that may stand for `name`."""
    declared = session.desk.config.taxonomy.fields.get(name)
    return declared.any_of[0] if declared and declared.any_of else name


def _tell_earlier(session: Session, earlier: Iterable[Earlier]) -> None:
    found = tuple(earlier)
    if not found:
        return
    session.say(msg("earlier tickets of this requester:"))
    for each in found:
        mark = msg("looks like a repeat") if each.is_repeat else msg("another matter")
        session.say(
            msg(
                "  {id}  {status}  {ago}  {title}  ({mark})",
                id=each.ticket.id,
                status=each.ticket.status,
                ago=ago(each.ticket.received_at, session.now),
                title=one_line(each.ticket.title),
                mark=mark,
            )
        )

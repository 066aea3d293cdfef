"""`tkt redact` and `tkt forget`: how are words, and people, taken out of the desk?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tkt.actions.redacting import redactable
from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.commands.options import TicketArgument
from tkt.commands.privacy_told import (
    SHOWN,
    forgotten_json,
    redacted_json,
    tell_forgotten,
    tell_plan,
    tell_redacted,
)
from tkt.commands.signature import writes
from tkt.errors import Refused, UsageError
from tkt.i18n import N_, msg, render
from tkt.model import Ticket
from tkt.privacy.forgetting import carry_out, plan
from tkt.privacy.redaction import Wish, redact_ticket
from tkt.render.text import one_line
from tkt.render.timeline import headline
from tkt.render.times import stamp_near

BEGINNING = 40
"""Characters of a text by which it is known again."""

EventOption = Annotated[
    list[str] | None,
    typer.Option(
        "--event",
        metavar="EVENT",
        help=N_("The id of an event whose words go; may be repeated. Without any, they are listed."),
        show_default=False,
    ),
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="FIELD",
        help=N_("A field whose words go, all that it ever held: title, resolution …; may be repeated."),
        show_default=False,
    ),
]
ContactOption = Annotated[
    bool,
    typer.Option("--contact", help=N_("Put a pseudonym for the ticket's contact, wherever it is named.")),
]
CustomerArgument = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER",
        help=N_("A customer's id or name; or one contact's mail address, phone number or account."),
    ),
]
AlsoOption = Annotated[
    list[str] | None,
    typer.Option(
        "--also",
        metavar="WORD",
        help=N_("Another word by which they are known, in what is about them; may be repeated."),
        show_default=False,
    ),
]
KnowledgeOption = Annotated[bool, typer.Option("--knowledge", help=N_("Change knowledge articles too."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be changed."))]
YesOption = Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))]


@writes
def redact(
    session: Session,
    ticket: TicketArgument,
    event: EventOption = None,
    field: FieldOption = None,
    contact: ContactOption = False,
) -> int:
    """Take words out of a ticket; who did it and why is recorded, and what git's history holds is told."""
    wish = Wish(events=tuple(event or ()), fields=tuple(field or ()), contact=contact)
    found = session.desk.ticket(named(session, ticket))
    if wish == Wish():
        raise _nothing_named(session, found)
    if not session.common.reason.strip():
        raise UsageError(msg("say why words are taken out: it is recorded"), hint=msg('--reason "…"'))
    done = redact_ticket(session.desk, found.id, wish, session.actor, commits=session.commits)
    if session.json:
        session.answer(redacted_json(done))
    else:
        tell_redacted(session, done)
    return 0


@writes
def forget(
    session: Session,
    customer: CustomerArgument,
    also: AlsoOption = None,
    knowledge: KnowledgeOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
) -> int:
    """Put pseudonyms for a customer, or for one contact, wherever the tree names them."""
    planned = plan(session.desk, customer, session.actor, also=also or (), knowledge=knowledge)
    code = session.report(planned.problems)
    if not session.json:
        tell_plan(session, planned, shown=None if dry_run else SHOWN)
    done = None
    if dry_run:
        session.say(msg("nothing was written: --dry-run"))
    elif not planned.rewritings:
        session.say(msg("nothing to change"))
    else:
        _ask(session, yes=yes)
        done = carry_out(session.desk, planned, session.actor, commits=session.commits)
    if session.json:
        session.answer(forgotten_json(planned, done, dry_run=dry_run))
    elif done is not None:
        tell_forgotten(session, planned, done)
    return code


def _nothing_named(session: Session, ticket: Ticket) -> UsageError:
    """Errors want something that can be pasted: the events among which to choose."""
    config = session.desk.config
    lines = [
        f"  {event.id}  {stamp_near(event.at, session.now, session.desk.zone)}  "
        f"{headline([event], ticket, config)}  {_beginning(event.get('text'))}".rstrip()
        for event in redactable(ticket, config)
    ]
    return UsageError(
        msg(
            "{ticket}: say which words; there are some in:\n{lines}", ticket=ticket.id, lines="\n".join(lines)
        ),
        hint=msg(
            'tkt redact {ticket} --event EVENT --reason "…", or --field title, or --contact', ticket=ticket.id
        ),
    )


def _beginning(text: object) -> str:
    line = one_line(text) if isinstance(text, str) else ""
    return line if len(line) <= BEGINNING else f"{line[:BEGINNING]}…"


def _ask(session: Session, *, yes: bool) -> None:
    """Errors: Refused where nobody is there to be asked, or who is says no."""
    if yes:
        return
    if session.json or not is_conversation():
        raise Refused(
            msg("nobody is here to be asked whether to go on; nothing was written"),
            hint=msg("look first: --dry-run; then: --yes"),
        )
    if not typer.confirm(render(msg("Once this is pushed it cannot be taken back. Go on?")), default=False):
        raise Refused(msg("nothing was written"))


def is_conversation() -> bool:
    """Whether a person is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()

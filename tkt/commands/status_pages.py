"""`tkt report page`: where does a customer read how their request stands, and for how long?"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from tkt import actions
from tkt.actions import Actor
from tkt.addressed import (
    UNTIL,
    Lack,
    address_of,
    customer_page_name,
    kept_for,
    page_lack,
    page_until,
    ticket_page_name,
)
from tkt.changes import Written
from tkt.clock import instant_text
from tkt.commands.committing import changes_of, written_json
from tkt.commands.common import Session
from tkt.commands.naming import named, remember
from tkt.commands.options import TicketArgument
from tkt.commands.signature import writes
from tkt.durations import duration_text
from tkt.errors import Refused
from tkt.guards.disposal import survivor_of
from tkt.i18n import N_, Message, current_language, msg
from tkt.model import Ticket
from tkt.render.times import stamp
from tkt.schema import Configuration
from tkt.statuspages.building import NEW_KEY
from tkt.store.pagekey import VARIABLE, made_secret, shared_secret

RenewOption = Annotated[
    bool,
    typer.Option(
        "--renew",
        help=N_(
            "Let the page of a closed ticket stay as long again from now on; it comes back if it is gone."
        ),
    ),
]

_LACKS: dict[Lack, Message] = {
    "internal": msg("it is a request of the house itself, which has no customer to show it to"),
    "disposed": msg("it was put away as spam or as a test"),
    "over": msg("it was closed so long ago that its page is gone"),
}


class NoPage(Refused):
    """A ticket has no status page."""

    code = "no-page"


@writes
def page(session: Session, ticket: TicketArgument, renew: RenewOption = False) -> int:
    """Print the address of a ticket's status page for its customer; --renew gives it a longer life."""
    part = named(session, ticket)
    found = session.desk.ticket(part)
    remember(session, found.id)
    written = _renewed(session, found) if renew else None
    if written is not None:
        found = written.ticket
    lack = page_lack(found, session.desk.config, session.now)
    if lack is not None:
        raise _refusal(found, lack)
    secret, is_new = made_secret(session.desk.root)
    if is_new:
        session.note(*NEW_KEY)
    elif shared_secret() is None:
        session.note(msg("the address is made with this clone's own key; {name} is not set", name=VARIABLE))
    names = _names(found, secret)
    if session.json:
        more = written_json(session, written) if written is not None else {}
        session.answer({**_json(session, found, names), **more})
    else:
        _tell(session, found, names, written)
    return 0


def _refusal(ticket: Ticket, lack: Lack) -> NoPage:
    hint = msg("tkt report page {id} --renew", id=ticket.id) if lack == "over" else None
    return NoPage(msg("{id} has no status page: {why}", id=ticket.id, why=_LACKS[lack]), hint=hint)


def _renewed(session: Session, found: Ticket) -> Written | None:
    """What was written; None where nothing was to be: an open ticket keeps its page."""
    config = session.desk.config
    if found.status not in config.closed:
        session.note(msg("{id} is not closed: its page stays anyway", id=found.id))
        return None
    lack = page_lack(found, config, session.now)
    if lack is not None and lack != "over":
        raise _refusal(found, lack)
    until = session.now + kept_for(config)

    def action(ticket: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return actions.set_values(ticket, actor, config, {UNTIL: until})

    return changes_of(session).change(
        found.id, lambda it: action(it, session.actor, session.desk.config), verb="set"
    )


def _names(ticket: Ticket, secret: bytes) -> tuple[str, str | None]:
    """The file of the ticket's page, and of its customer's."""
    customer = ticket.get("customer")
    return ticket_page_name(secret, ticket.id), customer_page_name(secret, customer) if customer else None


def _json(session: Session, ticket: Ticket, names: tuple[str, str | None]) -> dict[str, Any]:
    config, (own, customers) = session.desk.config, names
    until = page_until(ticket, config)
    return {
        "ticket": ticket.id,
        "name": own,
        "address": address_of(own, config) or None,
        "until": instant_text(until) if until is not None else None,
        "duplicate_of": survivor_of(ticket),
        "customer": ticket.get("customer"),
        "customer_name": customers,
        "customer_address": (address_of(customers, config) or None) if customers else None,
    }


def _tell(session: Session, ticket: Ticket, names: tuple[str, str | None], written: Written | None) -> None:
    config, (own, customers) = session.desk.config, names
    session.say(address_of(own, config) or own)
    until = page_until(ticket, config)
    session.say(_life(until, session))
    if customers is not None:
        place = address_of(customers, config) or customers
        session.say(msg("all requests of {customer}: {place}", customer=ticket.get("customer"), place=place))
    if not config.reports.site.public_url:
        session.note(
            msg("config/reports.yaml does not say where the pages are published: site, public_url"),
        )
    if written is not None:
        session.say(*written.notes)


def _life(until: datetime | None, session: Session) -> Message:
    config = session.desk.config
    if until is None:
        time = duration_text(int(kept_for(config).total_seconds()), current_language())
        return msg("it stays until {time} after the ticket is closed", time=time)
    return msg("it stays until {when}", when=stamp(until, session.zone_of_reader))

"""`tkt show`: what is this ticket, what is due, what happened?"""

from __future__ import annotations

from tkt.commands.common import Session
from tkt.commands.options import TicketArgument
from tkt.commands.signature import reads
from tkt.commands.views import names_in, ticket_json
from tkt.render.ticket_page import TicketPage


@reads
def show(session: Session, ticket: TicketArgument) -> int:
    """Show one ticket as a page."""
    desk, now = session.desk, session.now
    found = desk.ticket(ticket)
    if session.json:
        session.answer(ticket_json(desk, found, now))
        return 0
    row = desk.columns(found, now)
    page = TicketPage(
        ticket=found,
        config=desk.config,
        verdicts=desk.verdicts(found, now=now),
        missing=names_in(row, "missing"),
        needs=names_in(row, "needs"),
        now=now,
    )
    for line in page.lines(session.screen):
        session.screen.print(line)
    return 0

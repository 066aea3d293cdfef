"""`tkt sla explain`: why does a clock say what it says?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.coverage import note_unknown_years, notes_json
from tkt.commands.naming import named
from tkt.commands.options import TicketArgument
from tkt.commands.signature import reads
from tkt.commands.sla_clocks import ClockOption, chosen_clocks
from tkt.gated import is_asked
from tkt.i18n import N_, msg
from tkt.model import Ticket
from tkt.render.explained import explanation_json, print_explanation
from tkt.sla import Explained
from tkt.sla import explain as explained

LateOption = Annotated[bool, typer.Option("--late", help=N_("Only the clocks that are breached."))]


@reads
def explain(
    session: Session, ticket: TicketArgument, clocks: ClockOption = None, late: LateOption = False
) -> int:
    """Explain a ticket's clocks (docs/sla.md E6)."""
    desk, now = session.desk, session.now
    found = desk.ticket(named(session, ticket))
    wanted = chosen_clocks(session, clocks)
    every = explained(found, desk.levels, now)
    meant = [each for each in every if is_asked(each.verdict.clock, wanted)]
    cycles = [each for each in meant if not late or each.verdict.state == "breached"]
    note_unknown_years(session, (each.verdict for each in cycles))
    _note_none(session, found, every, meant, cycles)
    if session.json:
        told = [explanation_json(each) for each in cycles]
        session.answer({"id": found.id, "now": now, "cycles": told, **notes_json(session)})
    else:
        print_explanation(found, cycles, session.told_config, now, session.screen)
    return 0


def _note_none(
    session: Session,
    ticket: Ticket,
    every: Sequence[Explained],
    meant: Sequence[Explained],
    cycles: Sequence[Explained],
) -> None:
    """Where nothing is left to explain: which clocks there are, or that none is late."""
    if cycles:
        return
    if meant:
        session.note(msg("no clock of {ticket} is breached", ticket=ticket.id))
        return
    names = tuple(dict.fromkeys(each.verdict.clock for each in every))
    if names:
        session.note(msg("{ticket} has no such clock; it has: {clocks}", ticket=ticket.id, clocks=names))
    else:
        session.note(msg("{ticket} has no clock", ticket=ticket.id))

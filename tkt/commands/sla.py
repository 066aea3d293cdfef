"""`tkt sla explain`: why does a clock say what it says?"""

from __future__ import annotations

from tkt.commands.common import Session
from tkt.commands.coverage import note_unknown_years, notes_json
from tkt.commands.naming import named
from tkt.commands.options import TicketArgument
from tkt.commands.signature import reads
from tkt.commands.sla_clocks import ClockOption, chosen_clocks
from tkt.gates import is_asked
from tkt.render.explained import explanation_json, print_explanation
from tkt.sla import explain as explained


@reads
def explain(session: Session, ticket: TicketArgument, clocks: ClockOption = None) -> int:
    """Explain a ticket's clocks (docs/sla.md E6)."""
    desk, now = session.desk, session.now
    found = desk.ticket(named(session, ticket))
    wanted = chosen_clocks(session, clocks)
    cycles = [each for each in explained(found, desk.levels, now) if is_asked(each.verdict.clock, wanted)]
    note_unknown_years(session, (each.verdict for each in cycles))
    if session.json:
        told = [explanation_json(each) for each in cycles]
        session.answer({"id": found.id, "now": now, "cycles": told, **notes_json(session)})
    else:
        print_explanation(found, cycles, session.told_config, now, session.screen)
    return 0

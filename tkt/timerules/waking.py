"""From which instant on does the time ask for anything on a ticket?

The index keeps it, so that `tkt tick` reads only the tickets on which something fell due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import inf

from tkt.clocks.history import settled_at
from tkt.errors import TktError
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels
from tkt.timerules.carrying_out import pending
from tkt.timerules.case import Case
from tkt.timerules.wake import NEVER, Wake

FAR = timedelta(days=3660)
"""Nothing that falls due later is looked for; by then somebody will have touched the ticket."""


def wake_of(ticket: Ticket, config: Configuration, levels: ServiceLevels) -> Wake:
    """When the first things fall due if nothing more happens.

    What fell due and is not recorded counts, so it may be past. A closed ticket asks for nothing.
    """
    if ticket.status in config.closed or not ticket.events:
        return NEVER
    now = settled_at(ticket) + FAR
    try:
        found = pending(Case(ticket=ticket, config=config, levels=levels, now=now, canned=_any_words))
    except TktError:
        return Wake(at_s=0)  # a list need not know what is wrong with a rule: whoever carries it out is told
    lasting = [it.at.timestamp() for it in found if it.good_until is None]
    passing = [(it.at.timestamp(), it.good_until.timestamp()) for it in found if it.good_until is not None]
    return Wake(
        at_s=min(lasting, default=inf),
        passing_s=min((begins for begins, _ in passing), default=inf),
        until_s=max((ends for _, ends in passing), default=inf),
    )


def _any_words(_name: str, _language: str, _places: Mapping[str, object]) -> str:
    """When something is to be said does not depend on its words."""
    return "…"

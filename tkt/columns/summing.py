"""How is the summary of a ticket made of its events and the configuration?"""

from __future__ import annotations

from tkt.columns import history, service
from tkt.columns.summary import Summary, cycles_in
from tkt.fields import normalised, part_of
from tkt.guards.talk import unanswered_messages
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, Standings, standings


def summary_of(ticket: Ticket, config: Configuration, levels: ServiceLevels) -> Summary:
    """The summary of a ticket, with all its events."""
    return summary_from(ticket, config, standings(ticket, levels))


def summary_from(ticket: Ticket, config: Configuration, clocks: Standings) -> Summary:
    """The summary of a ticket whose clocks have been judged."""
    return Summary(
        id=ticket.id,
        status=ticket.status,
        title=_word(ticket.get("title")),
        priority=_word(ticket.get("priority")),
        owner=_word(ticket.get("owner")),
        waits_on=on if isinstance(on := part_of(ticket.values, "waiting", "on"), str) else None,
        values={"id": ticket.id, **ticket.values},
        received_at=ticket.received_at,
        updated_at=ticket.updated_at,
        touched_at=history.last_touched(ticket),
        entered_at=history.entered(ticket),
        asked_at=next((message.at for message in unanswered_messages(ticket)), None),
        resolved_at=history.resolved(ticket, config),
        closed_at=history.closed(ticket, config),
        created_by=ticket.opened.by if ticket.opened else None,
        last_by=ticket.events[-1].by if ticket.events else None,
        external_id=ticket.external_id,
        former_ids=history.former_ids(ticket),
        reopens=history.reopens(ticket, config.finished),
        reassignments=history.reassignments(ticket),
        replies=[event.is_agent_message for event in ticket.effective].count(True),
        messages=[event.is_public_message for event in ticket.effective].count(True),
        csat=history.satisfaction(ticket),
        told=history.told(ticket, config),
        needs=history.needs(ticket, config),
        missing=history.missing(ticket, config),
        valid_from=clocks.valid_from,
        next=service.next_clock(clocks),
        cycles=cycles_in(clocks),
    )


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def text_of(ticket: Ticket) -> str:
    """What words are searched in, as it is compared."""
    return normalised(history.searched_text(ticket))

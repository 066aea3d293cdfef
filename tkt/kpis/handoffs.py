"""Through how many hands did a request go? (docs/kpi.md K16)"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from tkt.i18n import msg
from tkt.kpis.figures import SPREAD_HEADS, Grid, Kpi, number_spread
from tkt.kpis.population import Population
from tkt.model import Ticket


def handoffs(population: Population) -> Kpi:
    """Owner changes after the first assignment, teams visited, people who wrote.

    Over the tickets resolved in the window, each up to its last resolve in it.
    """
    cases = [(life.ticket, end) for life, end in population.resolved]
    changes = number_spread(
        msg("owner changes"), [(it.id, owner_changes(it, end)) for it, end in cases], "owner_changes"
    )
    return Kpi(
        name="handoffs",
        title=msg("Hand-offs"),
        grids=(
            Grid(
                SPREAD_HEADS,
                (
                    changes,
                    number_spread(
                        msg("teams"), [(it.id, teams_visited(it, end)) for it, end in cases], "teams"
                    ),
                    number_spread(
                        msg("people who wrote"), [(it.id, writers(it, end)) for it, end in cases], "writers"
                    ),
                ),
                about=msg("per ticket resolved in the window"),
            ),
        ),
    )


def owner_changes(ticket: Ticket, until: datetime) -> int:
    """How often another person became the owner; the first assignment is none, nor is a pause without owner."""
    owners = [owner for owner in _values_until(ticket, "owner", until) if owner is not None]
    return sum(before != after for before, after in pairwise(owners))


def teams_visited(ticket: Ticket, until: datetime) -> int:
    """How many different teams owned it."""
    return len({team for team in _values_until(ticket, "team", until) if team is not None})


def writers(ticket: Ticket, until: datetime) -> int:
    """How many people of the desk wrote on it, to the customer or as a note."""
    return len(
        {
            event.by
            for event in ticket.effective
            if event.did in ("message", "note")
            and event.role == "agent"
            and not event.auto
            and event.at <= until
        }
    )


def _values_until(ticket: Ticket, field: str, until: datetime) -> list[object]:
    """The values that a stored key had one after the other, the first as the ticket was opened."""
    sets = [event for event in ticket.effective if event.did == "set" and event.get("field") == field]
    if not sets:
        return [ticket.get(field)]
    return [sets[0].get("from"), *(event.get("to") for event in sets if event.at <= until)]

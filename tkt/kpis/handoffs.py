"""Through how many hands did a request go? (docs/kpi.md K16)"""

from __future__ import annotations

from tkt.i18n import msg
from tkt.kpis.figures import SPREAD_HEADS, Grid, Kpi, number_spread
from tkt.kpis.population import Population


def handoffs(population: Population) -> Kpi:
    """Owner changes after the first assignment, teams visited, people who wrote.

    Over the tickets resolved in the window, each up to its last resolve in it.
    """
    cases = population.resolved
    changes = number_spread(
        msg("owner changes"), [(it.id, it.owner_changes(end)) for it, end in cases], "owner_changes"
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
                        msg("teams"), [(it.id, it.teams_visited(end)) for it, end in cases], "teams"
                    ),
                    number_spread(
                        msg("people who wrote"), [(it.id, it.writers(end)) for it, end in cases], "writers"
                    ),
                ),
                about=msg("per ticket resolved in the window"),
            ),
        ),
    )

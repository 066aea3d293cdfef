"""How much time did people spend? (docs/kpi.md K20)"""

from __future__ import annotations

from tkt.i18n import msg
from tkt.kpis.figures import SPREAD_HEADS, Figure, Grid, Kpi, Row, count, spread
from tkt.kpis.population import Population


def effort(population: Population) -> Kpi:
    """The minutes recorded in the window, and those of each ticket resolved in it, up to its last resolve in it.

    A ticket on which nobody recorded any is not one that took no time: it is left out of the second.
    """
    window = population.window
    spent = [
        (each.id, mins)
        for each in population.present
        for at, mins in each.facts.efforts
        if window.contains(at)
    ]
    total = Figure(("total_s",), 60 * sum(minutes for _, minutes in spent), "seconds")
    each = [(life.id, seconds) for life, end in population.resolved if (seconds := life.effort(end))]
    resolved = spread(msg("per ticket resolved"), each)
    return Kpi(
        name="effort",
        title=msg("Effort"),
        grids=(
            Grid(
                (msg("tickets"), msg("total")),
                (Row(msg("recorded in the window"), (count(dict(spent), "tickets"), total)),),
            ),
            Grid(SPREAD_HEADS, (resolved,), about=msg("resolved in the window")),
        ),
        notes=(msg("As far as it was recorded: tickets without any are not among the n."),),
    )

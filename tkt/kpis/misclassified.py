"""How often was a ticket sorted wrongly at first? (docs/kpi.md K18)"""

from __future__ import annotations

from tkt.i18n import msg
from tkt.kpis.figures import Grid, Kpi, Row, count, rate
from tkt.kpis.population import Population


def misclassified(population: Population) -> Kpi:
    """Of the tickets triaged in the window, those whose type or complexity was changed afterwards."""
    contains = population.window.contains
    triaged = [(life.id, story) for life, story in population.touched if contains(story.triaged_at)]
    wrong = [ticket for ticket, story in triaged if story.retyped]
    n = count([ticket for ticket, _ in triaged], "n")
    share = rate(len(wrong), len(triaged), "rate")
    return Kpi(
        name="misclassified",
        title=msg("Misclassified"),
        grids=(
            Grid(
                (msg("n"), msg("changed"), msg("rate")),
                (Row(msg("triaged in the window"), (n, count(wrong, "changed"), share)),),
            ),
        ),
    )

"""How long did it take to solve a request, and who was waiting meanwhile? (docs/kpi.md K2)"""

from __future__ import annotations

from tkt.i18n import msg
from tkt.kpis.figures import SPREAD_HEADS, Grid, Headline, Kpi, spread
from tkt.kpis.population import Population


def resolution(population: Population) -> Kpi:
    """Wall time of the tickets resolved in the window, up to their last resolve in it.

    Beside it the time to their first resolve (perhaps before the window), the requester's wait and
    the time of work: time that the desk had the ticket in hand.
    """
    cases = population.resolved
    waits = [(life.id, wait) for (life, _), wait in zip(cases, population.visits.waits, strict=True)]
    work = [
        (life.id, life.work((life.started_at, end)) if life.facts.waits_on_others else waited)
        for (life, end), (_, waited) in zip(cases, waits, strict=True)
    ]
    full = spread(msg("to the last resolve"), [(life.id, life.seconds_until(end)) for life, end in cases])
    return Kpi(
        name="resolution",
        title=msg("Resolution time"),
        grids=(
            Grid(
                SPREAD_HEADS,
                (
                    full,
                    spread(
                        msg("to the first resolve"),
                        [(life.id, life.seconds_until(life.resolves[0])) for life, _ in cases],
                        "first_",
                    ),
                    spread(msg("the requester's wait"), waits, "wait_"),
                    spread(msg("work time"), work, "work_"),
                ),
                about=msg("resolved in the window"),
            ),
        ),
        headline=(Headline(msg("resolution"), full.figures[1], full.figures[0]),),
        notes=(
            msg(
                "Wall time. The requester's wait leaves out what waited on the requester; work leaves out all waiting."
            ),
        ),
    )

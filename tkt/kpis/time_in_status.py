"""Where did the time go, and where did requesters wait? (docs/kpi.md K10)"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count, rate
from tkt.kpis.population import Population
from tkt.kpis.stats import median, p90
from tkt.kpis.visits import Stayed


def time_in_status(population: Population) -> Kpi:
    """Total, share and visits of each status, over the tickets resolved in the window.

    A ticket's whole life counts, from its start to its last resolve in the window: the totals add
    up to it. The bottleneck is the status with the largest share of the requester's wait.
    """
    visits = _visits(population)
    total = sum(sum(found.seconds) for found in visits.values())
    return Kpi(
        name="time_in_status",
        title=msg("Time in status"),
        grids=(
            Grid(
                (
                    msg("visits"),
                    msg("total"),
                    msg("share"),
                    msg("median visit"),
                    msg("p90 visit"),
                    msg("requester's wait"),
                ),
                tuple(_row(status, found, total) for status, found in visits.items()),
                about=msg("status"),
            ),
            _bottleneck(visits, [life.id for life, _ in population.resolved]),
        ),
    )


def _bottleneck(visits: Mapping[str, Stayed], tickets: list[str]) -> Grid:
    waits = {status: sum(found.waits) for status, found in visits.items()}
    longest = max(waits.values(), default=0)
    worst = next((status for status, wait in waits.items() if wait == longest > 0), None)
    return Grid(
        (msg("value"),),
        (
            Row(msg("tickets resolved in the window"), (count(tickets, "n"),)),
            Row(msg("bottleneck"), (Figure(("bottleneck",), worst, "status"),)),
            Row(
                msg("its share of the requesters' wait"),
                (rate(longest, sum(waits.values()), "bottleneck_share"),),
            ),
        ),
    )


def _visits(population: Population) -> dict[str, Stayed]:
    """Status → visits, in the order of the workflow, then others as they were met; statuses never visited are left out."""
    found = population.visits.by_status
    ordered = dict.fromkeys([*population.config.workflow.statuses, *found])
    return {status: found[status] for status in ordered if status in found}


def _row(status: str, visits: Stayed, total: int) -> Row:
    seconds = sorted(visits.seconds)
    return Row(
        Term("status", status),
        (
            count(visits.ids, status, "visits"),
            Figure((status, "total_s"), sum(seconds), "seconds"),
            rate(sum(seconds), total, status, "share"),
            Figure((status, "median_s"), median(seconds), "seconds"),
            Figure((status, "p90_s"), p90(seconds), "seconds"),
            Figure((status, "wait_s"), sum(visits.waits), "seconds"),
        ),
    )

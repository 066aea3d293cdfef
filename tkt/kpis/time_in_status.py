"""Where did the time go, and where did requesters wait? (docs/kpi.md K10)"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count, rate
from tkt.kpis.life import seconds_between
from tkt.kpis.population import Population
from tkt.kpis.stats import median, p90

Visit = tuple[str, int, int]  # ticket id, seconds, seconds of the requester's wait in them


def time_in_status(population: Population) -> Kpi:
    """Total, share and visits of each status, over the tickets resolved in the window.

    A ticket's whole life counts, from its start to its last resolve in the window: the totals add
    up to it. The bottleneck is the status with the largest share of the requester's wait.
    """
    visits = _visits(population)
    total = sum(seconds for found in visits.values() for _, seconds, _ in found)
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


def _bottleneck(visits: Mapping[str, list[Visit]], tickets: list[str]) -> Grid:
    waits = {status: sum(wait for _, _, wait in found) for status, found in visits.items()}
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


def _visits(population: Population) -> dict[str, list[Visit]]:
    """Status → visits, in the order of the workflow; statuses never visited are left out."""
    found: dict[str, list[Visit]] = {status: [] for status in population.config.workflow.statuses}
    for life, end in population.resolved:
        for stay, span in life.stays_until(end):
            visit = (life.id, seconds_between(*span), life.wait_in(stay, span))
            found.setdefault(stay.status, []).append(visit)
    return {status: visits for status, visits in found.items() if visits}


def _row(status: str, visits: list[Visit], total: int) -> Row:
    seconds = [each for _, each, _ in visits]
    return Row(
        Term("status", status),
        (
            count((ticket for ticket, _, _ in visits), status, "visits"),
            Figure((status, "total_s"), sum(seconds), "seconds"),
            rate(sum(seconds), total, status, "share"),
            Figure((status, "median_s"), median(seconds), "seconds"),
            Figure((status, "p90_s"), p90(seconds), "seconds"),
            Figure((status, "wait_s"), sum(wait for _, _, wait in visits), "seconds"),
        ),
    )

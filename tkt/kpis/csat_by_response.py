"""Are customers who were answered sooner more content? (docs/kpi.md K12)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tkt.i18n import Message, msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, count, rate
from tkt.kpis.first_response import CLOCK, is_known
from tkt.kpis.life import Life, seconds_between
from tkt.kpis.population import INHERITED, Population
from tkt.kpis.ratings import STARS
from tkt.kpis.stats import mean, quartiles, spearman
from tkt.sla import family_of

FEWEST = 20
_QUARTERS: tuple[Message, ...] = (
    msg("the quickest quarter"),
    msg("the second quarter"),
    msg("the third quarter"),
    msg("the slowest quarter"),
)


class Pair(NamedTuple):
    """One answer in stars, and how long its ticket waited for the first reply on the wall clock."""

    ticket: str
    seconds: int
    stars: int | float
    is_positive: bool


def csat_by_response(population: Population) -> Kpi:
    """Spearman's rho of first response time and stars, over the answers of the window; a line a quarter."""
    pairs = _pairs(population)
    rho = spearman([(it.seconds, it.stars) for it in pairs]) if len(pairs) >= FEWEST else None
    overall = Row(
        msg("answers in stars"),
        (count([it.ticket for it in pairs], "n"), Figure(("rho",), rho, "coefficient")),
    )
    return Kpi(
        name="csat_by_response",
        title=msg("Satisfaction against first response"),
        grids=(
            Grid((msg("n"), msg("Spearman's rho")), (overall,)),
            Grid(
                (msg("n"), msg("slowest"), msg("stars"), msg("positive")),
                tuple(_quarters(pairs)),
                about=msg("by first response time"),
            ),
        ),
        notes=(msg("Wall time to the first response. A correlation, not a cause; n/a below 20 answers."),),
    )


def _pairs(population: Population) -> list[Pair]:
    found = ((life, it, _waited(life)) for life, it in population.answers if it.best == STARS)
    return [
        Pair(life.id, seconds, it.score, it.is_positive) for life, it, seconds in found if seconds is not None
    ]


def _waited(life: Life) -> int | None:
    """As K1 counts it: an answer that a split-off ticket inherited was given on another one."""
    for it in life.cycles:
        is_own = family_of(it.clock) == CLOCK and it.via != INHERITED and is_known(it)
        if is_own and it.fulfilled_at is not None:
            return seconds_between(it.start_at, it.fulfilled_at)
    return None


def _quarters(pairs: Sequence[Pair]) -> list[Row]:
    quarters = quartiles([it.seconds for it in pairs])
    return [
        _quarter(number, [it for it, its_own in zip(pairs, quarters, strict=True) if its_own == number])
        for number in range(4)
    ]


def _quarter(number: int, pairs: Sequence[Pair]) -> Row:
    key = f"q{number + 1}"
    slowest = max((it.seconds for it in pairs), default=None)
    return Row(
        _QUARTERS[number],
        (
            count([it.ticket for it in pairs], key, "n"),
            Figure((key, "slowest_s"), slowest, "seconds"),
            Figure((key, "mean_stars"), mean([it.stars for it in pairs]), "number"),
            rate(sum(it.is_positive for it in pairs), len(pairs), key, "csat"),
        ),
    )

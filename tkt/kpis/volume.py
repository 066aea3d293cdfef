"""How many tickets came in, and what was left out of every other number? (docs/kpi.md K0, docs/sla.md S5)"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.i18n import Message, msg
from tkt.kpis.facts import INTERNAL
from tkt.kpis.figures import Figure, Grid, Headline, Kpi, Row, Term, count
from tkt.kpis.life import Life
from tkt.kpis.population import CUSTOMER, Population


def volume(population: Population) -> Kpi:
    """Tickets created in the window; spam, test, duplicates and the other audience apart; back-dated events."""
    audience = CUSTOMER if population.internal else INTERNAL
    uncounted = {
        reason: _created(population, lives)
        for reason, lives in population.left_out.items()
        if reason != audience
    }
    created = count(_created(population, population.lives), "created")
    rows = [
        Row(msg("created"), (created,)),
        Row(
            msg("left out: spam, test, duplicates"),
            (count((each for ids in uncounted.values() for each in ids), "excluded"),),
        ),
        *(
            Row(Term("uncounted", reason), (count(ids, "excluded_as", reason),))
            for reason, ids in uncounted.items()
            if ids
        ),
        Row(
            _other_audience(audience),
            (count(_created(population, population.left_out.get(audience, ())), audience),),
        ),
        Row(msg("events written down later (back-dated)"), (_back_dated(population),)),
    ]
    return Kpi(
        name="",
        title=msg("Tickets"),
        grids=(Grid((msg("number"),), tuple(rows), about=msg("received in the window")),),
        headline=(Headline(msg("created"), created),),
    )


def _other_audience(audience: str) -> Message:
    return (
        msg("left out: internal requests") if audience == INTERNAL else msg("left out: customers' requests")
    )


def _created(population: Population, lives: Iterable[Life]) -> list[str]:
    start, end = population.window.start, population.window.end
    return [life.id for life in lives if start <= life.started_at < end]


def _back_dated(population: Population) -> Figure:
    """One for each event of the window that was recorded more than five minutes after it happened."""
    return count(
        (
            life.id
            for life in population.lives
            for at in life.facts.back_dated
            if population.window.contains(at)
        ),
        "back_dated",
    )

"""How often is there cause to complain about each product? (docs/kpi.md K11)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.stats import Number

COUNTED = ("product", "service", "complaint")
"""Types of tickets that say something is wrong; questions and requests are none."""
PER = 1000
NONE = "none"
LONGEST = 20


def complaints(population: Population) -> Kpi:
    """The complaints received in the window by product: a rate only where the units in use are known."""
    found: dict[str | None, list[str]] = {}
    for life in _complaints(population):
        found.setdefault(population.story(life).product, []).append(life.id)
    total = sum(map(len, found.values()))
    ordered = sorted(found.items(), key=lambda it: (-len(it[1]), it[0] is None, it[0] or ""))
    units = population.config.reports.denominators
    rows = (_row(product, ids, total, units) for product, ids in ordered)
    everything = Row(
        msg("all products"),
        (count([each for ids in found.values() for each in ids], "n"), rate(total, total, "share")),
    )
    return Kpi(
        name="complaints",
        title=msg("Complaints by product"),
        grids=(
            Grid(
                (msg("n"), msg("share"), msg("units in use"), msg("as of"), msg("per 1,000 units")),
                (everything, *rows),
                about=msg("received in the window"),
                longest=LONGEST,
            ),
        ),
        notes=(
            msg("Types product, service and complaint. Units in use: denominators in config/reports.yaml."),
        ),
    )


def _complaints(population: Population) -> list[Life]:
    return [life for life in population.created if population.story(life).type in COUNTED]


def _row(product: str | None, ids: list[str], total: int, denominators: Mapping[str, Any]) -> Row:
    name = product or NONE
    figures = (count(ids, "by_product", name, "n"), rate(len(ids), total, "by_product", name, "share"))
    known = denominators.get(product or "")
    units = units_of(known)
    if units is None:
        return Row(Term("product", product), figures)
    as_of = known.get("as_of") if isinstance(known, Mapping) else None
    return Row(
        Term("product", product),
        (
            *figures,
            Figure(("by_product", name, "units"), units, "number"),
            Figure(("by_product", name, "as_of"), None if as_of is None else str(as_of), "text"),
            Figure(("by_product", name, "per_1000"), PER * len(ids) / units, "number"),
        ),
    )


def units_of(known: Any) -> Number | None:
    """How many are in use; None where nobody said so."""
    found = known.get("units") if isinstance(known, Mapping) else known
    return found if isinstance(found, (int, float)) and not isinstance(found, bool) and found > 0 else None

"""What are the main figures of each of the last weeks? Of weeks that nothing changed they are known from the last run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from tkt.kpis.window import Window, week_name
from tkt.reports.material import Material
from tkt.site.changing import Changed
from tkt.site.writing import Output

_NOTED = "weeks"


class Numbers(msgspec.Struct, frozen=True, array_like=True):
    """One week: counts, a rate 0..1, seconds; None is n/a."""

    created: int
    resolved: int
    open_at_end: int
    met: float | None  # tickets without a breach
    response_s: float | None  # the median of first responses


def numbers_of(
    output: Output, material: Material, weeks: Sequence[Window], changed: Changed
) -> dict[Window, Numbers]:
    """The figures of the weeks, and a note of them for the next run."""
    known: dict[str, list[Any]] = output.remembered.get(_NOTED, {}) if output.is_trusted else {}
    found = {}
    for week in weeks:
        noted = known.get(week_name(week))
        stands = noted is not None and changed.stands(week, f"{changed.besides}.")
        found[week] = msgspec.convert(noted, Numbers) if stands else _counted(material.during(week))
    output.remember(_NOTED, {week_name(week): msgspec.to_builtins(it) for week, it in found.items()})
    return found


def _counted(look: Material) -> Numbers:
    population = look.population
    end = population.horizon
    return Numbers(
        created=len(population.created),
        resolved=len(population.resolved),
        open_at_end=sum(life.is_open_before(end) for life in population.present),
        met=_number(look.kpi("K3").value("tickets", "rate")),
        response_s=_number(look.kpi("K1").value("median_s")),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None

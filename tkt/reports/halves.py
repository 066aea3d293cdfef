"""How are all key figures of a large desk computed on two cores?

What unpacks the tickets' stories is done in a copy of the process, and git is asked there; what lives on clocks
and statuses is done here. Both keep numbers alone: the tickets behind them are as many as the desk has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NamedTuple

from tkt.kpis import KPIS, Kpi, Population
from tkt.kpis.figures import Grid
from tkt.store.copies import meanwhile

MANY = 5_000
"""So many tickets are worth a copy."""
_ASIDE = frozenset({"K4", "K6", "K7", "K9", "K11", "K12", "K13", "K14", "K17", "K18"})

Checkout = tuple[str | None, bool | None]
"""The commit, and whether the working tree is its."""


class Halves(NamedTuple):
    """Key figures by their numbers, and what is checked out."""

    kpis: dict[str, Kpi]
    checkout: Checkout


def in_halves(population: Population, numbers: Collection[str], checkout: Callable[[], Checkout]) -> Halves:
    """The key figures of these numbers, in their order; they name no tickets."""
    aside = [number for number in numbers if number in _ASIDE]

    def half() -> tuple[dict[str, Kpi], Checkout]:
        return {number: _bare(KPIS[number](population)) for number in aside}, checkout()

    waiting = meanwhile(half)
    here = {number: _bare(KPIS[number](population)) for number in numbers if number not in _ASIDE}
    there, found = waiting()
    known = here | there
    return Halves({number: known[number] for number in numbers}, found)


def _bare(kpi: Kpi) -> Kpi:
    """Without the tickets behind its figures."""
    headline = tuple(
        replace(it, figure=replace(it.figure, counted=None), n=it.n and replace(it.n, counted=None))
        for it in kpi.headline
    )
    return replace(kpi, grids=tuple(_bare_grid(grid) for grid in kpi.grids), headline=headline)


def _bare_grid(grid: Grid) -> Grid:
    rows = (replace(row, figures=tuple(replace(it, counted=None) for it in row.figures)) for row in grid.rows)
    return replace(grid, rows=tuple(rows))

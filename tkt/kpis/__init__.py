"""Which key figures are there? One file a KPI and one line here; the order is the page's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tkt.kpis.attainment import attainment
from tkt.kpis.backlog import backlog
from tkt.kpis.effort import effort
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term
from tkt.kpis.first_response import first_response
from tkt.kpis.handoffs import handoffs
from tkt.kpis.population import Population
from tkt.kpis.reopen import reopen
from tkt.kpis.resolution import resolution
from tkt.kpis.time_in_status import time_in_status
from tkt.kpis.volume import volume

KPIS: Mapping[str, Callable[[Population], Kpi]] = {
    "K0": volume,
    "K1": first_response,
    "K2": resolution,
    "K3": attainment,
    "K5": backlog,
    "K8": reopen,
    "K10": time_in_status,
    "K16": handoffs,
    "K20": effort,
}
"""Its number in docs/kpi.md → how it is computed."""

__all__ = ["KPIS", "Figure", "Grid", "Kpi", "Population", "Row", "Term"]

"""Which key figures are there? One file a KPI and one line here; the order is the page's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tkt.kpis.agents import agents
from tkt.kpis.attainment import attainment
from tkt.kpis.backlog import backlog
from tkt.kpis.complaints import complaints
from tkt.kpis.csat_by_response import csat_by_response
from tkt.kpis.effort import effort
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term
from tkt.kpis.first_response import first_response
from tkt.kpis.handoffs import handoffs
from tkt.kpis.keywords import keywords
from tkt.kpis.loop import loop
from tkt.kpis.misclassified import misclassified
from tkt.kpis.nps import nps
from tkt.kpis.one_reply import one_reply
from tkt.kpis.population import Population
from tkt.kpis.releases import releases
from tkt.kpis.reopen import reopen
from tkt.kpis.repeats import repeats
from tkt.kpis.resolution import resolution
from tkt.kpis.satisfaction import satisfaction
from tkt.kpis.time_in_status import time_in_status
from tkt.kpis.trend import trend
from tkt.kpis.volume import volume

KPIS: Mapping[str, Callable[[Population], Kpi]] = {
    "K0": volume,
    "K1": first_response,
    "K2": resolution,
    "K3": attainment,
    "K4": one_reply,
    "K5": backlog,
    "K6": satisfaction,
    "K7": nps,
    "K8": reopen,
    "K9": repeats,
    "K10": time_in_status,
    "K11": complaints,
    "K12": csat_by_response,
    "K13": trend,
    "K14": agents,
    "K15": releases,
    "K16": handoffs,
    "K17": loop,
    "K18": misclassified,
    "K19": keywords,
    "K20": effort,
}
"""Its number in docs/kpi.md → how it is computed."""

__all__ = ["KPIS", "Figure", "Grid", "Kpi", "Population", "Row", "Term"]

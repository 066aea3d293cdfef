"""How many requests that were resolved came back? (docs/kpi.md K8)"""

from __future__ import annotations

from datetime import datetime, timedelta

from tkt.durations import parse_duration
from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Headline, Kpi, Row, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population


def reopen(population: Population) -> Kpi:
    """Tickets first resolved in the window whose reopen window has passed, and those that came back in it.

    Tickets whose reopen window still runs may come back yet: they are counted apart as `immature`.
    """
    seconds = parse_duration(population.config.workflow.closing.reopen_window, days=True)
    within = timedelta(seconds=seconds)
    first = list(population.first_resolved)
    now = population.now
    ripe = [(life, at) for life, at in first if at + within <= now]
    immature = [life.id for life, at in first if at + within > now]
    back = [life.id for life, at in ripe if _is_back(life, at, at + within)]
    reopens = [
        life.id for life in population.present for at in life.reopens if population.window.contains(at)
    ]
    resolved = count([life.id for life, _ in ripe], "resolved")
    share = rate(len(back), len(ripe), "rate")
    return Kpi(
        name="reopen",
        title=msg("Reopened tickets"),
        grids=(
            Grid(
                (msg("n"), msg("reopened"), msg("rate")),
                (Row(msg("first resolved in the window"), (resolved, count(back, "reopened"), share)),),
            ),
            Grid(
                (msg("number"),),
                (
                    Row(msg("not counted yet: the reopen window still runs"), (count(immature, "immature"),)),
                    Row(msg("reopens in the window, all tickets"), (count(reopens, "reopens"),)),
                    Row(msg("reopen window"), (Figure(("within_s",), seconds, "seconds"),)),
                ),
            ),
        ),
        headline=(Headline(msg("reopen rate"), share, resolved),),
    )


def _is_back(life: Life, since: datetime, until: datetime) -> bool:
    reopens = life.facts.reopens
    return bool(reopens) and any(since <= again <= until for again in reopens)

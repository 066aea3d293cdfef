"""Is the service level the same for all customers?"""

from __future__ import annotations

from tkt.i18n import _, msg
from tkt.kpis.attainment import attainment
from tkt.kpis.figures import Kpi
from tkt.kpis.life import Life
from tkt.render.layout import Cell, PageGrid
from tkt.reports.laying import counted_cell, value_cell
from tkt.reports.material import Material
from tkt.reports.parts import Part, section_of, short

_SHOWN = ("first_response", "next_response", "resolution", "tickets")
FEW = 5


def tiers(material: Material) -> Part:
    """Service level attainment (K3) by the customers' tier, as it was when each ticket was opened."""
    found = {tier: attainment(material.population.of(lives)) for tier, lives in _by_tier(material).items()}
    names = sorted(found, key=lambda name: (name is None, name or ""))
    heads = (
        _("tier"),
        _("first response"),
        _("next response"),
        _("resolution"),
        _("without breach"),
    )
    rows = tuple((short(name) or _("none"), *_cells(found[name], material)) for name in names)
    section = section_of(
        "tiers",
        msg("Service level by customer tier"),
        (PageGrid(heads, rows, name="tiers"),),
        empty=msg("No service level was decided."),
        notes=(_("In brackets how many were decided; a rate over fewer than 5 says little."),)
        if rows
        else (),
    )
    data = {name or "none": {clock: _data(found[name], clock) for clock in _SHOWN} for name in names}
    return Part(section, data)


def _by_tier(material: Material) -> dict[str | None, list[Life]]:
    """Tier → the tickets with a cycle that the window may have decided."""
    found: dict[str | None, list[Life]] = {}
    population = material.population
    begun = (life for life in population.lives if life.started_at < population.window.end)
    open_then = [life for life in begun if not life.is_settled_before(population.window.start)]
    material.row_of.look_at(life.id for life in open_then)
    for life in open_then:
        row = material.row_of.get(life.id)
        tier = row.get("tier") if row is not None else None
        found.setdefault(None if tier is None else str(tier), []).append(life)
    return found


def _cells(kpi: Kpi, material: Material) -> list[Cell]:
    found = []
    for clock in _SHOWN:
        rate, n = kpi.value(clock, "rate"), kpi.value(clock, "n")
        shown = value_cell(rate, "rate", material.config)
        decided = n if isinstance(n, int) else 0
        found.append(counted_cell(shown, decided, tone="quiet" if decided < FEW else ""))
    return found


def _data(kpi: Kpi, clock: str) -> dict[str, object]:
    return {key: kpi.value(clock, key) for key in ("n", "met", "breached", "rate")}

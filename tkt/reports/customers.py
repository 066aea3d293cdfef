"""Which customers write how much, how were they served, and are they content?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from tkt.i18n import _, msg, render
from tkt.kpis.clients import Client, clients
from tkt.kpis.facts import LifeFacts
from tkt.kpis.figures import Term
from tkt.kpis.life import Life
from tkt.kpis.stats import share
from tkt.metrics import CUSTOMER, OF_CUSTOMER
from tkt.render.layout import Cell, Chart, PageGrid, Section
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of
from tkt.reports.laying import counted_cell, field_title, label_text, value_cell
from tkt.reports.material import Material
from tkt.reports.parts import more_text
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section

NUMBERS = ("K6", "K7", "K9")
SHOWN = (
    Shown("K0", ("created",), msg("created")),
    Shown("K5", ("at_to",), msg("open at the end")),
    Shown("K3", ("tickets", "breached"), msg("breached")),
    Shown("K6", ("csat",), msg("satisfaction")),
    Shown("K7", ("nps",), msg("NPS")),
    Shown("K9", ("by_customer",), msg("repeats")),
)
GROUPS = ("customer.tier", *OF_CUSTOMER)
LONGEST = 30
NONE = "none"
_PARTS = ("created", "open", "breached", "repeats")

Found = Mapping[str | None, Client]


def made(material: Material) -> Made:
    """A line a customer, then a line a tier, an industry and a region, then what they answered."""
    each = clients(material.population, customer_of)
    groups = {field: clients(material.population, customer_of, _group(material, field)) for field in GROUPS}
    known = {field: found for field, found in groups.items() if any(name is not None for name in found)}
    page = page_of(
        material,
        "customers",
        msg("Customers of {desk}", desk=material.config.desk.name),
        [
            _customers(material, each),
            *(_grouped(material, field, found) for field, found in known.items()),
            kpi_section(material, "K6"),
            kpi_section(material, "K7"),
            kpi_section(material, "K9"),
            by_section(material, SHOWN),
        ],
        comparing_notes(material),
    )
    data = data_of(
        material,
        customers={name or NONE: _json(it, material) for name, it in each.items()},
        **{
            f"by_{field.partition('.')[2]}": {name or NONE: _json(it, material) for name, it in found.items()}
            for field, found in groups.items()
        },
        **kpi_data(material, NUMBERS),
        **by_data(material, SHOWN),
    )
    return Made(page, data)


def customer_of(life: Life) -> str | None:
    """Whose a ticket is, as its `customer` says today, the case folded; None where nobody is named."""
    name = cast("LifeFacts", life.facts).groups(CUSTOMER)[0]
    return None if name is None else name.casefold()


def _group(material: Material, field: str) -> Callable[[str | None], str | None]:
    key = field.partition(".")[2]
    known = material.ground.customers
    return lambda customer: known.get(customer or "", {}).get(key)


def _customers(material: Material, each: Found) -> Section | None:
    if not each:
        return None
    known = material.ground.customers
    rows = tuple(
        (
            known.get(name or "", {}).get("name") or name or _(NONE),
            known.get(name or "", {}).get("tier", ""),
            *_cells(it, material),
        )
        for name, it in list(each.items())[:LONGEST]
    )
    chart = Chart(kind="bar", columns=(2,), is_lying=True)
    grid = PageGrid(
        (_("customer"), _("tier"), *_heads()),
        rows,
        more_text(len(each) - LONGEST),
        words=frozenset({1}),
        chart=chart,
        name="customers",
    )
    return Section(_("By customer"), (grid,), (_nps_note(), *_ids(each, material)), name="customers")


def _grouped(material: Material, field: str, found: Found) -> Section:
    config = material.config
    name = field_title(config, field)
    rows = tuple(
        (label_text(Term(field, value), config), *_cells(it, material))
        for value, it in list(found.items())[:LONGEST]
    )
    chart = Chart(kind="bar", columns=(1,), is_lying=True)
    anchor = field.replace(".", "-")
    grid = PageGrid((name, *_heads()), rows, more_text(len(found) - LONGEST), chart=chart, name=anchor)
    notes = (_nps_note(), *_ids(found, material))
    return Section(render(msg("By {field}", field=name)), (grid,), notes, name=anchor)


def _nps_note() -> str:
    return _("NPS with the number of customers who answered in brackets; with fewer than 30 it says little.")


def _heads() -> tuple[str, ...]:
    return (
        _("created"),
        _("open at the end"),
        _("breached"),
        _("repeats"),
        _("answers"),
        _("satisfaction"),
        _("NPS"),
    )


def _cells(it: Client, material: Material) -> tuple[Cell, ...]:
    config = material.config
    return (
        *(value_cell(len(getattr(it, part)), "count", config) for part in _PARTS),
        value_cell(len(it.answers), "count", config),
        value_cell(_csat(it), "rate", config),
        counted_cell(value_cell(it.nps, "number", config), len(it.scores)),
    )


def _csat(it: Client) -> float | None:
    return share(sum(rating.is_positive for _, rating in it.answers), len(it.answers))


def _ids(found: Found, material: Material) -> tuple[str, ...]:
    if not material.asked.ids:
        return ()
    return tuple(
        f"{name or NONE}.{part}: {' '.join(ids)}"
        for name, it in found.items()
        for part in _PARTS
        if (ids := getattr(it, part))
    )


def _json(it: Client, material: Material) -> dict[str, Any]:
    ids = {part: getattr(it, part) for part in _PARTS}
    return {
        **{part: len(found) for part, found in ids.items()},
        "answered": len(it.answers),
        "csat": _csat(it),
        "nps_n": len(it.scores),
        "nps": it.nps,
        **({"ids": ids} if material.asked.ids else {}),
    }

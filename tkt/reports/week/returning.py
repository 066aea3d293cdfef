"""What comes again, and what grows?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tkt.i18n import _, msg, render
from tkt.kpis.trend import NONE, Thresholds, thresholds_in
from tkt.render.layout import Cell, PageGrid
from tkt.reports.laying import label_text, value_cell
from tkt.reports.material import Material
from tkt.reports.parts import Entry, Part, section_of, tickets_data, tickets_grid

_HEADS = ("n", "previous", "change", "year_before", "year_change", "share", "rising")


def returning(material: Material) -> Part:
    """The categories that grew enough for a flag (K13), and the tickets of the window that repeat one (K9)."""
    repeats = list(_repeats(material))
    rates = {name: material.kpi("K9").value(name) for name in ("by_customer_rate", "by_problem_rate")}
    section = section_of(
        "returning",
        msg("What comes again, and what grows"),
        (
            rising_grid(material),
            tickets_grid("repeats", msg("repeats"), repeats, (_("repeat of"),), material.config),
        ),
        empty=msg("Nothing repeats, and no category grew enough for a flag."),
        notes=_notes(material, rates["by_customer_rate"]),
    )
    data = {"rising": rising_data(material), "repeats": {**tickets_data(repeats), **rates}}
    return Part(section, data)


def _notes(material: Material, rate: Any) -> Iterator[str]:
    limits = thresholds_in(material.config.reports.thresholds)
    shown = value_cell(rate, "rate", material.config)
    yield render(msg("Repeats are {share} of what was received.", share=shown))
    yield flag_note(limits)


def flag_note(limits: Thresholds) -> str:
    """When a category is flagged."""
    return render(
        msg(
            "A category is flagged where it grew by {rise} or more against the window before, and the larger of both counts is {least} or more.",
            rise=f"{limits.rise:.0%}",
            least=f"{limits.at_least:g}",
        )
    )


def rising_grid(material: Material) -> PageGrid:
    """The flagged categories, the largest first."""
    heads = (_("category that grew"), _("n"), _("before"), _("change"), _("a year before"))
    config = material.config
    rows = tuple(
        (
            label_text(row.label, config),
            value_cell(row.figures[0].value, "count", config),
            value_cell(row.figures[1].value, "count", config),
            _flagged(row.figures[2].value),
            value_cell(row.figures[3].value, "count", config),
        )
        for row in material.kpi("K13").grids[0].rows
        if row.figures[-1].value
    )
    return PageGrid(heads, rows, name="rising")


def _flagged(change: Any) -> Cell:
    """`▲ +45%`; the sign says it without colour too."""
    if not isinstance(change, (int, float)):
        return Cell(f"▲ {_('new')}", tone="warn")
    return Cell(f"▲ {signed_share(change)}", value=change, tone="warn")


def signed_share(change: float) -> str:
    """`+45%`, `−33%`."""
    return f"{change:+.0%}".replace("-", "−")


def rising_data(material: Material) -> list[dict[str, Any]]:
    """The same: `category` and the figures of K13."""
    return [
        {
            "category": None if row.figures[0].key[1] == NONE else row.figures[0].key[1],
            **{name: it.value for name, it in zip(_HEADS, row.figures, strict=True) if name != "rising"},
            "ids": list(row.figures[0].ids or ()),
        }
        for row in material.kpi("K13").grids[0].rows
        if row.figures[-1].value
    ]


def _repeats(material: Material) -> Iterator[Entry]:
    earlier, created = material.population.repeats.earlier, material.population.created
    for life in created:
        before = earlier.get(life.id)
        row = material.row_of.get(life.id) if before is not None else None
        if before is not None and row is not None:
            yield Entry(row, (Cell(before, ticket=before),), {"repeats": before})

"""Which categories and which causes grew?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tkt.i18n import _, msg
from tkt.kpis.stats import share
from tkt.kpis.trend import Thresholds, thresholds_in
from tkt.kpis.window import previous
from tkt.render import words
from tkt.render.layout import Cell, PageGrid
from tkt.reports.laying import value_cell
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Part, more_text, recorded_cause, section_of
from tkt.reports.week.returning import flag_note, rising_data, rising_grid, signed_share

NONE = ""


def grown(material: Material) -> Part:
    """The categories flagged by K13, and the recorded causes of what was resolved, beside the time before."""
    before = material.during(previous(material.window))
    now_of, before_of = (_causes(it) for it in (material, before))
    limits = thresholds_in(material.config.reports.thresholds)
    section = section_of(
        "grown",
        msg("What grew"),
        (rising_grid(material), _causes_grid(now_of, before_of, limits, material)),
        empty=msg("No category grew enough for a flag, and no cause was recorded."),
        notes=(flag_note(limits),),
    )
    names = _ordered(now_of, before_of)
    data = {
        "rising": rising_data(material),
        "causes": [
            {
                "cause": name or None,
                "n": now_of[name],
                "before": before_of[name],
                "rising": bool(name) and limits.flags(now_of[name], before_of[name]),
            }
            for name in names
        ],
    }
    return Part(section, data)


def _causes(material: Material) -> Counter[str]:
    """Cause → how many of the tickets resolved in the window; where none is recorded under the empty name."""
    found: Counter[str] = Counter()
    resolved = [life.id for life, _at in material.population.resolved]
    material.row_of.look_at(resolved)
    for ticket in resolved:
        found[recorded_cause(material.row_of.get(ticket)) or NONE] += 1
    return found


def _ordered(now_of: Counter[str], before_of: Counter[str]) -> list[str]:
    """The most frequent first, what is not recorded last."""
    return sorted({*now_of, *before_of}, key=lambda name: (not name, -now_of[name], name))


def _causes_grid(
    now_of: Counter[str], before_of: Counter[str], limits: Thresholds, material: Material
) -> PageGrid:
    heads = (_("cause of what was resolved"), _("n"), _("before"), _("change"))
    names = _ordered(now_of, before_of)
    known = [name for name in names if name]
    rows = tuple(_row(name, now_of, before_of, limits, material) for name in names[:MOST]) if known else ()
    return PageGrid(heads, rows, more_text(len(names) - MOST), name="causes")


def _row(
    name: str, now_of: Counter[str], before_of: Counter[str], limits: Thresholds, material: Material
) -> tuple[str, ...]:
    config, now, before = material.config, now_of[name], before_of[name]
    change: Any = share(now - before, before)
    shown = signed_share(change) if isinstance(change, float) else ""
    is_rising = bool(name) and limits.flags(now, before)
    cell = (
        Cell(f"▲ {shown or _('new')}", value=change, tone="warn") if is_rising else Cell(shown, value=change)
    )
    label = words.cause_name(config, name) if name else _("not recorded")
    return (label, value_cell(now, "count", config), value_cell(before, "count", config), cell)

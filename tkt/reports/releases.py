"""What did each release do to the requests? (docs/kpi.md K15)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tkt.i18n import _, msg, render
from tkt.render.layout import Chart, Section
from tkt.reports import Made
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.sections import kpi_data, kpi_section

NUMBERS = ("K15",)
_CHART = Chart(kind="bar", columns=(3, 4), unit="number", is_lying=True)


def made(material: Material) -> Made:
    """Of each release in the window the tickets a day by category, before it and after it."""
    page = page_of(
        material,
        "releases",
        msg("Releases, {desk}", desk=material.config.desk.name),
        [_section(material)],
        _notes(material),
    )
    return Made(page, data_of(material, **kpi_data(material, NUMBERS)))


def _section(material: Material) -> Section | None:
    """A release that stands alone is named in the title; of several each one above its own picture."""
    kpi = material.kpi("K15")
    section = kpi_section(material, "K15", dict.fromkeys(range(len(kpi.grids)), _CHART))
    if section is None or len(section.grids) != 1:
        return section
    named = msg("{title}: {part}", title=section.title, part=section.grids[0].heads[0])
    return replace(section, title=render(named))


def _notes(material: Material) -> Iterator[str]:
    if not material.kpi("K15").grids:
        yield _(
            "No release in the window: --last quarter looks further; releases in config/reports.yaml says what one is."
        )

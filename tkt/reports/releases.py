"""What did each release do to the requests? (docs/kpi.md K15)"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.i18n import _, msg
from tkt.render.layout import Chart
from tkt.reports import Made
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.sections import kpi_data, kpi_section

NUMBERS = ("K15",)
_CHART = Chart(kind="bar", columns=(3, 4), unit="number", is_lying=True)


def made(material: Material) -> Made:
    """Of each release in the window the tickets a day by category, before it and after it."""
    kpi = material.kpi("K15")
    page = page_of(
        material,
        "releases",
        msg("Releases, {desk}", desk=material.config.desk.name),
        [kpi_section(material, "K15", dict.fromkeys(range(len(kpi.grids)), _CHART))],
        _notes(material),
    )
    return Made(page, data_of(material, **kpi_data(material, NUMBERS)))


def _notes(material: Material) -> Iterator[str]:
    if not material.kpi("K15").grids:
        yield _(
            "No release in the window: --last quarter looks further; releases in config/reports.yaml says what one is."
        )

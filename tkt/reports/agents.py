"""Who resolved and answered what? Alphabetical, for coaching, never as a ranking. (docs/kpi.md K14)"""

from __future__ import annotations

from tkt.i18n import _, msg
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section

NUMBERS = ("K14", "K16", "K20")
SHOWN = (
    Shown("K2", ("n",), msg("resolved")),
    Shown("K2", ("median_s",), msg("median")),
    Shown("K6", ("answered",), msg("answers")),
    Shown("K6", ("csat",), msg("satisfaction")),
)


def made(material: Material) -> Made:
    """What each person resolved and wrote, what kinds of tickets they had, and through how many hands tickets went."""
    page = page_of(
        material,
        "agents",
        msg("By agent, {desk}", desk=material.config.desk.name),
        [*(kpi_section(material, number) for number in NUMBERS), by_section(material, SHOWN)],
        [
            _("Numbers of unlike work are not alike: look at the case mix first, and talk to people."),
            *comparing_notes(material),
        ],
    )
    return Made(page, data_of(material, **kpi_data(material, NUMBERS), **by_data(material, SHOWN)))

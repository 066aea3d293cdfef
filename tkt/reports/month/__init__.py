"""How did the month go, what grew, and what was learnt? (docs/reports.md, The month)"""

from __future__ import annotations

from collections.abc import Callable

from tkt.i18n import msg
from tkt.reports import Made
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.month.course import course
from tkt.reports.month.figures import figures
from tkt.reports.month.grown import grown
from tkt.reports.month.knowledge import knowledge
from tkt.reports.month.learnt import learnt
from tkt.reports.month.tiers import tiers
from tkt.reports.parts import Part

SECTIONS: tuple[Callable[[Material], Part], ...] = (figures, course, grown, learnt, tiers, knowledge)


def made(material: Material) -> Made:
    """The review of a month, or of whatever window it is. Errors: as `Material.kpi`."""
    parts = [section(material) for section in SECTIONS]
    title = msg("Monthly review of {desk}", desk=material.config.desk.name)
    page = page_of(material, "month", title, (part.section for part in parts))
    return Made(page, data_of(material, **{part.section.name: part.data for part in parts}))

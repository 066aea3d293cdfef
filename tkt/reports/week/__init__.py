"""What does a team talk about once a week: what happened, what lies, who does what next? (docs/reports.md, The week)

One section a file, in the order in which a team goes through them. What happened is of the window; what is
open, lies about or is to come is as it is now.
"""

from __future__ import annotations

from collections.abc import Callable

from tkt.i18n import msg
from tkt.reports import Made
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.parts import Part
from tkt.reports.week.actions import actions
from tkt.reports.week.articles import articles
from tkt.reports.week.contributors import contributors
from tkt.reports.week.headline import headline
from tkt.reports.week.late import late
from tkt.reports.week.load import load
from tkt.reports.week.low_scores import low_scores
from tkt.reports.week.lying import lying
from tkt.reports.week.oldest import oldest
from tkt.reports.week.promises import promises
from tkt.reports.week.returning import returning

SECTIONS: tuple[Callable[[Material], Part], ...] = (
    headline,
    actions,
    late,
    oldest,
    lying,
    promises,
    low_scores,
    returning,
    load,
    articles,
    contributors,
)


def made(material: Material) -> Made:
    """The weekly review of the window. Errors: as `Material.rows`; ConfigError for a query of `neglect`."""
    parts = [section(material) for section in SECTIONS]
    title = msg("Weekly review of {desk}", desk=material.config.desk.name)
    page = page_of(material, "week", title, (part.section for part in parts))
    return Made(page, data_of(material, **{part.section.name.replace("-", "_"): part.data for part in parts}))

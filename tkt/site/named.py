"""What do the reports of config/reports.yaml look like on the dashboard?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tkt.i18n import _, msg, render
from tkt.metrics import grouping_field
from tkt.render.layout import Cell, Page, PageGrid, Section
from tkt.reports import KINDS
from tkt.reports.asked import Asked
from tkt.reports.heading import facts_of_page
from tkt.reports.laying import window_text
from tkt.reports.material import Material, query_in
from tkt.reports.named import asked_of, named_reports
from tkt.site.pages import Content

FOLDER = "reports"
INDEX = f"{FOLDER}/index.html"
_KIND = "kpi"


def report_path(name: str) -> str:
    """`reports/monthly.html`."""
    return f"{FOLDER}/{name}.html"


def report_link(name: str) -> str:
    """The page of a report, seen from their list."""
    return f"{name}.html"


def contents(material: Material) -> Mapping[str, Content]:
    """The desk's own reports by their names. Errors: UsageError, QueryError for what cannot be asked."""
    config = material.config
    found = {}
    for name, declared in named_reports(config).items():
        looked = _look(material, asked_of(name, declared))
        found[name] = Content(page=KINDS[_KIND].made(looked).page, lead=render(window_text(looked.window)))
    return found


def _look(material: Material, asked: Asked) -> Material:
    """The same desk at the same time, asked something else: what was read of its tickets serves again."""
    ground = material.ground
    query = query_in(material.desk, asked.query, ground.now)
    facts = ground.facts
    if not query.is_empty:
        ids = {row.id for row in material.desk.matching(query, ground.now).rows}
        facts = [each for each in facts if each.id in ids]
    by = None if asked.by is None else grouping_field(asked.by, material.config)
    fresh = replace(ground, asked=asked, by=by, facts=facts, populations={}, kpis={}, reports={})
    window = material.window if asked.window is None else asked.window(material.zone, ground.now)
    return Material(ground=fresh, window=window)


def index_content(material: Material, reports: Mapping[str, Content]) -> Content:
    """Their titles, each a link to its page."""
    lines = tuple((Cell(content.page.title, ticket=name), content.lead) for name, content in reports.items())
    grid = PageGrid((_("report"), _("window")), lines, words=frozenset({1}), name="reports")
    page = Page(
        title=render(msg("Reports of {desk}", desk=material.config.desk.name)),
        facts=tuple(facts_of_page(material)),
        sections=(Section(_("Reports of the desk"), (grid,), name="reports"),),
        name="reports",
    )
    return Content(page=page)

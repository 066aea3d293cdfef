"""What does the report of all key figures say?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tkt.kpis import KPIS
from tkt.render.layout import Page
from tkt.report import kpi_page
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import facts_of_page, lead_of, left_out, window_json
from tkt.reports.material import Material
from tkt.reports.sections import kpi_data, kpi_section


def made(material: Material) -> Made:
    """Every key figure of the window, or those that were chosen; again for each value of what is grouped by."""
    report = material.report
    data = report.json(ids=material.asked.ids)
    page = kpi_page(report, material.config, ids=material.asked.ids)
    if material.asked.compare:
        page, data = _compared(page, material), {**data, **_beside(material)}
    if not any(kpi.name == "" for kpi in report.kpis):  # K0, which says what was left out
        page, data = replace(page, facts=tuple(facts_of_page(material))), {**data, **left_out(material)}
    return Made(replace(page, title=material.asked.title or page.title), data)


def _compared(page: Page, material: Material) -> Page:
    """The same with each section beside the other window; groups stay as they are."""
    sections = [it for it in page.sections if it.name == "by"]
    sections += [it for number in _numbers(material) if (it := kpi_section(material, number)) is not None]
    return replace(
        page,
        facts=tuple(facts_of_page(material)),
        lead=lead_of(material.window, material.asked.compared(material.window)),
        sections=tuple(sections),
        notes=(*page.notes, *comparing_notes(material)),
    )


def _beside(material: Material) -> dict[str, Any]:
    found = kpi_data(material, _numbers(material))
    then = material.then or material
    return {"compared": window_json(then.window), "then": found["then"], "change": found["change"]}


def _numbers(material: Material) -> list[str]:
    """The numbers of the figures that the report holds."""
    return [number for number in KPIS if (material.window, number) in material.ground.kpis]

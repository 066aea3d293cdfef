"""How is the report of key figures laid out? Chooses and lays out, computes nothing.

The pages are in the reader's language (`tkt.i18n.activate`) and hold plain strings.
"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.i18n import _, msg, render
from tkt.kpis.figures import Headline, Term
from tkt.metrics import Group, KpiReport
from tkt.render.layout import Cell, Page, PageGrid, Section
from tkt.render.times import stamp
from tkt.reports.laying import (
    commit_text,
    counted_cell,
    field_title,
    figure_cell,
    figure_section,
    label_text,
    window_notes,
    window_text,
)
from tkt.schema import Configuration


def kpi_page(report: KpiReport, config: Configuration, *, ids: bool = False) -> Page:
    """The KPI report as a page; with `ids` the tickets behind each count below its section."""
    sections = [figure_section(kpi, config, ids=ids) for kpi in report.kpis]
    if report.by is not None:
        sections.insert(0, _comparison(report.by, report.groups, config))
    return Page(
        title=render(msg("Key figures of {desk}", desk=config.desk.name)),
        facts=tuple(_facts(report)),
        sections=tuple(sections),
        notes=tuple(window_notes(report.window, report.now, internal=report.internal)),
        name="kpi",
        lead=window_text(report.window),
    )


def _facts(report: KpiReport) -> Iterator[tuple[str, str]]:
    window = report.window
    yield _("window"), window_text(window)
    yield _("now"), stamp(report.now, window.zone)
    yield _("commit"), commit_text(report.commit, report.clean)
    yield _("tickets"), report.query or _("all")


def _comparison(by: str, groups: tuple[Group, ...], config: Configuration) -> Section:
    """One row a group, with the headlines of every KPI."""
    heads = [render(each.head) for kpi in groups[0].kpis for each in kpi.headline] if groups else []
    rows = tuple(
        (
            label_text(Term(by, group.value), config),
            *(_headline(each, config) for kpi in group.kpis for each in kpi.headline),
        )
        for group in groups
    )
    field = field_title(config, by)
    notes = (
        _("Times and rates with their n in brackets; times are medians, open is at the end of the window."),
    )
    return Section(
        render(msg("By {field}", field=field)), (PageGrid((field, *heads), rows),), notes, name="by"
    )


def _headline(headline: Headline, config: Configuration) -> Cell:
    shown = figure_cell(headline.figure, config)
    if headline.n is None:
        return shown
    n = headline.n.value
    return counted_cell(shown, n if isinstance(n, int) else 0)

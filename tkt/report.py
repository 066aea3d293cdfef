"""How is a report laid out? Builds pages from metrics: chooses and lays out, computes nothing.

The pages are in the reader's language (`tkt.i18n.activate`) and hold plain strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tkt.durations import duration_text
from tkt.i18n import Message, _, current_language, msg, msgn, render
from tkt.kpis.figures import Figure, Grid, Headline, Kpi, Label, Row, Term
from tkt.metrics import NONE, Group, KpiReport
from tkt.render import words
from tkt.render.layout import Page, PageGrid, Section, page_text
from tkt.render.times import stamp
from tkt.schema import Configuration
from tkt.schema.base import Labelled, words_in

TEMPLATE = "report/kpi.md.j2"
SHORT_COMMIT = 10


def kpi_page(report: KpiReport, config: Configuration, *, ids: bool = False) -> Page:
    """The KPI report as a page; with `ids` the tickets behind each count below its section."""
    sections = [_section(kpi, config, ids) for kpi in report.kpis]
    if report.by is not None:
        sections.insert(0, _comparison(report.by, report.groups, config))
    return Page(
        title=render(msg("Key figures of {desk}", desk=config.desk.name)),
        facts=tuple(_facts(report)),
        sections=tuple(sections),
        notes=tuple(_notes(report)),
    )


def kpi_text(
    report: KpiReport, config: Configuration, columns: int | None = None, *, ids: bool = False
) -> str:
    """The report as plain text, fitted into `columns` where given."""
    return page_text(kpi_page(report, config, ids=ids), columns)


def kpi_markdown(
    report: KpiReport, config: Configuration, desk: Path | None = None, *, ids: bool = False
) -> str:
    """The report as Markdown; a desk's own templates come first. Errors: PageError."""
    from tkt.render.markdown import page_markdown

    return page_markdown(kpi_page(report, config, ids=ids), TEMPLATE, desk)


def _facts(report: KpiReport) -> Iterator[tuple[str, str]]:
    window = report.window
    yield (
        _("window"),
        render(
            msg(
                "{start} to {end} {zone} (end excluded)",
                start=stamp(window.start, window.zone),
                end=stamp(window.end, window.zone),
                zone=window.zone,
            )
        ),
    )
    yield _("now"), stamp(report.now, window.zone)
    yield _("commit"), _commit(report)
    yield _("tickets"), report.query or _("all")


def _commit(report: KpiReport) -> str:
    if report.commit is None:
        return _("none")
    commit = report.commit[:SHORT_COMMIT]
    if report.clean is None:
        return commit
    if report.clean:
        return render(msg("{commit}, working tree clean", commit=commit))
    return render(msg("{commit}, and changes that are not committed", commit=commit))


def _notes(report: KpiReport) -> Iterator[str]:
    if report.internal:
        yield _("Requests of the house itself; customers' requests are left out.")
    if report.window.end > report.now:
        yield _("The window is not over: the figures at its end are those of now.")


def _section(kpi: Kpi, config: Configuration, ids: bool) -> Section:
    grids = tuple(_grid(grid, config) for grid in kpi.grids if grid.rows)
    behind = tuple(_ids_lines(kpi)) if ids else ()
    return Section(render(kpi.title), grids, (*(render(note) for note in kpi.notes), *behind))


def _grid(grid: Grid, config: Configuration) -> PageGrid:
    shown = grid.rows[: grid.longest]
    hidden = len(grid.rows) - len(shown)
    heads = (render(grid.about or ""), *(_label(head, config) for head in grid.heads))
    note = render(msgn("and one more", "and {count} more", hidden)) if hidden else ""
    return PageGrid(heads, tuple(_row(row, len(heads), config) for row in shown), note)


def _row(row: Row, cells: int, config: Configuration) -> tuple[str, ...]:
    figures = [_shown(figure, config) for figure in row.figures]
    return (_label(row.label, config), *figures, *[""] * (cells - 1 - len(figures)))


def _comparison(by: str, groups: tuple[Group, ...], config: Configuration) -> Section:
    """One row a group, with the headlines of every KPI."""
    heads = [render(each.head) for kpi in groups[0].kpis for each in kpi.headline] if groups else []
    rows = tuple(
        (
            _label(Term(by, group.value), config),
            *(_headline(each, config) for kpi in group.kpis for each in kpi.headline),
        )
        for group in groups
    )
    field = words.field_name(config, by)
    notes = (
        _("Times and rates with their n in brackets; times are medians, open is at the end of the window."),
    )
    return Section(render(msg("By {field}", field=field)), (PageGrid((field, *heads), rows),), notes)


def _headline(headline: Headline, config: Configuration) -> str:
    shown = _shown(headline.figure, config)
    return f"{shown} ({_shown(headline.n, config)})" if headline.n is not None else shown


def _ids_lines(kpi: Kpi) -> Iterator[str]:
    for figure in kpi.figures():
        if figure.ids:
            yield f"{'.'.join(figure.key)}: {' '.join(figure.ids)}"


def _shown(figure: Figure, config: Configuration) -> str:
    """The value as people read it; n/a where there is none (docs/kpi.md K0)."""
    value = figure.value
    if value is None:
        return _("n/a")
    if isinstance(value, str):
        return words.status_name(config, value) if figure.unit == "status" else value
    if figure.unit == "flag":
        return _("yes") if value else ""
    if figure.unit == "seconds":
        return duration_text(round(value), current_language())
    if figure.unit == "rate":
        return f"{value:.1%}"
    if figure.unit == "coefficient":
        return f"{value:+.2f}"
    return f"{value:,d}" if isinstance(value, int) else f"{value:,.1f}"


def _label(label: Label, config: Configuration) -> str:
    if isinstance(label, Message):
        return render(label)
    if label.value is None:
        return _(NONE)
    named = _NAMES.get(label.field)
    return named(config, label.value) if named else label.value


def _uncounted(config: Configuration, reason: str) -> str:
    return words_in(config.workflow.uncounted.get(reason, reason), current_language(), reason)


def _named(declared: Mapping[str, Labelled], name: str) -> str:
    return declared[name].label(current_language(), name) if name in declared else name


_NAMES: Mapping[str, Callable[[Configuration, str], str]] = {
    "status": words.status_name,
    "owner": words.person_name,
    "team": words.team_name,
    "priority": words.priority_name,
    "type": lambda config, name: _named(config.taxonomy.of_type, name),
    "category": lambda config, name: words.category_name(config, config.type_of_category(name), name),
    "channel": lambda config, name: _named(config.channels.channels, name),
    "product": lambda config, name: _named(config.taxonomy.products, name),
    "uncounted": _uncounted,
    "clock": lambda config, name: words.clock_name(name, config),
}

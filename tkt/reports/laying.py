"""How do figures become cells, grids and sections of a page, in the reader's language?

A cell keeps the value behind its words: charts, sorting and CSV take that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tkt.durations import duration_text
from tkt.i18n import N_, Message, _, current_language, msg, msgn, render
from tkt.kpis.figures import Figure, Grid, Kpi, Label, Row
from tkt.kpis.window import Window
from tkt.metrics import NONE
from tkt.render import words
from tkt.render.layout import Cell, Chart, PageGrid, Section, Tone
from tkt.render.times import stamp
from tkt.schema import Configuration
from tkt.schema.base import Labelled, words_in

SHORT_COMMIT = 10


def figure_cell(figure: Figure, config: Configuration) -> Cell:
    """The value as people read it; n/a where there is none (docs/kpi.md K0)."""
    value = figure.value
    plain = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    return Cell(_shown(figure, config), value=plain)


def value_cell(value: float | int | str | None, unit: Any, config: Configuration) -> Cell:
    """A number of one of the units of figures: `count`, `seconds`, `rate` …"""
    return figure_cell(Figure((), value, unit), config)


def counted_cell(shown: Cell, n: int, *, tone: Tone = "") -> Cell:
    """`87.5% (16)`: a number with the n that it stands on."""
    return Cell(f"{shown} ({n:,d})", value=shown.value, tone=tone, n=n)


def _shown(figure: Figure, config: Configuration) -> str:
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


def label_text(label: Label, config: Configuration) -> str:
    """What a row or column is called."""
    if isinstance(label, Message):
        return render(label)
    if label.value is None:
        return _(NONE)
    named = _NAMES.get(label.field)
    return named(config, label.value) if named else label.value


def figure_section(
    kpi: Kpi, config: Configuration, *, ids: bool = False, charts: Mapping[int, Chart] | None = None
) -> Section:
    """A key figure as a section; with `ids` the tickets behind each count below it.

    `charts`: how the grid at a place of `kpi.grids` is drawn.
    """
    chosen = charts or {}
    grids = tuple(
        figure_grid(grid, config, chart=chosen.get(place))
        for place, grid in enumerate(kpi.grids)
        if grid.rows
    )
    behind = tuple(ids_lines(kpi, config)) if ids else ()
    return Section(
        render(kpi.title),
        grids,
        (*(render(note) for note in kpi.notes), *behind),
        name=kpi.name.replace("_", "-") or "tickets",
    )


def figure_grid(
    grid: Grid, config: Configuration, *, chart: Chart | None = None, name: str = "", longest: int = 0
) -> PageGrid:
    """A grid of figures as one of a page; its longest lists are cut, and it says so. `longest`: at most so many."""
    limit = longest or grid.longest
    found = tuple(row for row in grid.rows if says_something(row))
    shown = found[:limit]
    hidden = len(found) - len(shown)
    heads = (render(grid.about or ""), *(label_text(head, config) for head in grid.heads))
    note = render(msgn("and one more", "and {count} more", hidden)) if hidden else ""
    rows = tuple(_row(row, len(heads), config) for row in shown)
    return PageGrid(heads, rows, note, chart=chart, name=name)


def says_something(row: Row) -> bool:
    """Whether more stands in a row than flags that are not set."""
    return any(figure.unit != "flag" or figure.value for figure in row.figures) or not row.figures


def _row(row: Row, cells: int, config: Configuration) -> tuple[str, ...]:
    figures = [figure_cell(figure, config) for figure in row.figures]
    return (label_text(row.label, config), *figures, *[""] * (cells - 1 - len(figures)))


FIELD_TITLES: Mapping[str, str] = {
    "customer.tier": N_("customer tier"),
    "customer.industry": N_("industry"),
    "customer.region": N_("region"),
}
"""What stands in customers' files, and is asked for as a field."""


def field_title(config: Configuration, field: str) -> str:
    """The label of a field that is grouped by."""
    return _(FIELD_TITLES[field]) if field in FIELD_TITLES else words.field_name(config, field)


def ids_lines(kpi: Kpi, config: Configuration) -> Iterator[str]:
    """`first response, breached: 261121-K7Q2M …`, a line a count."""
    for grid in kpi.grids:
        for row in grid.rows:
            for place, figure in enumerate(row.figures):
                if figure.ids:
                    yield ids_line(figure_label(grid, row, place, config), figure.ids)


def ids_line(label: str, ids: Iterable[str]) -> str:
    """The tickets behind a number."""
    return render(msg("{told}: {text}", told=label, text=" ".join(ids)))


def figure_label(grid: Grid, row: Row, place: int, config: Configuration) -> str:
    """What a figure is called, by itself: its row, and its column where there are several."""
    label = label_text(row.label, config)
    if len(grid.heads) <= 1 or place >= len(grid.heads):
        return label
    return render(msg("{row}: {column}", row=label, column=label_text(grid.heads[place], config)))


def window_text(window: Window) -> str:
    """The window as people read it."""
    return render(
        msg(
            "{start} to {end} {zone} (end excluded)",
            start=stamp(window.start, window.zone),
            end=stamp(window.end, window.zone),
            zone=window.zone,
        )
    )


def window_notes(window: Window, now: datetime, *, internal: bool) -> Iterator[str]:
    """What must be said of a window before its figures."""
    if internal:
        yield _("Requests of the house itself; customers' requests are left out.")
    if window.end > now:
        yield _("The window is not over: the figures at its end are those of now.")


def closed_notes(medians: Iterable[object]) -> Iterator[str]:
    """What must be said where a median of first responses is no time at all."""
    if any(isinstance(value, (int, float)) and round(value) == 0 for value in medians):
        yield _("A first response of 0 is in open time: it was answered while the desk was closed.")


def commit_text(commit: str | None, clean: bool | None) -> str:
    """What is checked out, and whether the files are as committed."""
    if commit is None:
        return _("none")
    shown = commit[:SHORT_COMMIT]
    if clean is None:
        return shown
    if clean:
        return render(msg("{commit}, working tree clean", commit=shown))
    return render(msg("{commit}, and changes that are not committed", commit=shown))


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
    "cause": words.cause_name,
}

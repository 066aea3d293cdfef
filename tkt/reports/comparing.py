"""How do the figures of a window stand beside those of another one? (docs/reports.md, Comparing)

Each figure is a line of its own: in the window, in the one compared with, and the change. A count or a duration
changes by a part of what it was, a rate and a score by points; where there is nothing to compare with, the change
is n/a.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tkt.i18n import _, msg, render
from tkt.kpis.figures import Figure, Grid, Kpi, Row
from tkt.kpis.stats import Number, share
from tkt.render.layout import Cell, PageGrid, Section
from tkt.reports.laying import figure_cell, figure_label, ids_lines, says_something
from tkt.reports.material import Material
from tkt.schema import Configuration

Key = tuple[str, ...]
_POINTS = ("rate", "coefficient", "points")
_NUMBERS = ("count", "number", "seconds", *_POINTS)
_FORMS = {"coefficient": "+.2f", "points": "+.1f"}


def compared_section(kpi: Kpi, then: Kpi | None, config: Configuration, *, ids: bool = False) -> Section:
    """A key figure beside itself in another window; `then` None: nothing is recorded of that one."""
    behind = tuple(ids_lines(kpi, config)) if ids else ()
    grids = kpi.grids
    return Section(
        render(kpi.title),
        tuple(_grid(grid, list(_rows(grid, then)), config) for grid in grids if grid.rows),
        (*(render(note) for note in kpi.notes), *behind),
        name=kpi.name.replace("_", "-") or "tickets",
    )


def change(now: Figure, then: Figure | None) -> Number | None:
    """By what part it grew, or by how much a rate did; None where either is n/a, or nothing was there before."""
    after, before = now.value, None if then is None else then.value
    if not _is_number(after) or not _is_number(before):
        return None
    difference = after - before  # type: ignore[operator]  # both are numbers
    return difference if now.unit in _POINTS else share(difference, before)  # type: ignore[arg-type]


def changes(kpi: Kpi, then: Kpi | None) -> Iterator[tuple[Key, Number | None]]:
    """The key of each figure that is a number → its change."""
    known = _by_key(then)
    for figure in kpi.figures():
        if figure.unit in _NUMBERS:
            yield figure.key, change(figure, _before(figure, known, then))


def _rows(grid: Grid, then: Kpi | None) -> Iterator[tuple[Row, int, Figure, Figure | None]]:
    """Each figure of each row with the one that was there before."""
    known = _by_key(then)
    for row in [row for row in grid.rows if says_something(row)][: grid.longest]:
        for place, figure in enumerate(row.figures):
            yield row, place, figure, _before(figure, known, then)


def _before(figure: Figure, known: Mapping[Key, Figure], then: Kpi | None) -> Figure | None:
    """What it was; a count of something that is not named in the other window was 0 there."""
    found = known.get(figure.key)
    if found is None and then is not None and figure.unit == "count":
        return Figure(figure.key, 0, "count", ())
    return found


def _by_key(kpi: Kpi | None) -> dict[Key, Figure]:
    return {} if kpi is None else {figure.key: figure for figure in kpi.figures()}


def _grid(
    grid: Grid, rows: Iterable[tuple[Row, int, Figure, Figure | None]], config: Configuration
) -> PageGrid:
    heads = (render(grid.about or ""), _("window"), _("compared with"), _("change"))
    return PageGrid(
        heads,
        tuple(
            (
                figure_label(grid, row, place, config),
                figure_cell(figure, config),
                _shown(figure, before, config),
                change_cell(figure, before),
            )
            for row, place, figure, before in rows
        ),
    )


def _shown(now: Figure, before: Figure | None, config: Configuration) -> Cell:
    return figure_cell(before or Figure(now.key, None, now.unit), config)


def change_cell(now: Figure, before: Figure | None) -> Cell:
    """`+12.5%`, `−3.2 points`, n/a; empty for what is no number."""
    if now.unit not in _NUMBERS:
        return Cell("")
    found = change(now, before)
    if found is None:
        return Cell(_("n/a"))
    if now.unit == "rate":
        return Cell(render(msg("{points} points", points=f"{100 * found:+.1f}")), value=found)
    return Cell(f"{found:{_FORMS.get(now.unit, '+.1%')}}", value=found)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# --- of a material ---


def is_recorded(then: Material | None) -> bool:
    """Whether anything had been received by the end of the window compared with."""
    return then is not None and any(life.started_at < then.window.end for life in then.population.lives)


def kpi_then(material: Material, number: str) -> Kpi | None:
    """A key figure of the window compared with; None without one, and where nothing is recorded of it."""
    then = material.then
    return then.kpi(number) if then is not None and is_recorded(then) else None


def comparing_notes(material: Material) -> Iterator[str]:
    """What must be said of the window compared with."""
    then = material.then
    if then is None:
        return
    yield _("Change: of counts and times by a part of what they were, of rates by percentage points.")
    if not is_recorded(then):
        yield _("Nothing is recorded of the window compared with.")
    elif any(then.window.start < life.started_at < then.window.end for life in _first(then)):
        yield _("Recording began within the window compared with.")


def _first(then: Material) -> tuple[Any, ...]:
    lives = then.population.lives
    return (min(lives, key=lambda life: life.started_at),) if lives else ()

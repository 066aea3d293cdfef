"""What do the tickets come from, and what repeats? (docs/kpi.md K9, K11, K19)"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tkt.errors import UsageError
from tkt.i18n import _, msg, render
from tkt.kpis.figures import Figure, Grid, Row, Term, count, rate
from tkt.kpis.stats import share
from tkt.render.layout import Chart, PageGrid, Section
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of
from tkt.reports.laying import figure_grid, label_text, value_cell
from tkt.reports.material import KEYWORDS, Material
from tkt.reports.parts import more_text, recorded_cause
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section, nested
from tkt.reports.tickets import ticket_grid

NUMBERS = ("K9", "K11", "K18")
SHOWN = (
    Shown("K0", ("created",), msg("created")),
    Shown("K9", ("by_customer",), msg("repeats")),
    Shown("K9", ("by_customer_rate",), msg("rate")),
    Shown("K9", ("by_problem",), msg("of a known cause")),
)
LONGEST = 25
NONE = "none"
_BAR = Chart(kind="bar", columns=(1,), is_lying=True)

Kinds = Mapping[tuple[str | None, str | None], list[str]]
"""Type and category → the tickets received in the window."""


def made(material: Material) -> Made:
    """Causes as they were recorded, kinds of tickets, repeats, known root causes, complaints, and words."""
    causes, kinds, roots = _causes(material), _kinds(material), _roots(material)
    words_, has_words = _words(material)
    page = page_of(
        material,
        "causes",
        msg("Causes, {desk}", desk=material.config.desk.name),
        [
            _causes_section(material, causes),
            _kinds_section(material, kinds),
            kpi_section(material, "K9"),
            _roots_section(material, roots),
            kpi_section(material, "K11", {0: _BAR}),
            kpi_section(material, "K18"),
            words_,
            by_section(material, SHOWN),
        ],
        comparing_notes(material),
    )
    numbers = (*NUMBERS, KEYWORDS) if has_words else NUMBERS
    return Made(page, _data(material, causes, kinds, roots, numbers))


def _data(
    material: Material, causes: Grid, kinds: Kinds, roots: Mapping[str, list[str]], numbers: Iterable[str]
) -> dict[str, Any]:
    figures = [figure for row in causes.rows for figure in row.figures]
    kind_rows = [
        {"type": kind, "category": category, "n": len(ids), **({"ids": ids} if material.asked.ids else {})}
        for (kind, category), ids in _ordered(kinds)
    ]
    root_rows = [
        {"cause": cause, "n": len(ids), **({"ids": ids} if material.asked.ids else {})}
        for cause, ids in roots.items()
    ]
    found = data_of(
        material,
        causes=nested((figure.key, figure.value) for figure in figures),
        kinds=kind_rows,
        root_causes=root_rows,
        **kpi_data(material, numbers),
        **by_data(material, SHOWN),
    )
    if material.asked.ids:
        found["ids"]["causes"] = nested((it.key, list(it.ids)) for it in figures if it.ids is not None)
    return found


# --- the causes that were recorded ---


def _causes(material: Material) -> Grid:
    """The cause that was given with the resolution of each ticket resolved in the window, as it is today."""
    found: dict[str | None, list[str]] = {}
    resolved = [life.id for life, _ in material.population.resolved]
    material.row_of.look_at(resolved)
    for ticket in resolved:
        found.setdefault(recorded_cause(material.row_of.get(ticket)), []).append(ticket)
    ordered = sorted(found.items(), key=lambda it: (it[0] is None, -len(it[1]), it[0] or ""))
    rows = (
        Row(
            Term("cause", cause),
            (count(ids, cause or NONE, "n"), rate(len(ids), len(resolved), cause or NONE, "share")),
        )
        for cause, ids in ordered
    )
    return Grid((msg("n"), msg("share")), tuple(rows), about=msg("cause"), longest=LONGEST)


def _causes_section(material: Material, causes: Grid) -> Section | None:
    if not causes.rows:
        return None
    note = _("The cause that was recorded with the resolution of the tickets resolved in the window.")
    notes = (note, *(_ids_of(row.figures[0]) for row in causes.rows if material.asked.ids))
    grid = figure_grid(causes, material.config, chart=_BAR, name="causes")
    return Section(_("Recorded causes"), (grid,), notes, name="causes")


def _ids_of(figure: Figure) -> str:
    return f"{'.'.join(figure.key)}: {' '.join(figure.ids or ())}"


# --- types and categories ---


def _kinds(material: Material) -> Kinds:
    found: dict[tuple[str | None, str | None], list[str]] = {}
    for life in material.population.created:
        story = material.population.story(life)
        found.setdefault((story.type, story.category), []).append(life.id)
    return found


def _ordered(kinds: Kinds) -> list[tuple[tuple[str | None, str | None], list[str]]]:
    """The most frequent first."""
    return sorted(kinds.items(), key=lambda it: (-len(it[1]), it[0][0] or "", it[0][1] or ""))


def _kinds_section(material: Material, kinds: Kinds) -> Section | None:
    if not kinds:
        return None
    config, total = material.config, len(material.population.created)
    ordered = _ordered(kinds)
    rows = tuple(
        (
            label_text(Term("category", category), config),
            label_text(Term("type", kind), config),
            value_cell(len(ids), "count", config),
            value_cell(share(len(ids), total), "rate", config),
        )
        for (kind, category), ids in ordered[:LONGEST]
    )
    heads = (_("category"), _("type"), _("n"), _("share"))
    chart = Chart(kind="bar", columns=(2,), is_lying=True)
    note = more_text(len(ordered) - LONGEST)
    grid = PageGrid(heads, rows, note, words=frozenset({1}), chart=chart, name="kinds")
    ids = (
        (f"{kind or NONE}/{category or NONE}: {' '.join(ids)}" for (kind, category), ids in ordered)
        if material.asked.ids
        else ()
    )
    return Section(_("What was asked about"), (grid,), tuple(ids), name="kinds")


# --- known root causes ---


def _roots(material: Material) -> dict[str, list[str]]:
    """A known root cause → the tickets of the window that are attached to it; the most first."""
    found: dict[str, list[str]] = {}
    for life in material.population.created:
        for cause in dict.fromkeys(material.population.story(life).causes):
            found.setdefault(cause, []).append(life.id)
    return dict(sorted(found.items(), key=lambda it: (-len(it[1]), it[0])))


def _roots_section(material: Material, roots: Mapping[str, list[str]]) -> Section | None:
    if not roots:
        return None
    config = material.config
    number: Callable[[str], str] = lambda cause: value_cell(len(roots[cause]), "count", config)  # noqa: E731
    grid = ticket_grid(material, _("cause"), roots, before={_("tickets"): number}, name="root-causes")
    ids = tuple(f"{cause}: {' '.join(its)}" for cause, its in roots.items()) if material.asked.ids else ()
    return Section(_("Known root causes of tickets received in the window"), (grid,), ids, name="root-causes")


# --- words ---


def _words(material: Material) -> tuple[Section | None, bool]:
    """K19, and whether it could be computed: words are told apart by a package that not everybody has."""
    try:
        return kpi_section(material, KEYWORDS, {0: _BAR}), True
    except UsageError as error:
        said = [render(error.message)] + ([render(error.hint)] if error.hint else [])
        return Section(_("Keywords"), (), tuple(said), name="keywords"), False

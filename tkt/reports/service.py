"""Were promises kept: by clock, priority, team and owner; why not, and which were missed worst? (docs/kpi.md K3)"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from tkt.clock import instant_text
from tkt.i18n import Message, _, msg
from tkt.kpis.attainment import Cycle, decided_at, decided_in
from tkt.kpis.facts import LifeFacts
from tkt.kpis.figures import Grid, Row, Term, count, rate
from tkt.kpis.life import Life, seconds_between
from tkt.render import words
from tkt.render.layout import Chart, PageGrid, Section
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of
from tkt.reports.laying import figure_grid, value_cell
from tkt.reports.material import Material
from tkt.reports.parts import priority_cell
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section, nested
from tkt.reports.tickets import LONGEST, ticket_grid

NUMBERS = ("K3", "K1", "K2")
SHOWN = (
    Shown("K3", ("tickets", "n"), msg("n")),
    Shown("K3", ("tickets", "breached"), msg("breached")),
    Shown("K3", ("tickets", "rate"), msg("rate")),
    Shown("K3", ("first_response", "rate"), msg("first response")),
    Shown("K3", ("resolution", "rate"), msg("resolution")),
)
_GROUPS: tuple[tuple[str, Message], ...] = (
    ("priority", msg("by priority")),
    ("team", msg("by team")),
    ("owner", msg("by owner")),
)
_HEADS = (msg("n"), msg("met"), msg("breached"), msg("rate"))
_RATES = Chart(kind="bar", columns=(4,), unit="rate", is_lying=True)
NONE = "none"


def made(material: Material) -> Made:
    """Attainment, who and what missed it, acknowledged causes, and the worst breaches with owner and next action."""
    decided = decided_in(material.population)
    groups = list(_groups(decided))
    late = _late(material, decided)
    page = page_of(
        material,
        "sla",
        msg("Service level of {desk}", desk=material.config.desk.name),
        [
            kpi_section(material, "K3", {0: _RATES}),
            by_section(material, SHOWN),
            Section(_("Who was promised what"), tuple(_group_grids(groups, material)), name="groups"),
            _worst(material, late),
            kpi_section(material, "K1"),
            kpi_section(material, "K2"),
        ],
        comparing_notes(material),
    )
    return Made(page, _data(material, groups, late))


def _data(
    material: Material, groups: Sequence[Grid], late: Sequence[tuple[str, Cycle, int]]
) -> dict[str, Any]:
    figures = (figure for grid in groups for row in grid.rows for figure in row.figures)
    return data_of(
        material,
        **kpi_data(material, NUMBERS),
        by_group=nested((figure.key, figure.value) for figure in figures),
        worst=[_worst_json(each) for each in late],
        **by_data(material, SHOWN),
    )


# --- by priority, team, owner ---


def _groups(decided: Mapping[str, Sequence[Cycle]]) -> Iterator[Grid]:
    """A grid a field: the decided cycles of all clocks, owner and priority as they were when it was decided."""
    cycles = [cycle for each in decided.values() for cycle in each]
    for field, about in _GROUPS:
        found: dict[str | None, list[Cycle]] = {}
        for cycle in cycles:
            found.setdefault(_VALUES[field](*cycle), []).append(cycle)
        ordered = sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
        yield Grid(_HEADS, tuple(_group_row(field, value, each) for value, each in ordered), about=about)


def _group_row(field: str, value: str | None, cycles: Sequence[Cycle]) -> Row:
    key = (field, value or NONE)
    met = [life.id for life, it in cycles if it.breached_at is None]
    late = [life.id for life, it in cycles if it.breached_at is not None]
    return Row(
        Term(field, value),
        (
            count([life.id for life, _ in cycles], *key, "n"),
            count(met, *key, "met"),
            count(late, *key, "breached"),
            rate(len(met), len(cycles), *key, "rate"),
        ),
    )


def _group_grids(groups: Sequence[Grid], material: Material) -> Iterator[PageGrid]:
    for (field, _about), grid in zip(_GROUPS, groups, strict=True):
        if grid.rows:
            chart = None if field == "owner" else _RATES
            yield figure_grid(grid, material.config, chart=chart, name=f"by-{field}", longest=LONGEST)


def _when(cycle: Any) -> datetime:
    return decided_at(cycle) or cast("datetime", cycle.start_at)


def _team(life: Life) -> str | None:
    """The team that has it today: of earlier ones only when they came is kept."""
    return cast("LifeFacts", life.facts).groups("team")[0]


_VALUES: Mapping[str, Callable[[Life, Any], str | None]] = {
    "priority": lambda life, cycle: life.priority_before(_when(cycle)),
    "team": lambda life, _cycle: _team(life),
    "owner": lambda life, cycle: life.owner_at(_when(cycle)),
}


# --- the worst ---


def _late(material: Material, decided: Mapping[str, Sequence[Cycle]]) -> list[tuple[str, Cycle, int]]:
    """Clock, cycle and the seconds on the wall by which each breach of the window is late; the worst first."""
    found = [
        (name, cycle, _seconds_late(cycle, material.now))
        for name, cycles in decided.items()
        for cycle in cycles
        if cycle[1].breached_at is not None
    ]
    return sorted(found, key=lambda each: (-each[2], each[1][0].id, each[0]))


def _seconds_late(cycle: Cycle, now: datetime) -> int:
    """From the breach to its end; of one that still runs, and of one that was called off, to now or its end."""
    it = cycle[1]
    until = it.ended_at or now
    return max(seconds_between(it.breached_at or until, until), 0)


def _worst(material: Material, late: Sequence[tuple[str, Cycle, int]]) -> Section | None:
    """One row a ticket: its worst breach."""
    if not late:
        return None
    config, by_ticket = material.config, _worst_of_each(late)
    grid = ticket_grid(
        material,
        _("ticket"),
        by_ticket,
        before={
            _("clock"): lambda ticket: words.clock_name(by_ticket[ticket][0], config),
            _("priority"): lambda ticket: _priority(material, ticket),
            _("late by"): lambda ticket: value_cell(by_ticket[ticket][2], "seconds", config),
            _("cause"): lambda ticket: _cause(by_ticket[ticket][1]),
        },
        name="worst",
    )
    note = _("Late by: on the wall, from the breach to its end, or to now. Cause: as it was acknowledged.")
    return Section(_("The worst breaches"), (grid,), (note,), name="worst")


def _priority(material: Material, ticket: str) -> str:
    row = material.row_of.get(ticket)
    return "" if row is None else priority_cell(row)


def _worst_of_each(late: Sequence[tuple[str, Cycle, int]]) -> dict[str, tuple[str, Cycle, int]]:
    found: dict[str, tuple[str, Cycle, int]] = {}
    for each in late:
        found.setdefault(each[1][0].id, each)
    return found


def _cause(cycle: Cycle) -> str:
    cause = cycle[1].cause
    if cause is None:
        return _("reclassified") if cycle[1].reason == "reclassified" else ""
    return words.breach_cause(cause) if cause else _("acknowledged")


def _worst_json(late: tuple[str, Cycle, int]) -> dict[str, Any]:
    clock, (life, it), seconds = late
    return {
        "id": life.id,
        "clock": clock,
        "breached_at": None if it.breached_at is None else instant_text(it.breached_at),
        "ended_at": None if it.ended_at is None else instant_text(it.ended_at),
        "late_s": seconds,
        "cause": it.cause,
        "owner": life.owner_at(_when(it)),
    }

"""Which solved tickets does somebody look at to judge the quality of answers? (docs/reports.md, Samples)

So many of each agent, team or category, drawn by a seed; with a form to fill in beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from tkt.clock import instant_text
from tkt.frozen import dataclass
from tkt.i18n import N_, _, current_language, msg, render
from tkt.kpis.drawn import drawn_each
from tkt.kpis.life import Life
from tkt.render import words
from tkt.render.layout import Cell, PageGrid, Section
from tkt.render.times import stamp
from tkt.reports import Made
from tkt.reports.heading import data_of, page_of
from tkt.reports.material import Material
from tkt.reports.parts import section_of, short, title_cell
from tkt.schema import Configuration

Per = Literal["agent", "team", "category"]
CHECKLIST: Mapping[str, str] = {
    "greeting": N_("greeting and tone"),
    "understood": N_("request understood"),
    "answer": N_("answer right and whole"),
    "next": N_("told what comes next, and when"),
    "record": N_("cause and solution recorded"),
}
"""What a check looks at on a desk whose config/reports.yaml has no `quality.checklist`."""
_ABOUT: Mapping[Per, str] = {"agent": N_("solved by"), "team": N_("team"), "category": N_("category")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is drawn: `number` of each `per`, by `seed`. `is_form`: with columns to fill in."""

    per: Per
    number: int
    seed: str
    is_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One group: how many it had, and what was drawn of it."""

    name: str  # empty: nobody, none
    had: int
    ids: tuple[str, ...]


def sampled(material: Material, wish: Sample) -> Made:
    """The tickets resolved in the window, spam, tests and duplicates left out, so many of each group."""
    solved = {life.id: (life, at) for life, at in material.population.resolved}
    groups: dict[str, list[str]] = {}
    for ticket, (life, at) in solved.items():
        groups.setdefault(_group(wish.per, material, life, at), []).append(ticket)
    drawn = drawn_each(groups, wish.number, wish.seed)
    ordered = sorted(groups, key=lambda name: (not name, _name(wish.per, material.config, name).casefold()))
    found = [Drawn(name=name, had=len(groups[name]), ids=drawn[name]) for name in ordered]
    rows = [_Row(it.name, ticket, *solved[ticket]) for it in found for ticket in it.ids]
    page = page_of(
        material,
        "sample",
        msg("Sample for quality checks of {desk}", desk=material.config.desk.name),
        (_had(found, material, wish), _tickets(rows, material, wish)),
        notes=_notes(wish, material),
    )
    return Made(page, data_of(material, **_data(found, rows, material, wish)))


@dataclass(frozen=True, slots=True)
class _Row:
    group: str
    ticket: str
    life: Life
    resolved_at: datetime


def checklist(config: Configuration) -> dict[str, str]:
    """What is looked at → in the reader's words."""
    own = config.reports.quality.checklist
    if own:
        return {name: it.label(current_language(), name) for name, it in own.items()}
    return {name: _(text) for name, text in CHECKLIST.items()}


def _group(per: Per, material: Material, life: Life, resolved_at: datetime) -> str:
    """Who solved it, its team, or its category; empty for none."""
    if per == "agent":
        return life.owner_at(resolved_at) or ""
    if per == "category":
        return material.population.story(life).category or ""
    row = material.row_of.get(life.id)
    return str((row.get("team") if row is not None else None) or "")


_NAMES: Mapping[Per, Callable[[Configuration, str], str]] = {
    "agent": words.person_name,
    "team": words.team_name,
    "category": lambda config, name: words.category_name(config, config.type_of_category(name), name),
}


def _name(per: Per, config: Configuration, name: str) -> str:
    if not name:
        return _("nobody") if per == "agent" else _("none")
    return short(_NAMES[per](config, name))


def _notes(wish: Sample, material: Material) -> Sequence[str]:
    told = msg(
        "Drawn by seed {seed}, at most {number} of each: the same seed and window draw the same tickets again.",
        seed=wish.seed,
        number=wish.number,
    )
    looked_at = msg("To look at: {points}.", points=tuple(checklist(material.config).values()))
    return (render(told),) if wish.is_form else (render(told), render(looked_at))


def _had(found: Sequence[Drawn], material: Material, wish: Sample) -> Section:
    heads = (_(_ABOUT[wish.per]), _("resolved"), _("drawn"))
    rows = tuple(
        (
            _name(wish.per, material.config, it.name),
            Cell(str(it.had), value=it.had),
            Cell(str(len(it.ids)), value=len(it.ids)),
        )
        for it in found
    )
    grid = PageGrid(heads, rows, name="groups")
    return section_of("groups", msg("How many each had"), (grid,), empty=msg("Nothing was resolved."))


def _tickets(rows: Sequence[_Row], material: Material, wish: Sample) -> Section | None:
    if not rows:
        return None
    points = (*checklist(material.config).values(), _("remark")) if wish.is_form else ()
    heads = (_("ticket"), _("title"), _(_ABOUT[wish.per]), _("resolved"), *points)
    cells = tuple((*_cells(it, material, wish), *("" for _point in points)) for it in rows)
    grid = PageGrid(heads, cells, words=frozenset(range(1, len(heads))), name="sample")
    return Section(_("To be looked at"), (grid,), name="sample")


def _cells(it: _Row, material: Material, wish: Sample) -> tuple[str, ...]:
    row = material.row_of.get(it.ticket)
    return (
        Cell(it.ticket, ticket=it.ticket),
        title_cell(row.line.title if row is not None else None),
        _name(wish.per, material.config, it.group),
        stamp(it.resolved_at, material.zone),
    )


def _data(found: Sequence[Drawn], rows: Sequence[_Row], material: Material, wish: Sample) -> dict[str, Any]:
    return {
        "per": wish.per,
        "number": wish.number,
        "seed": wish.seed,
        "checklist": [{"name": name, "label": it} for name, it in checklist(material.config).items()],
        "groups": [{wish.per: it.name or None, "had": it.had, "drawn": list(it.ids)} for it in found],
        "tickets": [_ticket(it, material, wish) for it in rows],
    }


def _ticket(it: _Row, material: Material, wish: Sample) -> dict[str, Any]:
    row = material.row_of.get(it.ticket)
    return {
        "id": it.ticket,
        "title": row.line.title if row is not None else None,
        wish.per: it.group or None,
        "resolved_at": instant_text(it.resolved_at),
    }

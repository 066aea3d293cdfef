"""How do kinds of reports set key figures on their pages: alone, beside another window, by a field?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tkt.frozen import dataclass
from tkt.i18n import Message, msg, render
from tkt.kpis import KPIS
from tkt.kpis.explained import MEANINGS
from tkt.kpis.figures import Figure, Kpi, Term
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.metrics import NONE, values_of
from tkt.render.layout import Chart, PageGrid, Section
from tkt.reports.comparing import changes, compared_section, kpi_then
from tkt.reports.laying import field_title, figure_cell, figure_section, label_text
from tkt.reports.material import Material
from tkt.schema import Configuration

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that groups are compared by: of which KPI, at which key, and its head."""

    number: str
    key: Key
    head: Message


def kpi_section(material: Material, number: str, charts: Mapping[int, Chart] | None = None) -> Section | None:
    """A key figure of the window, beside the other window where one is compared; None where it has nothing to show."""
    kpi = material.kpi(number)
    if not kpi.grids:
        return None
    if material.asked.compare:
        return compared_section(kpi, kpi_then(material, number), material.config, ids=material.asked.ids)
    return figure_section(kpi, material.config, ids=material.asked.ids, charts=charts)


def kpi_data(material: Material, numbers: Iterable[str]) -> dict[str, Any]:
    """The values of key figures under their names; with them what was asked for: ids, and the other window."""
    kpis = {number: material.kpi(number) for number in numbers}
    found: dict[str, Any] = merged(kpis.values(), lambda kpi: kpi.json())
    if material.asked.ids:
        found["ids"] = merged(kpis.values(), lambda kpi: kpi.ids())
    if material.asked.compare:
        then = {number: kpi_then(material, number) for number in kpis}
        found["then"] = merged((it for it in then.values() if it is not None), lambda kpi: kpi.json())
        found["change"] = {}
        for number, kpi in kpis.items():
            part = nested(changes(kpi, then[number]))
            found["change"].update({kpi.name: part} if kpi.name else part)
    return found


def merged(kpis: Iterable[Kpi], part: Any) -> dict[str, Any]:
    """Parts of KPIs under their names; one without a name stands at the top."""
    found: dict[str, Any] = {}
    for kpi in kpis:
        found.update({kpi.name: part(kpi)} if kpi.name else part(kpi))
    return found


def nested(pairs: Iterable[tuple[Key, Any]]) -> dict[str, Any]:
    """Values by their keys, one object in the other."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        place = found
        for part in key[:-1]:
            place = place.setdefault(part, {})
        place[key[-1]] = value
    return found


# --- by a field ---


def by_section(material: Material, shown: Sequence[Shown]) -> Section | None:
    """These figures for each value of the field that is grouped by; None where there is none."""
    field = material.ground.by
    if field is None:
        return None
    name = field_title(material.config, field)
    title = render(msg("By {field}", field=name))
    groups = list(_groups(material, field, shown))
    return Section(title, (_grid(name, field, groups, shown, material.config),), name="by")


def by_data(material: Material, shown: Sequence[Shown]) -> dict[str, Any]:
    """The same for programs: `by`, and `groups` by the values of the field."""
    field = material.ground.by
    if field is None:
        return {}
    groups = {
        value or NONE: nested(((name_of(it.number), *it.key), figure.value) for it, figure in figures)
        for value, figures in _groups(material, field, shown)
    }
    return {"by": field, "groups": groups}


def _grid(
    name: str,
    field: str,
    groups: Sequence[tuple[str | None, list[tuple[Shown, Figure]]]],
    shown: Sequence[Shown],
    config: Configuration,
) -> PageGrid:
    rows = tuple(
        (label_text(Term(field, value), config), *(figure_cell(figure, config) for _, figure in figures))
        for value, figures in groups
    )
    return PageGrid((name, *(render(it.head) for it in shown)), rows, name="by")


def _groups(
    material: Material, field: str, shown: Sequence[Shown]
) -> Iterator[tuple[str | None, list[tuple[Shown, Figure]]]]:
    """The figures of each group, in alphabetical order, tickets without a value last."""
    for value, part in parts_of(material.population, field):
        kpis = {number: KPIS[number](part) for number in dict.fromkeys(it.number for it in shown)}
        known = {number: {it.key: it for it in kpi.figures()} for number, kpi in kpis.items()}
        yield value, [(it, known[it.number].get(it.key) or Figure(it.key, None)) for it in shown]


def name_of(number: str) -> str:
    """The name of a KPI in JSON; of the one that has none `tickets`."""
    return MEANINGS[number].key or "tickets"


def parts_of(population: Population, field: str) -> Iterator[tuple[str | None, Population]]:
    """The tickets of each value of a field, as it is today, that count."""
    members: dict[str | None, list[Life]] = {}
    for life in population.lives:
        for value in values_of(life, field, population.more):
            members.setdefault(value, []).append(life)
    for value in sorted(members, key=lambda it: (it is None, it or "")):
        yield value, population.of(members[value])

"""Which few numbers tell how a week or a month went, and how do they stand beside those of other windows?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tkt.durations import duration_text
from tkt.frozen import dataclass
from tkt.i18n import Message, _, current_language, msg, render
from tkt.kpis.figures import Unit
from tkt.kpis.stats import Number
from tkt.render.layout import Cell, Tone
from tkt.reports.laying import counted_cell, ids_line, value_cell
from tkt.reports.material import Material
from tkt.schema import Configuration

_SLIGHT = 0.005
"""A change of less than this part is none worth a colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A number that is told: of which key figure, and whether more of it is good (1), bad (-1) or neither."""

    name: str  # its key in JSON
    label: Message
    kpi: str
    key: tuple[str, ...]
    unit: Unit
    n: tuple[str, ...] = ()  # the count that it stands on; none: it is one
    good: int = 0

    def value(self, material: Material) -> Number | str | None:
        """The number in a window; None is n/a."""
        return material.kpi(self.kpi).value(*self.key)

    def count(self, material: Material) -> Number | str | None:
        """The n beside it; None for a count."""
        return material.kpi(self.kpi).value(*self.n) if self.n else None

    def ids(self, material: Material) -> tuple[str, ...]:
        """The tickets that it counts, or stands on."""
        figures = {figure.key: figure for figure in material.kpi(self.kpi).figures()}
        return figures[self.n or self.key].ids or ()


NUMBERS: tuple[Told, ...] = (
    Told(name="created", label=msg("created"), kpi="K0", key=("created",), unit="count"),
    Told(name="resolved", label=msg("resolved"), kpi="K2", key=("n",), unit="count", good=1),
    Told(name="backlog", label=msg("open at the end"), kpi="K5", key=("at_to",), unit="count", good=-1),
    Told(
        name="sla",
        label=msg("without a breach"),
        kpi="K3",
        key=("tickets", "rate"),
        unit="rate",
        n=("tickets", "n"),
        good=1,
    ),
    Told(
        name="first_response",
        label=msg("first response"),
        kpi="K1",
        key=("median_s",),
        unit="seconds",
        n=("n",),
        good=-1,
    ),
    Told(
        name="resolution",
        label=msg("resolution"),
        kpi="K2",
        key=("median_s",),
        unit="seconds",
        n=("n",),
        good=-1,
    ),
    Told(name="csat", label=msg("satisfied"), kpi="K6", key=("csat",), unit="rate", n=("answered",), good=1),
)
BOTTLENECK = Told(
    name="bottleneck",
    label=msg("bottleneck"),
    kpi="K10",
    key=("bottleneck",),
    unit="status",
    n=("n",),
)
AGAINST = Told(
    name="csat_by_response",
    label=msg("CSAT/FRT rho"),
    kpi="K12",
    key=("rho",),
    unit="coefficient",
    n=("n",),
)


def number_cell(it: Told, material: Material) -> Cell:
    """`87.5 % (16)`: the value, and the n it stands on."""
    shown = value_cell(it.value(material), it.unit, material.config)
    n = it.count(material)
    return counted_cell(shown, n) if isinstance(n, int) and it.unit != "status" else shown


def numbers_rows(
    numbers: Iterable[Told], material: Material, others: Sequence[Material]
) -> Iterable[tuple[str, ...]]:
    """A row a number: here, in the other windows, and the change since the first of these."""
    for it in numbers:
        beside = [number_cell(it, other) for other in others]
        changed = change_cell(it, it.value(material), it.value(others[0]), material.config)
        yield (render(it.label), number_cell(it, material), *beside, changed)


def change_cell(
    it: Told, now: Number | str | None, before: Number | str | None, config: Configuration
) -> Cell:
    """`+3`, `−2.1 points`, `+12m`; nothing where either is n/a or is no number."""
    if not isinstance(now, (int, float)) or not isinstance(before, (int, float)):
        return Cell("")
    difference = now - before
    return Cell(_signed(difference, it.unit, config), value=difference, tone=_tone(it, difference, before))


def _signed(difference: Number, unit: Unit, config: Configuration) -> str:
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    size = abs(difference)
    if unit == "rate":
        return render(msg("{points} points", points=f"{sign}{size * 100:.1f}"))
    if unit == "seconds":
        return f"{sign}{duration_text(round(size), current_language())}"
    if unit == "coefficient":
        return f"{sign}{size:.2f}"
    return f"{sign}{value_cell(size, unit, config)}"


def _tone(it: Told, difference: Number, before: Number) -> Tone:
    if not it.good or abs(difference) <= _SLIGHT * abs(before):
        return ""
    return "good" if difference * it.good > 0 else "bad"


def numbers_data(numbers: Iterable[Told], windows: Mapping[str, Material]) -> dict[str, Any]:
    """Number → window → `value` and `n`; with the tickets behind it where they were asked for."""
    return {it.name: {name: _told(it, there) for name, there in windows.items()} for it in numbers}


def _told(it: Told, material: Material) -> dict[str, Any]:
    n = {"n": it.count(material)} if it.n else {}
    ids = {"ids": list(it.ids(material))} if material.asked.ids else {}
    return {"value": it.value(material), **n, **ids}


def numbers_ids(numbers: Iterable[Told], material: Material) -> Iterator[str]:
    """`open at the end: 261121-K7Q2M …`, a line a number or the n it stands on, where they were asked for."""
    if material.asked.ids:
        told = ((f"{render(it.label)}{' (n)' * bool(it.n)}", it.ids(material)) for it in numbers)
        yield from (ids_line(label, ids) for label, ids in told if ids)


def numbers_note() -> str:
    """How the numbers are to be read."""
    return _(
        "In brackets the n that a number stands on; n/a where there is none. Times are medians: first response in open time, resolution by the clock on the wall."
    )


def change_head() -> str:
    """What stands above a column of changes."""
    return _("change")

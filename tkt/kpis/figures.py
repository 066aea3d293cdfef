"""What does a key figure consist of: its numbers, their words, and the tickets behind them?

A KPI is grids of figures. The same values serve the page (row by row), JSON (by their keys) and the
list of ticket ids behind each number (docs/kpi.md K0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.kpis.stats import Number, mean, median, p90, share

Unit = Literal["count", "number", "points", "seconds", "rate", "status", "coefficient", "flag", "text"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the desk's own, such as a status: its label depends on who reads."""

    field: str  # what it is a value of: status, owner, team, priority, clock …
    value: str | None


Label = Message | Term


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `value` None is n/a. `counted`: the ids of the tickets, one for each time that it counts them.

    A median, a share or a mean has no ids of its own (None): it stands on those of the `n` beside it.
    """

    key: tuple[str, ...]  # its place in the KPI's JSON object
    value: Number | str | None  # of a flag True or False
    unit: Unit = "count"
    counted: Sequence[str] | None = None

    @property
    def ids(self) -> tuple[str, ...] | None:
        """The tickets it counts, each once."""
        return None if self.counted is None else tuple(dict.fromkeys(self.counted))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page: what it is about, and its numbers; the last cells may be empty."""

    label: Label
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under common heads. `longest`: how many rows a page shows at most."""

    heads: tuple[Label, ...]
    rows: tuple[Row, ...]
    about: Message | None = None  # what the rows are
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """The one number of a KPI that groups are compared by, and the n it stands on; None for a count."""

    head: Message
    figure: Figure
    n: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One KPI over one set of tickets."""

    name: str  # its key in JSON; empty: its figures stand at the top
    title: Message
    grids: tuple[Grid, ...]
    headline: tuple[Headline, ...] = ()  # what a comparison of groups shows of it
    notes: tuple[Message, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """Every figure once, in the order of the page."""
        for grid in self.grids:
            for row in grid.rows:
                yield from row.figures

    def json(self) -> dict[str, Any]:
        """The values by their keys, nested."""
        return _nested((figure.key, figure.value) for figure in self.figures())

    def ids(self) -> dict[str, Any]:
        """The ids behind each count, under the same keys."""
        found = ((each.key, each.ids) for each in self.figures())
        return _nested((key, list(ids)) for key, ids in found if ids is not None)

    def value(self, *key: str) -> Number | str | None:
        """The value at `key`. Errors: KeyError."""
        return {figure.key: figure.value for figure in self.figures()}[key]


SPREAD_HEADS = (msg("n"), msg("median"), msg("p90"), msg("mean"))


def spread(label: Label, measured: Iterable[tuple[str, int]], prefix: str = "", *at: str) -> Row:
    """n, median, p90 and mean of (ticket id, seconds) under the keys `<prefix>n` … below `at`."""
    return _spread(label, list(measured), prefix, at, "_s", "seconds")


def number_spread(label: Label, measured: Iterable[tuple[str, int]], *at: str) -> Row:
    """n, median, p90 and mean of (ticket id, plain number) under the keys `n` … below `at`."""
    return _spread(label, list(measured), "", at, "", "number")


def count(ids: Iterable[str], *key: str) -> Figure:
    """How many: one for each id given, a ticket may be there several times."""
    listed = list(ids)
    return Figure(key, len(listed), "count", listed)


def rate(part: Number, whole: Number, *key: str) -> Figure:
    """`part` of `whole`, n/a where there is no whole."""
    return Figure(key, share(part, whole), "rate")


def _spread(
    label: Label, measured: list[tuple[str, int]], prefix: str, at: tuple[str, ...], suffix: str, unit: Unit
) -> Row:
    values = sorted([value for _, value in measured])  # once: what is in order is sorted again in no time
    return Row(
        label,
        (
            count([ticket for ticket, _ in measured], *at, f"{prefix}n"),
            Figure((*at, f"{prefix}median{suffix}"), median(values), unit),
            Figure((*at, f"{prefix}p90{suffix}"), p90(values), unit),
            Figure((*at, f"{prefix}mean{suffix}"), mean(values), unit),
        ),
    )


def _nested(pairs: Iterable[tuple[tuple[str, ...], Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        place = found
        for part in key[:-1]:
            place = place.setdefault(part, {})
        place[key[-1]] = value
    return found

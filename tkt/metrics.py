"""What do the recorded histories say about a stretch of time? (docs/kpi.md)

The facts of tickets and a window in; figures out, with the tickets behind each. Nothing is read,
printed or rounded here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from tkt.clock import instant_text
from tkt.errors import UsageError, did_you_mean
from tkt.fields import field_named
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.kpis import KPIS, Kpi, Population
from tkt.kpis.facts import GROUPABLE, LifeFacts, Measured
from tkt.kpis.life import Life, lives_of
from tkt.kpis.more import More
from tkt.kpis.window import Window, last_full_week, parse_window
from tkt.schema import Configuration

NONE = "none"
CUSTOMER = "customer"
OF_CUSTOMER = ("customer.industry", "customer.region")
"""What tickets are grouped by that stands in the customer's file, as that is today."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The KPIs of the tickets that have one value in the field grouped by; None: no value."""

    value: str | None
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True, kw_only=True)
class KpiReport:
    """`tkt report kpi`, computed: KPIs over a window, and what they were computed from."""

    window: Window
    now: datetime
    kpis: tuple[Kpi, ...]
    query: str = ""  # which tickets were looked at; empty: all
    internal: bool = False  # over the requests of the house itself, not the customers'
    by: str | None = None
    groups: tuple[Group, ...] = ()
    commit: str | None = None
    clean: bool | None = None  # whether the working tree was the commit's; None: not known

    def kpi(self, name: str) -> Kpi:
        """The KPI of that JSON key. Errors: KeyError."""
        found = {kpi.name: kpi for kpi in self.kpis}
        return found[name]

    def json(self, *, ids: bool = False) -> dict[str, Any]:
        """The report as docs/json.md promises it: durations in seconds, rates 0..1, null for n/a.

        `ids` adds the ticket ids behind each count, under the same keys.
        """
        found: dict[str, Any] = {
            "window": {
                "from": instant_text(self.window.start),
                "to": instant_text(self.window.end),
                "zone": self.window.zone,
            },
            "now": instant_text(self.now),
            "commit": self.commit,
            "clean": self.clean,
            "query": self.query,
            **_merged(self.kpis, Kpi.json),
        }
        if self.by is not None:
            found["by"] = self.by
            found["groups"] = {group.value or NONE: _merged(group.kpis, Kpi.json) for group in self.groups}
        if ids:
            found["ids"] = _merged(self.kpis, Kpi.ids)
            for group in self.groups:
                found["groups"][group.value or NONE]["ids"] = _merged(group.kpis, Kpi.ids)
        return found


def kpi_report(
    facts: Iterable[Measured],
    config: Configuration,
    window: Window,
    now: datetime,
    *,
    by: str | None = None,
    query: str = "",
    internal: bool = False,
    more: More | None = None,
    commit: str | None = None,
    clean: bool | None = None,
) -> KpiReport:
    """Every KPI over the tickets of `facts`, and again for each value of the field `by`.

    Each of `facts` holds at `now`; with `by` they are `LifeFacts`. `query` only says what the caller chose the tickets by. Tickets of the house itself (audience
    internal) are left out, or with `internal` the customers' are. Errors: UsageError for a `by` that
    is no field to group by.
    """
    field = None if by is None else grouping_field(by, config)
    population = Population(lives_of(facts, now), config, window, now, internal, more or More())
    kpis = {number: compute(population) for number, compute in KPIS.items()}
    return report_of(population, kpis, by=field, query=query, commit=commit, clean=clean)


def report_of(
    population: Population,
    kpis: Mapping[str, Kpi],
    *,
    by: str | None = None,
    query: str = "",
    commit: str | None = None,
    clean: bool | None = None,
) -> KpiReport:
    """The report of these KPIs of a population; `by` is a field as `grouping_field` names it."""
    return KpiReport(
        window=population.window,
        now=population.now,
        kpis=_with_grids(kpis.values()),
        query=query,
        internal=population.internal,
        by=by,
        groups=() if by is None else _groups(population, by),
        commit=commit,
        clean=clean,
    )


def _with_grids(kpis: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """One that has nothing to show by its nature (no release, no keywords asked for) is left out."""
    return tuple(kpi for kpi in kpis if kpi.grids)


def grouping_field(by: str, config: Configuration) -> str:
    """The stored key of the name given. Errors: UsageError for what no report can be grouped by."""
    known = [
        "status",
        *(name for name, kind in config.field_kinds.items() if kind in GROUPABLE and name != "id"),
        *OF_CUSTOMER,
    ]
    name = field_named(config, by)
    if name not in known:
        raise UsageError(msg("a report cannot be grouped by {field}", field=by), hint=did_you_mean(by, known))
    return name


def _groups(population: Population, field: str) -> tuple[Group, ...]:
    """One group a value, in alphabetical order, tickets without a value last."""
    members: dict[str | None, list[Life]] = {}
    for life in population.everybody:
        for value in values_of(life, field, population.more):
            members.setdefault(value, []).append(life)
    ordered = sorted(members.items(), key=lambda item: (item[0] is None, item[0] or ""))
    parts = ((value, population.of(lives)) for value, lives in ordered)
    return tuple(
        Group(value=value, kpis=_with_grids(compute(part) for compute in KPIS.values()))
        for value, part in parts
    )


def values_of(life: Life, field: str, more: More) -> Sequence[str | None]:
    """What a report by `field` counts a ticket under, whose facts are `LifeFacts`; of a customer what their file says."""
    facts = cast("LifeFacts", life.facts)
    if field not in OF_CUSTOMER:
        return facts.groups(field)
    known = more.customers.get((facts.groups(CUSTOMER)[0] or "").casefold(), {})
    return (known.get(field.partition(".")[2]),)


def _merged(kpis: Iterable[Kpi], part: Callable[[Kpi], Mapping[str, Any]]) -> dict[str, Any]:
    """The KPIs under their names; one without a name stands at the top."""
    found: dict[str, Any] = {}
    for kpi in kpis:
        found.update({kpi.name: part(kpi)} if kpi.name else part(kpi))
    return found


__all__ = [
    "Group",
    "KpiReport",
    "Window",
    "grouping_field",
    "kpi_report",
    "last_full_week",
    "parse_window",
    "report_of",
    "values_of",
]

"""What do the recorded histories say about a stretch of time? (docs/kpi.md)

The facts of tickets and a window in; figures out, with the tickets behind each. Nothing is read,
printed or rounded here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    """Every KPI over the tickets of `facts`, and again for each value of the stored field `by`.

    Each of `facts` holds at `now`; with `by` they are `LifeFacts`. `query` only says what the caller chose the tickets by. Tickets of the house itself (audience
    internal) are left out, or with `internal` the customers' are. Errors: UsageError for a `by` that
    is no field to group by.
    """
    field = None if by is None else grouping_field(by, config)
    lives = lives_of(facts, now)
    population = Population(lives, config, window, now, internal, more or More())
    return KpiReport(
        window=window,
        now=now,
        kpis=_computed(population),
        query=query,
        internal=internal,
        by=field,
        groups=() if field is None else _groups(population, field),
        commit=commit,
        clean=clean,
    )


def _computed(population: Population) -> tuple[Kpi, ...]:
    """All of them; one that has nothing to show by its nature (no release, no keywords asked for) is left out."""
    found = (compute(population) for compute in KPIS.values())
    return tuple(kpi for kpi in found if kpi.grids)


def grouping_field(by: str, config: Configuration) -> str:
    """The stored key of the name given. Errors: UsageError for what no report can be grouped by."""
    known = [
        "status",
        *(name for name, kind in config.field_kinds.items() if kind in GROUPABLE and name != "id"),
    ]
    name = field_named(config, by)
    if name not in known:
        raise UsageError(msg("a report cannot be grouped by {field}", field=by), hint=did_you_mean(by, known))
    return name


def _groups(population: Population, field: str) -> tuple[Group, ...]:
    """One group a value, in alphabetical order, tickets without a value last."""
    members: dict[str | None, list[Life]] = {}
    for life in population.everybody:
        for value in cast("LifeFacts", life.facts).groups(field):
            members.setdefault(value, []).append(life)
    ordered = sorted(members.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple(Group(value=value, kpis=_computed(population.of(lives))) for value, lives in ordered)


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
]

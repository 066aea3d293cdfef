"""Which numbers of a desk does a monitoring system get? Those of now, and counters over the whole history.

The numbers are those of `tkt report kpi` (docs/kpi.md): spam, tests, duplicates and requests of the
house itself are not among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from tkt import __version__
from tkt.clocks.table import CLOCKS
from tkt.columns import Columns
from tkt.export.metrics import Family, Kind, Labels
from tkt.kpis.figures import Kpi
from tkt.kpis.window import Window
from tkt.reports.material import Material
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, Verdict, family_of, is_warned

NONE, OTHER = "none", "other"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_RESULTS = ("met", "breached")
_STATES = ("active", "warned", "paused", "breached")


def families_of(material: Material) -> Iterator[Family]:
    """Every metric, in the order of the file."""
    rows = material.rows("status:open")
    yield _one("tkt_build_info", "The tkt that wrote this.", 1, (("version", __version__),))
    yield _one(
        "tkt_report_timestamp_seconds",
        "When it was written, in seconds since 1970.",
        material.now.timestamp(),
    )
    yield _one("tkt_unreadable_files", "Files that could not be read.", len(material.ground.problems))
    yield from _open(material, rows)
    yield from _clocks(material, rows)
    end = material.now + timedelta(seconds=1)
    yield from _history(material.during(Window(_BEGINNING, end, material.zone)))


def _open(material: Material, rows: Sequence[Columns]) -> Iterator[Family]:
    config, now = material.config, material.now
    open_by: Counter[Labels] = Counter(
        (("status", _known(row.status, config.workflow.statuses)), *_labels(row, config)) for row in rows
    )
    ages = [(now - row.summary.received_at).total_seconds() for row in rows]
    unowned = sum(row.get("owner") is None for row in rows)
    yield _several("tkt_tickets_open", "Tickets neither resolved nor closed.", open_by)
    yield _one(
        "tkt_tickets_open_oldest_age_seconds",
        "Age of the oldest of them on the wall clock.",
        max(ages, default=0),
    )
    yield _one("tkt_tickets_unassigned", "Open tickets without an owner.", unowned)


def _labels(row: Columns, config: Configuration) -> Labels:
    priority = _known(row.get("priority"), config.taxonomy.priority_names)
    return (("priority", priority), ("team", _known(row.get("team"), config.people.teams)))


def _known(value: object, declared: Collection[str]) -> str:
    """A word of the configuration: what else stands on tickets, however much of it, is one label."""
    if value is None:
        return NONE
    return str(value) if str(value) in declared else OTHER


def _clocks(material: Material, rows: Sequence[Columns]) -> Iterator[Family]:
    levels = material.desk.levels
    judged = [[it for it in row.verdicts if it.is_running] for row in rows]
    found: Counter[Labels] = Counter(
        (("clock", family_of(it.clock)), ("state", _state(it, levels))) for each in judged for it in each
    )
    always: dict[Labels, float] = {
        (("clock", name), ("state", state)): 0 for name in CLOCKS for state in _STATES
    }
    late = sum(any(it.state == "breached" for it in each) for each in judged)
    yield _several(
        "tkt_sla_cycles_running", "Clocks that run on open tickets, by their state.", {**always, **found}
    )
    yield _one("tkt_tickets_breached", "Open tickets with a clock that is past its due instant.", late)


def _state(verdict: Verdict, levels: ServiceLevels) -> str:
    return "warned" if is_warned(verdict, levels) else verdict.state


def _history(material: Material) -> Iterator[Family]:
    volume, answers, backlog, csat = (material.kpi(number) for number in ("K0", "K1", "K5", "K6"))
    excluded = _excluded(volume, material.config)
    yield _one("tkt_tickets_unanswered", "Tickets without a first answer.", _value(answers, "unanswered"))
    oldest = _value(answers, "unanswered_oldest_s")
    yield _one("tkt_tickets_unanswered_oldest_age_seconds", "How long the oldest of them has waited.", oldest)
    yield _total("tkt_tickets_created", "Tickets received.", _value(volume, "created"))
    yield _total(
        "tkt_tickets_finished", "Times that a ticket was resolved or closed.", _value(backlog, "finished")
    )
    yield _total("tkt_tickets_reopened", "Times that a ticket was reopened.", _value(backlog, "reopened"))
    yield _several(
        "tkt_tickets_excluded_total", "Tickets that count nowhere, by the reason.", excluded, "counter"
    )
    yield _attainment(material.kpi("K3"))
    positive, answered = _value(csat, "positive"), _value(csat, "answered")
    results: dict[Labels, float] = {
        (("result", "positive"),): positive,
        (("result", "other"),): answered - positive,
    }
    yield _several("tkt_csat_answers_total", "Answers to surveys, the latest of each.", results, "counter")
    yield _total("tkt_surveys_offered", "Surveys sent.", _value(csat, "offered"))
    yield _total("tkt_effort_seconds", "Time that people recorded.", _value(material.kpi("K20"), "total_s"))


def _excluded(volume: Kpi, config: Configuration) -> Counter[Labels]:
    found: Counter[Labels] = Counter()
    for figure in volume.figures():
        if figure.key[0] == "excluded_as":
            found[(("reason", _known(figure.key[1], (*config.workflow.uncounted, "merged"))),)] += int(
                figure.value or 0
            )
    return found


def _attainment(kpi: Kpi) -> Family:
    decided: dict[Labels, float] = {
        (("clock", figure.key[0]), ("result", figure.key[1])): float(figure.value or 0)
        for figure in kpi.figures()
        if figure.key[0] in CLOCKS and figure.key[1:] and figure.key[1] in _RESULTS
    }
    return _several(
        "tkt_sla_cycles_decided_total", "Clocks that were decided, met or breached.", decided, "counter"
    )


def _value(kpi: Kpi, *key: str) -> float:
    return float(kpi.value(*key) or 0)


def _one(name: str, about: str, value: float, labels: Labels = ()) -> Family:
    return Family(name=name, kind="gauge", help=about, samples={labels: value})


def _total(name: str, about: str, value: float) -> Family:
    return Family(name=f"{name}_total", kind="counter", help=about, samples={(): value})


def _several(
    name: str,
    about: str,
    samples: Mapping[Labels, float],
    kind: Kind = "gauge",
) -> Family:
    return Family(
        name=name, kind=kind, help=about, samples={labels: float(value) for labels, value in samples.items()}
    )

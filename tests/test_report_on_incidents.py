"""The report over the imported log of real incidents: every number recomputed straight from the CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tkt.intake.log import open_map, read_log, tickets_from_log
from tkt.kpis.facts import facts_of
from tkt.metrics import KpiReport, Window, kpi_report
from tkt.newdesk import create_desk
from tkt.sla import ServiceLevels
from tkt.store.config import load_configuration

SAMPLE = Path(__file__).parent / "data" / "incident_log_sample.csv"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
WINDOWS = [
    (datetime(2016, 1, 1, tzinfo=UTC), datetime(2017, 6, 1, tzinfo=UTC)),
    (datetime(2016, 3, 7, tzinfo=UTC), datetime(2016, 3, 14, tzinfo=UTC)),
    (datetime(2016, 4, 1, tzinfo=UTC), datetime(2016, 5, 1, tzinfo=UTC)),
]

Incident = dict[str, Any]


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


def _is_finished(row: dict[str, str]) -> bool:
    return row["incident_state"] in ("Resolved", "Closed")


def _incidents() -> Iterator[Incident]:
    """When each began, was resolved and was reopened, read without any of tkt."""
    grouped = defaultdict(list)
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            grouped[row["number"]].append(row)
    for rows in grouped.values():
        rows.sort(
            key=lambda row: _instant(row["sys_updated_at"])
        )  # stable: rows of one minute keep their order
        steps = [(False, None), *((_is_finished(row), _instant(row["sys_updated_at"])) for row in rows)]
        yield {
            "start": _instant(rows[0]["opened_at"]),
            "resolves": [at for (was, _), (now, at) in pairwise(steps) if now and not was],
            "reopens": [at for (was, _), (now, at) in pairwise(steps) if was and not now],
        }


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    return list(_incidents())


@pytest.fixture(scope="module", params=WINDOWS, ids=["all", "a week", "a month"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> KpiReport:
    root = tmp_path_factory.mktemp("desk")
    create_desk(root, zone="UTC")
    config = load_configuration(root)
    servicenow = open_map("servicenow", config)
    rows = read_log(SAMPLE.read_bytes(), servicenow, file=SAMPLE.name)
    tickets = tickets_from_log(rows, servicenow, config, existing={}).tickets
    levels = ServiceLevels.from_configuration(config)
    start, end = request.param
    window = Window(start, end, "UTC")
    facts = [facts_of(ticket, config, levels, NOW) for ticket in tickets]
    return kpi_report(facts, config, window, NOW)


def _inside(report: KpiReport, instants: list[datetime]) -> list[datetime]:
    return [at for at in instants if report.window.contains(at)]


def test_what_came_and_went_is_that_of_the_log(report: KpiReport, incidents: list[Incident]) -> None:
    def open_at(instant: datetime) -> int:
        return sum(
            (it["start"] < instant)
            - sum(at < instant for at in it["resolves"])
            + sum(at < instant for at in it["reopens"])
            for it in incidents
        )

    found = report.json()
    created = sum(report.window.contains(it["start"]) for it in incidents)
    assert (found["created"], found["excluded"]) == (created, 0)
    assert (
        found["backlog"]
        | {
            "at_from": open_at(report.window.start),
            "finished": sum(len(_inside(report, it["resolves"])) for it in incidents),
            "reopened": sum(len(_inside(report, it["reopens"])) for it in incidents),
            "at_to": open_at(report.window.end),
        }
        == found["backlog"]
    )


def test_resolution_times_are_those_of_the_log(report: KpiReport, incidents: list[Incident]) -> None:
    cases = [(it, inside[-1]) for it in incidents if (inside := _inside(report, it["resolves"]))]
    full = sorted((last - it["start"]).total_seconds() for it, last in cases)
    first = [(it["resolves"][0] - it["start"]).total_seconds() for it, _ in cases]
    found = report.json()["resolution"]
    assert found["n"] == len(cases) > 0
    assert found["median_s"] == median(full)
    assert found["mean_s"] == pytest.approx(sum(full) / len(full))
    assert found["p90_s"] == (full[ceil(0.9 * len(full)) - 1] if len(full) >= 10 else None)
    assert found["first_median_s"] == median(first)


def test_time_in_status_is_the_whole_life(report: KpiReport) -> None:
    found = report.json()
    statuses = [each for each in found["time_in_status"].values() if isinstance(each, dict)]
    assert sum(each["total_s"] for each in statuses) == pytest.approx(
        found["resolution"]["mean_s"] * found["resolution"]["n"]
    )


def test_reopened_tickets_are_those_of_the_log(report: KpiReport, incidents: list[Incident]) -> None:
    fortnight = 14 * 86400
    first = [it for it in incidents if it["resolves"] and report.window.contains(it["resolves"][0])]
    back = [
        it
        for it in first
        if any((at - it["resolves"][0]).total_seconds() <= fortnight for at in it["reopens"])
    ]
    found = report.json()["reopen"]
    assert (found["resolved"], found["reopened"], found["immature"]) == (len(first), len(back), 0)
    assert found["reopens"] == sum(len(_inside(report, it["reopens"])) for it in incidents)


def test_what_the_source_never_recorded_is_not_judged(report: KpiReport) -> None:
    found = report.json()
    assert found["first_response"]["median_s"] is None
    assert found["sla"]["first_response"]["rate"] is None


def test_medians_ninetieths_and_counts_are_those_that_sql_finds_in_the_log(report: KpiReport) -> None:
    duckdb = pytest.importorskip("duckdb")
    found = report.json()
    start, end = report.window.start.replace(tzinfo=None), report.window.end.replace(tzinfo=None)
    whole = duckdb.execute(_RESOLVED, [str(SAMPLE), start, end]).fetchone()
    assert (found["resolution"]["n"], found["resolution"]["median_s"]) == (whole[0], whole[1])
    assert found["resolution"]["p90_s"] == (whole[2] if whole[0] >= 10 else None)
    assert (found["created"], found["backlog"]["finished"]) == (whole[3], whole[4])
    assert (
        found["agents"]["others"] + sum(each["n"] for each in found["agents"].get("by_agent", {}).values())
        == (whole[0])
    )
    assert (found["one_reply"]["unrecorded"], found["csat"]["answered"], found["nps"]["n"]) == (
        sum(found["reopen"][key] for key in ("resolved", "immature")),
        0,
        0,
    )
    known = {name: each["n"] for name, each in found["trend"].get("by_category", {}).items()}
    assert sum(known.values()) == found["created"]


_RESOLVED = """
WITH entry AS (
  SELECT number, strptime(opened_at, '%d/%m/%Y %H:%M') AS opened,
         strptime(sys_updated_at, '%d/%m/%Y %H:%M') AS seen, row_number() OVER () AS place,
         incident_state IN ('Resolved', 'Closed') AS finished
  FROM read_csv(?, all_varchar = true, header = true, parallel = false)),
step AS (
  SELECT *, lag(finished, 1, false) OVER (PARTITION BY number ORDER BY seen, place) AS was,
         first_value(opened) OVER (PARTITION BY number ORDER BY seen, place) AS began
  FROM entry),
span AS (SELECT ?::TIMESTAMP AS since, ?::TIMESTAMP AS until),
resolve AS (
  SELECT number, began, seen FROM step, span WHERE finished AND NOT was AND seen >= since AND seen < until),
lasted AS (SELECT number, epoch(max(seen)) - epoch(any_value(began)) AS seconds FROM resolve GROUP BY number)
SELECT (SELECT count(*) FROM lasted), (SELECT median(seconds) FROM lasted),
       (SELECT quantile_disc(seconds, 0.9) FROM lasted),
       (SELECT count(*) FROM (SELECT DISTINCT number, began FROM step), span WHERE began >= since AND began < until),
       (SELECT count(*) FROM resolve)
"""
"""The same numbers, asked of the log itself in SQL."""

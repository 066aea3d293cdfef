"""The imported log of real incidents: what `report kpi` says of it, against SQL over the export and over the CSV itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import configure_git

from tkt.cli import main
from tkt.clock import parse_instant

duckdb = pytest.importorskip("duckdb")
from sql_figures import Tables, differences  # noqa: E402 - needs duckdb

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "incident_log_sample.csv"
NOW = "2026-11-21T00:00:00Z"
WINDOWS = [("2016-01-01", "2017-06-01"), ("2016-03-07", "2016-03-14"), ("2016-04-01", "2016-05-01")]


@pytest.fixture(scope="module")
def log_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A desk in UTC that the log was imported into, and its export beside it in `out`."""
    folder = tmp_path_factory.mktemp("log")
    kept = {name: os.environ.get(name) for name in ("HOME", "TKT_NOW")}
    os.environ.update(HOME=str(folder), TKT_NOW=NOW)
    configure_git(folder)
    try:
        desk = str(folder / "desk")
        assert main(["init", desk, "--zone", "UTC"]) == 0
        assert main(["-C", desk, "import", "log", str(SAMPLE), "--map", "servicenow", "-q"]) == 0
        assert main(["-C", desk, "export", "parquet", "-o", str(folder / "out"), "-q"]) == 0
        yield folder
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@pytest.fixture(params=WINDOWS, ids=["all", "a week", "a month"])
def report(
    request: pytest.FixtureRequest,
    log_desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Any]:
    monkeypatch.setenv("TKT_NOW", NOW)
    start, end = request.param
    capsys.readouterr()
    asked = ["report", "kpi", "--from", start, "--to", end, "--by", "made_sla", "--json", "--ids"]
    assert main(["-C", str(log_desk / "desk"), *asked]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["data"]
    return found


def test_every_figure_of_the_log_is_what_sql_gives_over_its_export(
    report: dict[str, Any], log_desk: Path
) -> None:
    tables = Tables(log_desk / "out")
    window = report["window"]
    assert (
        differences(
            report, tables.figures(*map(parse_instant, (window["from"], window["to"], report["now"])))
        )
        == {}
    )


def test_every_figure_of_the_log_is_what_sql_gives_over_the_csv(report: dict[str, Any]) -> None:
    by_group = {"true": "true", "false": "false", None: "all"}
    groups = {"all": report, **report["groups"]}
    asked = _asked_of_the_csv(report["window"])
    assert {by_group[name] for name in asked} == {"all", "true", "false"} & set(groups)
    for name, row in asked.items():
        told = groups[by_group[name]]
        assert _told(told) == pytest.approx(row), name


def test_what_the_log_does_not_hold_is_not_made_up(report: dict[str, Any]) -> None:
    # it has no messages, and with them no first responses; a desk's own promises do not reach back
    assert report["first_response"]["n"] == report["first_response"]["unanswered"] == 0
    assert report["one_reply"]["resolved"] == 0
    assert report["one_reply"]["unrecorded"] == report["reopen"]["resolved"] + report["reopen"]["immature"]
    assert report["sla"]["first_response"]["n"] == 0


_KEYS = (
    ("created",),
    ("resolution", "n"), ("resolution", "median_s"), ("resolution", "p90_s"), ("resolution", "mean_s"),
    ("resolution", "first_median_s"),
    ("backlog", "at_from"), ("backlog", "finished"), ("backlog", "reopened"), ("backlog", "at_to"),
    ("reopen", "resolved"), ("reopen", "reopened"), ("reopen", "reopens"),
)  # fmt: skip


def _told(report: dict[str, Any]) -> dict[str, float | None]:
    found = {}
    for key in _KEYS:
        value: Any = report
        for part in key:
            value = value[part]
        found[".".join(key)] = value
    return found


def _asked_of_the_csv(window: dict[str, str]) -> dict[str | None, dict[str, float | None]]:
    start, end = (parse_instant(window[name]).replace(tzinfo=None) for name in ("from", "to"))
    rows = duckdb.execute(_ASKED, {"log": str(SAMPLE), "start": start, "end": end}).fetchall()
    return {name: dict(zip(map(".".join, _KEYS), row, strict=True)) for name, *row in rows}


_ASKED = """
WITH entry AS (
  SELECT number, strptime(opened_at, '%d/%m/%Y %H:%M') AS opened, made_sla,
         strptime(sys_updated_at, '%d/%m/%Y %H:%M') AS seen, row_number() OVER () AS place,
         incident_state IN ('Resolved', 'Closed') AS finished
  FROM read_csv($log, all_varchar = true, header = true, parallel = false)),
step AS (
  SELECT *, lag(finished, 1, false) OVER (PARTITION BY number ORDER BY seen, place) AS was FROM entry),
incident AS (
  SELECT number, first(opened ORDER BY seen, place) AS began, last(made_sla ORDER BY seen, place) AS made_sla
  FROM step GROUP BY number),
change AS (
  SELECT step.number, incident.made_sla, seen, finished
  FROM step JOIN incident ON incident.number = step.number WHERE finished <> was),
span AS (SELECT CAST($start AS TIMESTAMP) AS since, CAST($end AS TIMESTAMP) AS until),
life AS (
  SELECT i.number, i.made_sla, i.began,
         min(seen) FILTER (WHERE finished) AS first_resolve,
         max(seen) FILTER (WHERE finished AND seen >= since AND seen < until) AS last_resolve,
         count(*) FILTER (WHERE finished AND seen >= since AND seen < until) AS finishes,
         count(*) FILTER (WHERE NOT finished AND seen >= since AND seen < until) AS reopens,
         (i.began < since)::INT - count(*) FILTER (WHERE finished AND seen < since)
           + count(*) FILTER (WHERE NOT finished AND seen < since) AS stood_at_start,
         (i.began < until)::INT - count(*) FILTER (WHERE finished AND seen < until)
           + count(*) FILTER (WHERE NOT finished AND seen < until) AS stood_at_end
  FROM incident AS i LEFT JOIN change USING (number), span GROUP BY i.number, i.made_sla, i.began, since, until),
judged AS (
  SELECT life.*, first_resolve >= since AND first_resolve < until AS is_first,
         EXISTS (SELECT 1 FROM change AS c WHERE c.number = life.number AND NOT c.finished
                 AND c.seen >= first_resolve AND c.seen <= first_resolve + INTERVAL 14 DAY) AS is_back,
         began >= since AND began < until AS is_new,
         epoch(last_resolve) - epoch(began) AS seconds, epoch(first_resolve) - epoch(began) AS first_seconds
  FROM life, span)
SELECT made_sla, count(*) FILTER (WHERE is_new),
       count(seconds), median(seconds),
       CASE WHEN count(seconds) >= 10 THEN quantile_disc(seconds, 0.9) END, avg(seconds),
       median(first_seconds) FILTER (WHERE seconds IS NOT NULL),
       sum(stood_at_start), sum(finishes), sum(reopens), sum(stood_at_end),
       count(*) FILTER (WHERE is_first), count(*) FILTER (WHERE is_first AND is_back), sum(reopens)
FROM judged GROUP BY ROLLUP (made_sla)
"""

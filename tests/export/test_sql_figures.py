"""DuckDB over the Parquet files gives every number of `report kpi`, and the tickets behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import sla_desk
from helpers import DeskAtWork, small_demo
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from many_lives import DESKS, MINUTES, START, lives
from sla_desk import event

from tkt.clock import parse_instant
from tkt.desk import Desk
from tkt.export.parquet import Wish, rows_beside, ticket_rows, write_parquet
from tkt.kpis import KPIS
from tkt.kpis.facts import facts_of
from tkt.kpis.learning import IMPROVEMENT, REVIEW
from tkt.kpis.more import Answer, Learnt, More, Release
from tkt.kpis.window import Window
from tkt.metrics import kpi_report
from tkt.model import Event, Ticket
from tkt.policies.levels import ServiceLevels

duckdb = pytest.importorskip("duckdb")
from sql_figures import Tables, differences  # noqa: E402 - needs duckdb

NOW = "2026-11-16T02:00:00Z"


def test_every_key_figure_has_its_sql() -> None:
    folder = Path(__file__).resolve().parents[2] / "tkt" / "export" / "sql"
    assert {path.stem for path in folder.iterdir()} == set(KPIS)
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        assert text.startswith("-- ")
        assert all(parameter in text for parameter in ("$start", "$end", "$now"))


@pytest.mark.parametrize(
    ("now", "windows"),
    [
        (NOW, [("2026-11-09", "2026-11-16"), ("2026-10-01", "2026-12-01")]),
        ("2026-11-10T08:00:00Z", [("2026-11-02", "2026-11-14T12:00:00Z")]),
    ],
    ids=["a desk of today", "as it was then"],
)
def test_the_demo_desk_asked_in_sql(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    windows: Any,
) -> None:
    monkeypatch.setenv("TKT_NOW", NOW)
    demo = small_demo(tmp_path / "demo", capsys, now=NOW)
    _with_more(demo)
    demo.tkt("export", "parquet", "-o", str(tmp_path / "out"), "--keywords", "--now", now)
    tables = Tables(tmp_path / "out")
    for start, end in windows:
        report = demo.json("report", "kpi", "--from", start, "--to", end, "--now", now, "--ids", "--keywords")
        window = report["window"]
        asked = tables.figures(*map(parse_instant, (window["from"], window["to"], report["now"])))
        assert differences(report, asked) == {}
        assert len(asked) > 300


def _with_more(desk: DeskAtWork) -> None:
    """Units in use, releases, and answers of customers."""
    file = desk.root / "config" / "reports.yaml"
    text = file.read_text("utf-8").replace(
        "releases: {}", "releases: {list: [{name: spring, at: 2026-11-05}]}"
    )
    units = "denominators:\n  pos: {units: 1200, as_of: 2026-11-01}\n  app: 40\n"
    file.write_text(text.replace("denominators: {}\n", units), "utf-8")
    for number, score in enumerate((10, 9, 3)):
        said = f"events:\n- {{id: aaaaa{number}, at: 2026-11-12T09:00:00Z, by: c, did: rated, kind: nps, score: {score}}}\n"
        desk.write(f"customers/asked-{number}.yaml", f"name: Asked\n{said}")


# --- generated desks ---

_WHO = (
    {"customer": "globex"},
    {"customer": "Initech"},
    {"contact": {"email": "a@b.example", "phone": "13800138000"}},
    {"contact": {"phone": "13800138000"}},
    {},
)
_MORE: tuple[dict[str, Any], ...] = (
    {"did": "rated", "score": 5},
    {"did": "rated", "score": 2, "survey": "s1"},
    {"did": "rated", "score": 4, "survey": "s1"},
    {"did": "rated", "solved": True, "survey": "s2"},
    {"did": "rated", "kind": "nps", "score": 9},
    {"did": "rated", "kind": "nps", "score": 3},
    {"did": "rated", "score": 99},
    {"did": "surveyed", "survey": "s1"},
    {"did": "surveyed", "survey": "s2"},
    {"did": "linked", "relation": "repeat_of", "to": "250901-AAAA0"},
    {"did": "linked", "relation": "caused_by", "to": "250901-AAAA1"},
    {"did": "unlinked", "relation": "repeat_of", "to": "250901-AAAA0"},
    {"did": "reviewed", "review": "r1"},
    {"did": "improved", "improvement": "i1"},
    {"did": "improved", "improvement": "i2"},
    {"did": "triaged"},
    {"did": "set", "field": "type", "from": "product", "to": "request"},
    {"did": "set", "field": "owner", "from": "li.wei", "to": "wang.fang"},
    {"did": "set", "field": "owner", "from": None, "to": "li.wei"},
    {"did": "spent", "minutes": 25},
    {"did": "moved", "to": "resolved", "confirmed": {"how": "phone"}},
    {"did": "moved", "to": "closed", "auto_closed": True},
    {"did": "moved", "to": "in-progress"},
    {"did": "note", "recorded_at": START + timedelta(days=9)},
)


@st.composite
def _desks(draw: st.DrawFn) -> list[Ticket]:
    """Some tickets of a few requesters, weeks apart."""
    found = []
    for number in range(draw(st.integers(6, 14))):
        it = draw(lives())
        after = timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 8, 29, 40))))
        who = draw(st.sampled_from(_WHO))
        extra = [_another(draw, place) for place in range(draw(st.integers(0, 5)))]
        events = sorted([*it.events, *extra], key=lambda each: each.order)
        values = {
            **it.values,
            **who,
            "product": draw(st.sampled_from((None, "pos"))),
            "received_at": it.received_at,
        }
        moved = [_later(each, after) for each in events]
        values["received_at"] = it.received_at + after
        found.append(
            replace(it, id=f"250901-AAA{number:02}", values=MappingProxyType(values), events=tuple(moved))
        )
    return found


def _another(draw: st.DrawFn, place: int) -> Event:
    when = START + timedelta(minutes=draw(MINUTES), days=draw(st.sampled_from((0, 1, 5))))
    return event(when, **draw(st.sampled_from(_MORE)), id=f"z{place:05}")


def _later(each: Event, after: timedelta) -> Event:
    recorded = each.recorded_at and each.recorded_at + after
    return replace(each, at=each.at + after, recorded_at=recorded)


def _exported(
    folder: Path, tickets: Iterable[Ticket], levels: ServiceLevels, now: datetime, more: More
) -> Tables:
    desk = Desk(folder, levels.config)
    desk.__dict__["levels"] = levels
    rows = [*ticket_rows(desk, tickets, now, Wish()), *rows_beside(desk, now, Wish(), more, [])]
    write_parquet(str(folder / "out"), rows, force=True)
    return Tables(folder / "out")


_FROM = st.sampled_from((0, 0, 1, 7, 28))


def _asked_both_ways(folder: Path, tickets: list[Ticket], levels: ServiceLevels, data: st.DataObject) -> None:
    now = START + timedelta(days=data.draw(st.sampled_from((2, 10, 50, 120))), seconds=1)
    config = levels.config
    releases = (Release("v1", START + timedelta(days=1)), Release("v2", START + timedelta(days=45)))
    lessons = (
        Learnt(IMPROVEMENT, "i2", START + timedelta(days=4), ("250901-AAA01",), "pos", "fault"),
        Learnt(IMPROVEMENT, "i3", START + timedelta(days=3), ("250901-AAA02", "250901-AAA03")),
        Learnt(REVIEW, "r1", None, ("250901-AAA04",)),
        Learnt(REVIEW, "r2", START + timedelta(days=5)),
    )
    answers = (Answer("Globex", START + timedelta(days=2), 10),)
    more = More(answers=answers, releases=releases, lessons=lessons)
    tables = _exported(folder, tickets, levels, now, more)
    facts = [facts_of(it, config, levels, now) for it in tickets]
    for length in (7, 60):
        begin = START + timedelta(days=data.draw(_FROM), hours=-9)
        window = Window(begin, begin + timedelta(days=length), sla_desk.ZONE)
        report = kpi_report(facts, config, window, now, more=more).json(ids=True)
        asked = tables.figures(window.start, window.end, now)
        assert differences(json.loads(json.dumps(report)), asked) == {}
    tables.connection.close()


_NO_SHRINKING = (Phase.explicit, Phase.generate)  # a case takes half a second
_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(deadline=None, max_examples=5, phases=_NO_SHRINKING, suppress_health_check=_QUIET)
@given(tickets=_desks(), levels=st.sampled_from(DESKS), data=st.data())
def test_any_desk_asked_in_sql(
    tmp_path: Path, tickets: list[Ticket], levels: ServiceLevels, data: st.DataObject
) -> None:
    _asked_both_ways(tmp_path, tickets, levels, data)


@pytest.mark.long
@settings(
    deadline=None, max_examples=60, phases=_NO_SHRINKING, suppress_health_check=_QUIET, derandomize=False
)
@given(tickets=_desks(), levels=st.sampled_from(DESKS), data=st.data())
def test_many_a_desk_asked_in_sql(
    tmp_path: Path, tickets: list[Ticket], levels: ServiceLevels, data: st.DataObject
) -> None:
    _asked_both_ways(tmp_path, tickets, levels, data)

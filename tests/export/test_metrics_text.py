"""`tkt export metrics`: what Prometheus reads, and what it says of the desk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork, small_demo

from tkt.export.metrics import Family, metrics_text

parser = pytest.importorskip("prometheus_client.parser")
NOW = "2026-11-16T02:00:00Z"


def read(text: str) -> dict[str, Any]:
    return {family.name: family for family in parser.text_string_to_metric_families(text)}


def values(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (it.name, frozenset(it.labels.items())): it.value
        for family in read(text).values()
        for it in family.samples
    }


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    monkeypatch.setenv("TKT_NOW", NOW)
    return small_demo(tmp_path / "demo", capsys, now=NOW)


def test_a_real_parser_reads_it_and_the_numbers_are_those_of_the_report(demo: DeskAtWork) -> None:
    text = demo.tkt("export", "metrics").out
    found = values(text)
    whole = demo.json("report", "kpi", "--from", "2000-01-01", "--to", "2026-11-16T10:00:01")
    assert found["tkt_tickets_created_total", frozenset()] == whole["created"]
    assert found["tkt_tickets_reopened_total", frozenset()] == whole["backlog"]["reopened"]
    is_open = sum(value for (name, _), value in found.items() if name == "tkt_tickets_open")
    assert is_open == whole["backlog"]["at_to"]
    for clock in ("first_response", "resolution", "stage"):
        for result in ("met", "breached"):
            labels = frozenset({("clock", clock), ("result", result)})
            assert found["tkt_sla_cycles_decided_total", labels] == whole["sla"][clock][result]
    assert found["tkt_csat_answers_total", frozenset({("result", "positive")})] == whole["csat"]["positive"]
    assert found["tkt_report_timestamp_seconds", frozenset()] == 1794794400


def test_every_metric_says_what_it_is_and_the_same_desk_gives_the_same_text(demo: DeskAtWork) -> None:
    text = demo.tkt("export", "metrics").out
    assert text == demo.tkt("export", "metrics").out
    for family in read(text).values():
        assert family.documentation
        assert family.type in ("gauge", "counter")
        assert family.name.startswith("tkt_")
        assert all(it.name.endswith("_total") == (family.type == "counter") for it in family.samples)


def test_no_label_holds_what_a_customer_or_a_slip_of_the_hand_says(desk: DeskAtWork) -> None:
    desk.tkt("new", "--channel", "phone", "--text", "x", "--set", "contact=张伟 13800138000")
    (ticket,) = (row["id"] for row in desk.json("list"))
    path = desk.path(ticket)
    slip = "priority: P77\nteam: nosuch"
    path.write_text(re.sub(r"(?m)^team: .*$", slip, path.read_text("utf-8"), count=1), "utf-8")
    text = desk.tkt("export", "metrics").out
    assert not [word for word in ("张伟", "1380", ticket, "nosuch", "P77") if word in text]
    labels = frozenset({("status", "new"), ("priority", "other"), ("team", "other")})
    assert values(text)["tkt_tickets_open", labels] == 1


def test_a_file_takes_the_place_of_the_one_before_whole(desk: DeskAtWork, tmp_path: Path) -> None:
    target = tmp_path / "tkt.prom"
    target.write_text("# HELP tkt_old An earlier one.\n")
    assert desk.json("export", "metrics", "-o", str(target))["file"] == str(target)
    assert read(target.read_text("utf-8"))
    assert [it.name for it in tmp_path.iterdir() if "prom" in it.name] == ["tkt.prom"]
    assert "-o FILE" in desk.tkt("export", "metrics", "--json", code=2).err


def test_a_file_that_holds_something_else_is_not_overwritten(desk: DeskAtWork) -> None:
    before = (desk.root / "tkt.yaml").read_bytes()
    refused = desk.tkt("export", "metrics", "-o", str(desk.root / "tkt.yaml"), code=2)
    assert "holds no metrics" in refused.err
    assert (desk.root / "tkt.yaml").read_bytes() == before


def test_a_folder_that_is_not_there_is_named(desk: DeskAtWork) -> None:
    answer = desk.tkt("export", "metrics", "-o", "no/such/x.prom", code=2)
    assert "the folder no/such does not exist" in answer.err


def test_signs_that_mean_something_to_prometheus_are_escaped() -> None:
    labels = (("name", 'a\\b"c\nd'),)
    family = Family(name="tkt_x", kind="gauge", help="back\\slash\nline", samples={labels: 0.5})
    (found,) = parser.text_string_to_metric_families(metrics_text([family]))
    assert (found.samples[0].labels, found.samples[0].value) == ({"name": 'a\\b"c\nd'}, 0.5)

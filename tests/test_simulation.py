"""What verdicts would have been under another config/sla.yaml, counted as reports count them."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork, small_demo

NOW = "2026-11-20T04:00:00Z"
WINDOW = ("--from", "2026-09-01")


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    monkeypatch.setenv("TKT_NOW", NOW)
    return small_demo(tmp_path / "demo", capsys, now=NOW)


def tighter(demo: DeskAtWork) -> Path:
    text = (demo.root / "config/sla.yaml").read_text("utf-8")
    other = demo.root.parent / "other.yaml"
    other.write_text(text.replace("first_response: 2h", "first_response: 10m"), "utf-8")
    return other


def simulated(demo: DeskAtWork, policy: Path, *more: str) -> dict[str, object]:
    found: dict[str, object] = demo.json("sla", "simulate", "--policy", str(policy), *WINDOW, *more)
    return found


def test_it_says_what_the_report_says_before_and_after_the_file_is_taken_over(demo: DeskAtWork) -> None:
    other = tighter(demo)
    clocks = simulated(demo, other)["clocks"]
    assert isinstance(clocks, dict)
    for side in ("today", "other"):
        if side == "other":
            (demo.root / "config/sla.yaml").write_text(other.read_text("utf-8"), "utf-8")
        report = demo.json("report", "kpi", *WINDOW)["sla"]
        for clock in ("first_response", "next_response", "resolution"):
            expected = {key: report[clock][key] for key in ("n", "met", "breached", "rate")}
            assert clocks[clock][side] == expected, (clock, side)
    assert clocks["first_response"]["other"]["breached"] > clocks["first_response"]["today"]["breached"]


def test_the_verdicts_that_change_are_listed(demo: DeskAtWork) -> None:
    other = tighter(demo)
    changes = simulated(demo, other)["changes"]
    assert isinstance(changes, dict)
    assert changes["worse"] == len(changes["cycles"]) > 0
    assert changes["better"] == changes["others"] == 0
    first = changes["cycles"][0]
    assert (first["clock"], first["today"]["state"], first["other"]["state"]) == (
        "first_response", "met", "breached",
    )  # fmt: skip
    limited = simulated(demo, other, "--limit", "1")["changes"]
    assert limited == {**changes, "cycles": changes["cycles"][:1]}
    told = demo.tkt("sla", "simulate", "--policy", str(other), *WINDOW, "--limit", "1").out
    assert first["id"] in told
    assert "more: --limit 0 shows all" in told


def test_groups_add_up_to_the_whole_and_a_query_chooses(demo: DeskAtWork) -> None:
    other = tighter(demo)
    found = simulated(demo, other, "--by", "team")
    whole, by = found["clocks"], found["by"]
    assert isinstance(whole, dict)
    assert isinstance(by, dict)
    for field in ("priority", "team"):
        parts = [group["resolution"]["today"]["n"] for group in by[field].values() if "resolution" in group]
        assert sum(parts) == whole["resolution"]["today"]["n"]
    only = simulated(demo, other, "priority:P3")["by"]
    assert isinstance(only, dict)
    assert set(only["priority"]) == {"P3"}


SMALL = """policies:
- name: everybody
  calendar: always
  effective_from: 2027-01-01
  targets: {TARGETS}
"""
ROWS = ", ".join(f"{name}: {{first_response: 1m}}" for name in ("default", "P1", "P2", "P3", "P4"))


def test_a_small_file_takes_calendars_of_the_desk_and_holds_from_its_day_on(demo: DeskAtWork) -> None:
    other = demo.root.parent / "small.yaml"
    other.write_text(SMALL.replace("TARGETS", ROWS))
    later = simulated(demo, other)["clocks"]
    always = simulated(demo, other, "--from-the-start")["clocks"]
    assert isinstance(later, dict)
    assert isinstance(always, dict)
    assert later["first_response"]["other"]["n"] == 0
    assert always["first_response"]["other"]["n"] >= always["first_response"]["today"]["n"] > 0
    told = demo.tkt("sla", "simulate", "--policy", str(other), *WINDOW)
    assert "not in force in the window: everybody; --from-the-start" in told.err


def test_faults_are_told_at_their_lines_of_the_file(demo: DeskAtWork) -> None:
    other = demo.root.parent / "bad.yaml"
    other.write_text(SMALL.replace("TARGETS", ROWS).replace("1m", "1d", 1).replace("always", "allways"))
    told = demo.tkt("sla", "simulate", "--policy", str(other), code=2).err
    assert f"{other}:3: there is no calendar allways" in told
    assert f"{other}:5: 1d: a day is ambiguous" in told
    assert "--policy FILE" in demo.tkt("sla", "simulate", code=2).err
    other.write_text("policies: [\n")
    assert f"{other}:" in demo.tkt("sla", "simulate", "--policy", str(other), code=2).err

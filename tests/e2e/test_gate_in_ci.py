"""A CI job judges a desk in a clone of one commit: red for a breach, green once it is answered for, yellow for a warning."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from helpers import DeskAtWork
from junitparser import JUnitXml
from sarif_schema import faults

from tkt.cli import main

NOW = "2026-11-20T04:00:00Z"
EVERYTHING = (
    "--format",
    "github",
    "--report",
    "junit=junit.xml",
    "--report",
    "sarif=sla.sarif",
    "--report",
    "gitlab=quality.json",
)


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    monkeypatch.setenv("TKT_NOW", NOW)
    monkeypatch.setenv("CI", "true")
    assert main(["demo", str(tmp_path / "demo"), "--tickets", "40"]) == 0
    return DeskAtWork(tmp_path / "demo", capsys, now=NOW)


def job(demo: DeskAtWork, name: str) -> DeskAtWork:
    """A fresh clone as a CI runner has it: the last commit, and no place for an index."""
    folder = demo.root.parent / name
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{demo.root}", str(folder)], check=True)
    (folder / ".git/tkt").write_text("in the way")
    return DeskAtWork(folder, demo.capsys, now=NOW)


def test_a_desk_s_build_is_red_then_green_and_yellow_where_that_is_asked_for(
    demo: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/sla.md E5."""
    # given a desk with breaches: the job is red, and every report names each of them
    red = job(demo, "red")
    monkeypatch.chdir(red.root)
    told = red.tkt("sla", "check", *EVERYTHING, code=1).out
    late = red.json("sla", "check", code=1)["breached"]
    assert late
    assert told.count("::error ") == len(late)
    assert JUnitXml.fromfile("junit.xml").failures == len(late)
    sarif = Path("sla.sarif").read_text("utf-8")
    assert faults(sarif) == []
    assert sum(it["level"] == "error" for it in json.loads(sarif)["runs"][0]["results"]) == len(late)
    assert sum(
        it["severity"] == "critical" for it in json.loads(Path("quality.json").read_text("utf-8"))
    ) == len(late)
    # when somebody answers for them
    ids = dict.fromkeys(it["id"] for it in late)
    demo.tkt("sla", "ack", *ids, "--cause", "overload", "--reason", "a day without power")
    # then the next job is green, and the breaches are still told
    green = job(demo, "green")
    monkeypatch.chdir(green.root)
    found = green.json("sla", "check")
    assert found["breached"] == []
    assert len(found["acknowledged"]) == len(late)
    green.tkt("sla", "check", *EVERYTHING)
    assert JUnitXml.fromfile("junit.xml").skipped == len(late)
    # and yellow where a warning is to be seen
    clock = ("--clock", "resolution")
    green.at(next(it["due_at"] for it in green.json("sla", "list", *clock) if it["due_at"] > NOW))
    green.tkt("sla", "check", *clock)  # it is due, and not late before the next second
    green.tkt("sla", "check", *clock, "--fail-on", "warning", code=3)

"""`tkt sla check` writes one finding in several formats, and says what it cannot write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import DeskAtWork
from junitparser import JUnitXml
from small_ticket import TICKET

PRINTER = TICKET.replace("ID", "261116-AAAA1").replace("E104", "Printer on fire")
CHECK = ("sla", "check", "--clock", "first_response")


@pytest.fixture
def late(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    """A desk with a breach, worked on from within."""
    desk.write("tickets/new/261116-AAAA1.yaml", PRINTER)
    monkeypatch.chdir(desk.root)
    return desk.at("2026-11-16T08:00:00Z")


def test_one_run_writes_several_files_while_the_terminal_shows_text(late: DeskAtWork) -> None:
    wanted = ("--report", "junit=a.xml", "--report", "sarif=b.json", "--report", "json=c.json")
    first = late.tkt(*CHECK, *wanted, code=1).out
    assert "261116-AAAA1" in first
    assert JUnitXml.fromfile("a.xml").failures == 1
    assert json.loads(Path("b.json").read_text())["runs"][0]["results"]
    assert json.loads(Path("c.json").read_text())["data"] == late.json(*CHECK, code=1)
    # again, in the place of the last run's
    before = [Path(name).read_bytes() for name in ("a.xml", "b.json", "c.json")]
    late.tkt(*CHECK, *wanted, code=1)
    assert [Path(name).read_bytes() for name in ("a.xml", "b.json", "c.json")] == before


def test_the_answer_goes_into_a_file_instead(late: DeskAtWork) -> None:
    answer = late.tkt(*CHECK, "--format", "gitlab", "--output", "q.json", code=1)
    assert (answer.out, answer.err) == ("", "")
    (issue,) = json.loads(Path("q.json").read_text())
    assert issue["location"] == {"path": "tickets/new/261116-AAAA1.yaml", "lines": {"begin": 6}}


def test_paths_count_from_the_top_of_the_repository(desk: DeskAtWork, tmp_path: Path) -> None:
    from tkt.cli import main

    root = desk.root / "support"
    assert main(["init", str(root)]) == 0
    inner = DeskAtWork(root, desk.capsys, now="2026-11-16T08:00:00Z")
    inner.write("tickets/new/261116-AAAA1.yaml", PRINTER)
    told = inner.tkt(*CHECK, "--format", "github", code=1).out
    assert told.startswith("::error file=support/tickets/new/261116-AAAA1.yaml,line=6,title=")


def test_a_step_of_a_workflow_gets_its_summary_once_a_run(
    late: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = late.write("summary.md", "before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    late.tkt(*CHECK, code=1)
    assert summary.read_text() == "before\n"
    late.tkt(*CHECK, "--format", "github", code=1)
    told = summary.read_text("utf-8")
    assert told.startswith("before\n### Service levels\n")
    assert told.count("261116-AAAA1") == 1


def test_quiet_leaves_what_fails_alone(late: DeskAtWork) -> None:
    assert len(late.tkt(*CHECK, "-q", "--format", "github", code=1).out.splitlines()) == 1
    assert len(late.tkt(*CHECK, "-q", code=1).out.splitlines()) == 2
    assert late.at("2026-11-16T01:10:00Z").tkt(*CHECK, "-q").out == ""


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (("--format", "junti"), "no format junti"),
        (("--report", "junit"), "junit is no report, expected FORMAT=FILE"),
        (("--report", "junti=a.xml"), "did you mean junit?"),
        (("--json", "--format", "sarif"), "two answers, expected one of them"),
        (("--report", "junit=missing/a.xml"), "missing/a.xml"),
        (("--within", "soon"), "soon"),
    ],
)
def test_a_wrong_wish_is_told(late: DeskAtWork, wish: tuple[str, ...], told: str) -> None:
    assert told in late.tkt(*CHECK, *wish, code=2).err


def test_an_unreadable_file_and_a_breach_are_both_in_the_report_and_leave_with_two(late: DeskAtWork) -> None:
    """docs/sla.md E5."""
    late.write("tickets/new/261116-BAD01.yaml", "title: no id\n")
    answer = late.tkt(*CHECK, "--format", "github", code=2)
    places = [line.partition(",")[0] for line in answer.out.splitlines() if line.startswith("::error")]
    assert list(dict.fromkeys(places)) == [
        "::error file=tickets/new/261116-BAD01.yaml",
        "::error file=tickets/new/261116-AAAA1.yaml",
    ]
    assert "261116-BAD01.yaml" in answer.err
    assert "1 file unreadable" in answer.out


def test_a_report_says_the_same_whoever_makes_it(late: DeskAtWork) -> None:
    def told() -> list[str]:
        return [late.tkt(*CHECK, "--format", name, code=1).out for name in ("text", "junit", "github")]

    before = told()
    people = late.root / "config/people.yaml"
    (mine,) = [line for line in people.read_text("utf-8").splitlines() if "li.wei@desk.example" in line]
    people.write_text(people.read_text("utf-8").replace(mine, f"{mine}\n    zone: Europe/London"), "utf-8")
    after = told()
    assert after[1:] == before[1:]
    assert after[0] != before[0]  # a person reads it by their own clock

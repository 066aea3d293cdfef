"""`tkt import log` on real incidents: everything comes in, once, and nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

from helpers import DeskAtWork

SAMPLE = str(Path(__file__).resolve().parent.parent / "data" / "incident_log_sample.csv")


def test_the_sample_comes_in_whole_and_once(desk: DeskAtWork) -> None:
    # when the log is imported
    first = desk.json("import", "log", SAMPLE, "--map", "servicenow")
    # then every row has become history
    assert (first["rows"], first["tickets"], first["new"]) == (2676, 421, 421)
    reopened = desk.json("list", "reopens:>0")
    assert (len(reopened), sum(row["reopens"] for row in reopened)) == (26, 31)
    assert len(desk.json("list", "made_sla:true")) == 264
    assert desk.json("check")["errors"] == 0
    assert desk.git("status", "--porcelain") == ""
    # when it is imported again
    head = desk.git("rev-parse", "HEAD")
    again = desk.json("import", "log", SAMPLE, "--map", "servicenow")
    # then no file changes and no commit is made
    assert (again["unchanged"], again["commit"]) == (421, None)
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.git("status", "--porcelain") == ""


def test_a_dry_run_writes_nothing(desk: DeskAtWork) -> None:
    head = desk.git("rev-parse", "HEAD")
    assert desk.json("import", "log", SAMPLE, "--map", "servicenow", "--dry-run")["new"] == 421
    assert desk.git("status", "--porcelain") == ""
    assert desk.git("rev-parse", "HEAD") == head


def test_rejected_rows_are_listed_with_their_reason(desk: DeskAtWork, tmp_path: Path) -> None:
    text = Path(SAMPLE).read_text("utf-8").splitlines()
    log, rejects = tmp_path / "log.csv", tmp_path / "rejects.csv"
    broken = [text[0], text[1], text[2].replace("29/2/2016 08:53", "no date"), "too,few,cells", *text[3:8]]
    log.write_text("\n".join(broken) + "\n", "utf-8")
    answer = desk.json("import", "log", str(log), "--map", "servicenow", "--rejects", str(rejects))
    rows = {fault["row"] for fault in answer["faults"]}
    assert {3, 4} <= rows
    listed = rejects.read_text("utf-8-sig")
    assert "no date" in listed
    assert "too" in listed


def test_an_import_that_was_killed_is_completed_by_the_next_one(desk: DeskAtWork) -> None:
    # given an import that has written everything and committed nothing
    desk.json("import", "log", SAMPLE, "--map", "servicenow")
    desk.git("reset", "-q", "--mixed", "HEAD~1")
    assert desk.git("status", "--porcelain") != ""
    # when it is done again
    again = desk.json("import", "log", SAMPLE, "--map", "servicenow")
    # then it changes nothing, and what was left is committed
    assert (again["unchanged"], again["new"], again["changed"]) == (421, 0, 0)
    assert again["commit"] is not None
    assert desk.git("status", "--porcelain") == ""

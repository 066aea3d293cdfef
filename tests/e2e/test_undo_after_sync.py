"""What was typed last is taken back, also where a sync has put a merge on top of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from helpers import DeskAtWork


@pytest.fixture
def other(desk: DeskAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    """A colleague's clone of the desk, which has one ticket; both know one remote."""
    desk.tkt("new", "E104", "--channel", "phone", "--text", "help")
    bare = tmp_path / "remote.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(desk.root), str(bare)], check=True)
    desk.git("remote", "add", "origin", str(bare))
    desk.git("push", "-q", "-u", "origin", "main")
    subprocess.run(["git", "clone", "-q", str(bare), str(tmp_path / "other")], check=True)
    return DeskAtWork(tmp_path / "other", capsys)


def ticket_of(desk: DeskAtWork) -> str:
    found: str = desk.json("list")[0]["id"]
    return found


def test_undo_corrects_ones_own_command_below_the_merge_of_a_sync(
    desk: DeskAtWork, other: DeskAtWork
) -> None:
    ticket = ticket_of(desk)
    other.tkt("note", ticket, "-m", "theirs")
    other.tkt("sync")
    desk.at("2026-11-16T02:10:00Z").tkt("set", ticket, "urgency=red")
    desk.tkt("sync")
    assert "merge origin/main" in desk.git("log", "-1", "--format=%s")
    # when the last command is taken back
    answer = desk.at("2026-11-16T02:20:00Z").json("undo")
    # then it is corrected, and what others did stays
    assert answer["removed"] is False
    shown = desk.json("show", ticket)
    assert shown.get("urgency") is None
    assert [event["text"] for event in shown["events"] if event["did"] == "note"] == ["theirs"]


def test_a_branch_that_nobody_shares_is_not_published_by_the_way(desk: DeskAtWork, other: DeskAtWork) -> None:
    text = (desk.root / "tkt.yaml").read_text("utf-8")
    desk.write("tkt.yaml", text.replace("  autocommit: true", "  autocommit: true\n  sync: after-write"))
    desk.git("commit", "-qam", "exchange after each command")
    desk.git("checkout", "-q", "-b", "secret")
    answer = desk.tkt("note", ticket_of(desk), "-m", "not yet")
    assert "not shared" in answer.err
    assert "secret" not in desk.git("ls-remote", "origin")


def test_sync_does_not_send_tickets_of_a_desk_that_is_not_committed(
    desk: DeskAtWork, other: DeskAtWork
) -> None:
    desk.git("rm", "-q", "--cached", "tkt.yaml")
    desk.git("commit", "-qm", "as init leaves it without an identity")
    answer = desk.tkt("sync", code=2)
    assert "tkt.yaml" in answer.err
    assert "git add -A" in answer.err


def test_sync_says_where_a_ticket_lies_that_both_had_moved(desk: DeskAtWork, other: DeskAtWork) -> None:
    ticket = ticket_of(desk)
    other.at("2026-11-16T02:20:00Z").tkt("close", ticket, "--code", "spam")
    other.tkt("sync")
    desk.at("2026-11-16T02:10:00Z").tkt("note", ticket, "-m", "mine")
    answer = desk.tkt("sync")
    assert f"{ticket} was new here, and is closed" in answer.out

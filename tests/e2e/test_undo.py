"""`tkt undo`: off the branch while unpushed, a correction once others may have seen it."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json("new", "E104", "--channel", "phone", "--text", "help")["id"]
    return found


@pytest.fixture
def remote(desk: DeskAtWork, tmp_path: Path) -> Path:
    bare = tmp_path / "remote.git"
    desk.git("init", "-q", "--bare", str(bare))
    desk.git("remote", "add", "origin", str(bare))
    return bare


def test_an_unpushed_command_is_taken_off_and_the_file_is_as_it_was(desk: DeskAtWork, ticket: str) -> None:
    head, text = desk.git("rev-parse", "HEAD"), desk.path(ticket).read_bytes()
    desk.tkt("close", ticket, "--code", "duplicate")
    answer = desk.json("undo")
    assert answer["removed"] is True
    assert answer["tickets"] == [ticket]
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.path(ticket).read_bytes() == text
    assert desk.git("status", "--porcelain") == ""


def test_undo_keeps_what_else_somebody_was_doing(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "wrong")
    desk.write("staged.txt", "staged")
    desk.git("add", "staged.txt")
    desk.write("loose.txt", "loose")
    desk.tkt("undo")
    assert desk.git("status", "--porcelain").splitlines() == ["A  staged.txt", "?? loose.txt"]


def test_a_pushed_move_is_corrected_by_an_event(desk: DeskAtWork, ticket: str, remote: Path) -> None:
    desk.tkt("set", ticket, "urgency=red")
    desk.tkt("close", ticket, "--code", "duplicate")
    desk.git("push", "-q", "origin", "HEAD")
    pushed = desk.git("rev-parse", "HEAD")
    # when it is taken back
    answer = desk.at("2026-11-16T02:30:00Z").json("undo", "--reason", "wrong one")
    # then the commit stays, and a new one takes its effect back
    assert answer["removed"] is False
    assert desk.git("rev-parse", "HEAD~1") == pushed
    shown = desk.json("show", ticket)
    assert shown["status"] == "new"
    assert shown["events"][-1]["did"] == "corrected"
    assert desk.path(ticket).parts[-2] == "new"
    assert desk.json("check")["errors"] == 0
    # and its clocks run on as if it had never been closed
    assert {clock["state"] for clock in shown["sla"]} <= {"active", "n/a"}


def test_a_pushed_set_goes_back_to_the_value_before(desk: DeskAtWork, ticket: str, remote: Path) -> None:
    desk.tkt("set", ticket, "order_no=A-1")
    desk.tkt("set", ticket, "order_no=A-2")
    desk.git("push", "-q", "origin", "HEAD")
    desk.tkt("undo")
    assert desk.json("show", ticket)["order_no"] == "A-1"
    assert desk.json("check")["errors"] == 0


def test_a_commit_that_is_not_tkts_is_left_alone(desk: DeskAtWork, ticket: str) -> None:
    desk.write("a.txt", "a")
    desk.git("add", "a.txt")
    desk.git("commit", "-qm", "mine")
    assert "not one of tkt's" in desk.tkt("undo", code=1).err


def test_the_making_of_the_desk_cannot_be_taken_back(desk: DeskAtWork) -> None:
    assert desk.tkt("undo", code=1).err.startswith("error:")


def test_what_was_edited_by_hand_before_the_command_is_not_thrown_away(desk: DeskAtWork, ticket: str) -> None:
    # given a comment by hand that the next command takes into its commit
    path = desk.path(ticket)
    path.write_text(f"# a VIP\n{path.read_text()}")
    desk.tkt("note", ticket, "-m", "hello")
    assert "Hand-edits: yes" in desk.git("log", "-1", "--format=%B")
    head, text = desk.git("rev-parse", "HEAD"), path.read_bytes()
    # then undo refuses and says how else
    refused = desk.tkt("undo", code=1)
    assert "by hand" in refused.err
    assert "git revert" in refused.err
    assert path.read_bytes() == text
    assert desk.git("rev-parse", "HEAD") == head


def test_a_ticket_that_was_made_without_a_commit_is_not_undone_with_its_first_note(desk: DeskAtWork) -> None:
    made = desk.json("new", "E105", "--channel", "phone", "--text", "help", "--no-commit")["id"]
    desk.tkt("note", made, "-m", "hello")
    desk.tkt("undo", code=1)
    assert desk.path(made).exists()


def test_a_command_after_a_command_without_hand_edits_can_be_undone(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "one")
    desk.tkt("note", ticket, "-m", "two")
    assert "Hand-edits" not in desk.git("log", "-1", "--format=%B")
    desk.tkt("undo")


def test_undo_never_leaves_a_ticket_without_a_file(desk: DeskAtWork, ticket: str) -> None:
    # given two copies in HEAD, one of them gone from the disk, as an older tkt has left them
    old = desk.path(ticket)
    new = desk.write(f"tickets/waiting/{ticket}.yaml", old.read_bytes())
    desk.git("add", "-A")
    desk.git("commit", "-qm", f"{ticket}: new\n\nTicket: {ticket}\nAction: wait")
    old.unlink()
    refused = desk.tkt("undo", code=1)
    assert f"git restore -- tickets/new/{ticket}.yaml" in refused.err
    assert new.exists()
    # and the hint works
    desk.git("restore", "--", f"tickets/new/{ticket}.yaml")
    desk.tkt("undo")
    assert desk.path(ticket) == old

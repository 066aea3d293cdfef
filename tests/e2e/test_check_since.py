"""`tkt check --changed-since`: a pull request is judged by what it changes, and how."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    answer = desk.json(
        "new", "E104", "--channel", "phone", "--text", "help", "--set", "impact=one", "--set", "urgency=red"
    )
    found: str = answer["id"]
    return found


def codes(desk: DeskAtWork, *args: str, code: int) -> list[str]:
    return [
        problem["code"]
        for problem in desk.json("check", *args, code=code)["problems"]
        if problem["severity"] == "error"
    ]


def test_a_hand_edit_without_an_event_fails_only_since(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket)
    path.write_text(path.read_text().replace("title: E104", "title: E105"))
    assert codes(desk, "--changed-since", "HEAD", code=1)
    assert codes(desk, code=0) == []


def test_a_removed_event_fails_since(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "one")
    desk.tkt("note", ticket, "-m", "two")
    path = desk.path(ticket)
    text = path.read_text()
    last = text.rindex("- id:")
    path.write_text(text[:last])
    assert codes(desk, "--changed-since", "HEAD", code=1)


def test_a_changed_event_fails_since(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket)
    path.write_text(path.read_text().replace("text: help", "text: helped"))
    assert codes(desk, "--changed-since", "HEAD", code=1)


def test_a_removed_ticket_fails_since(desk: DeskAtWork, ticket: str) -> None:
    desk.path(ticket).unlink()
    assert codes(desk, "--changed-since", "HEAD", code=1) == ["gone"]


def test_what_was_wrong_before_does_not_fail_a_later_change(desk: DeskAtWork, ticket: str) -> None:
    desk.write("tickets/new/261116-BAD01.yaml", "title: no id\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "bad")
    desk.tkt("note", ticket, "-m", "fine")
    assert codes(desk, code=1)
    assert codes(desk, "--changed-since", "HEAD~1", code=0) == []


def test_commands_change_files_as_check_wants_it(desk: DeskAtWork, ticket: str) -> None:
    start = desk.git("rev-parse", "HEAD").strip()
    desk.tkt("set", ticket, "urgency=green", "order_no=A-1")
    desk.tkt("tag", ticket, "vip", "tax")
    desk.tkt("tag", ticket, "-vip")
    desk.tkt("close", ticket, "--code", "test")
    assert codes(desk, "--changed-since", start, code=0) == []


def test_what_the_other_branch_has_gained_meanwhile_is_not_missing_here(
    desk: DeskAtWork, ticket: str
) -> None:
    desk.git("checkout", "-q", "-b", "work")
    desk.tkt("note", ticket, "-m", "here")
    desk.git("checkout", "-q", "main")
    desk.tkt("set", ticket, "urgency=green")
    desk.git("checkout", "-q", "work")
    assert codes(desk, "--changed-since", "main", code=0) == []


def start_of_a_pull_request(desk: DeskAtWork) -> str:
    return desk.git("rev-parse", "HEAD").strip()


def copied(desk: DeskAtWork, ticket: str, path: str) -> None:
    desk.write(path, desk.path(ticket).read_bytes())
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")


@pytest.mark.parametrize("status", ["assigned", "in-progress"])  # before and after `new` in order of paths
def test_a_duplicated_ticket_fails_since(desk: DeskAtWork, ticket: str, status: str) -> None:
    start = start_of_a_pull_request(desk)
    copied(desk, ticket, f"tickets/{status}/{ticket}.yaml")
    assert "two-places" in codes(desk, "--changed-since", start, code=1)


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("tickets/in_progress", "unknown-status"),
        ("tickets/closed/2026-1", "wrong-month"),
        ("tickets/new/sub", "wrong-folder"),
    ],
)
def test_a_ticket_in_a_place_that_is_not_read_fails_since(desk: DeskAtWork, folder: str, code: str) -> None:
    start = start_of_a_pull_request(desk)
    desk.write(f"{folder}/261116-NEW01.yaml", "id: 261116-NEW01\n")
    answer = desk.json("check", "--changed-since", start, code=1)
    assert [problem["code"] for problem in answer["problems"]] == [code]
    assert answer["checked"] == 1
    # and it is what is there that counts: a later pull request is not blamed for it
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")
    assert codes(desk, "--changed-since", "HEAD", code=0) == []

"""Files where they do not belong: months, unfinished moves, status directories that git would forget."""

from __future__ import annotations

import pytest
from fixdesk import ID, TICKET, WANG, commit, edit, errors, events, fixed, git_mv, prepared
from helpers import DeskAtWork

CLOSED = TICKET.replace("status: new", "status: closed")
RIGHT = f"tickets/closed/2026-11/{ID}.yaml"


def codes(desk: DeskAtWork) -> list[str]:
    return [it["code"] for it in desk.json("check", code=None)["problems"] if it["code"] != "sla"]


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("tickets/closed", ["no-month"]),
        ("tickets/closed/2026-10", ["wrong-month"]),
        ("tickets/closed/2026-1", ["wrong-month"]),
        ("tickets/closed/2026-11-old/sub", ["wrong-month"]),
    ],
)
def test_a_closed_ticket_goes_to_the_month_in_which_it_was_closed(
    desk: DeskAtWork, folder: str, told: list[str]
) -> None:
    prepared(desk, CLOSED, f"{folder}/{ID}.yaml")
    assert codes(desk) == told
    hint = next(it["hint"] for it in desk.json("check", code=None)["problems"] if it["code"] == told[0])
    assert hint == "tkt check --fix"
    fixed(desk)
    assert desk.path(ID) == desk.root / RIGHT
    assert codes(desk) == []
    assert "similarity index 100%" in desk.git("show", "-M", "HEAD")
    assert desk.git("status", "--porcelain") == ""


def test_a_ticket_closed_by_hand_gets_its_move_and_its_month_in_one_commit(desk: DeskAtWork) -> None:
    prepared(desk)
    git_mv(desk, "tickets/closed")
    commit(desk, WANG, "2026-11-16T02:00:00Z")
    answer = fixed(desk.at("2026-12-02T00:00:00Z"))
    assert [step["fixer"] for step in answer["planned"]] == ["adopt", "place"]
    assert desk.path(ID) == desk.root / RIGHT
    assert desk.git("rev-list", "--count", "HEAD").strip() == "4"


def test_a_month_that_was_right_already_makes_no_empty_commit(desk: DeskAtWork) -> None:
    # given a closed ticket that somebody carried to a wrong month, and did not commit
    prepared(desk, CLOSED, RIGHT)
    git_mv(desk, "tickets/closed/2026-09")
    head = desk.git("rev-parse", "HEAD")
    answer = fixed(desk)
    assert (answer["done"], answer["commit"]) == (True, None)
    assert desk.path(ID) == desk.root / RIGHT
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.git("diff", "HEAD", "--name-only") == ""


def test_a_file_in_no_month_that_cannot_be_read_is_named_and_left_alone(desk: DeskAtWork) -> None:
    prepared(desk, "title: no id\n", f"tickets/closed/2026-1/{ID}.yaml")
    answer = fixed(desk, code=1)
    assert f"tickets/closed/2026-1/{ID}.yaml" in [it["path"] for it in answer["remaining"]]
    assert desk.path(ID).read_text() == "title: no id\n"


def test_a_copy_in_no_month_is_left_to_repair(desk: DeskAtWork) -> None:
    prepared(desk, CLOSED, RIGHT)
    stray = desk.write(f"tickets/closed/2026-1/{ID}.yaml", CLOSED)
    answer = fixed(desk, code=1)
    assert "two-places" in [it["code"] for it in answer["remaining"]]
    assert stray.exists()


def test_missing_gitkeeps_are_made(desk: DeskAtWork) -> None:
    for status in ("new", "resolved"):
        (desk.root / f"tickets/{status}/.gitkeep").unlink()
    (desk.root / "tickets/resolved").rmdir()
    commit(desk)
    answer = fixed(desk)
    assert sorted(step["path"] for step in answer["planned"]) == [
        "tickets/new/.gitkeep", "tickets/resolved/.gitkeep",
    ]  # fmt: skip
    assert desk.git("show", "--format=", "--name-status").split() == [
        "A", "tickets/new/.gitkeep", "A", "tickets/resolved/.gitkeep",
    ]  # fmt: skip
    assert desk.git("log", "-1", "--format=%s").strip() == "check: fix"
    assert "no-gitkeep" not in codes(desk)


def test_a_move_that_was_not_finished_is_finished_and_not_taken_back(desk: DeskAtWork) -> None:
    # given a file that a command has written and not renamed
    prepared(desk)
    moved = (
        "- id: dddd00\n  at: 2026-11-16T01:30:00Z\n  by: li.wei\n  did: moved\n  from: new\n  to: assigned\n"
    )
    desk.path(ID).write_text(desk.path(ID).read_text() + moved)
    assert errors(desk) == ["status"]
    answer = fixed(desk)
    assert [step["fixer"] for step in answer["planned"]] == ["finish"]
    assert desk.path(ID).parent.name == "assigned"
    assert events(desk)[-1]["id"] == "dddd00"
    assert errors(desk) == []
    assert desk.git("status", "--porcelain") == ""


def test_with_changed_since_only_what_changed_is_put_right(desk: DeskAtWork) -> None:
    prepared(desk, CLOSED, f"tickets/closed/{ID}.yaml")
    start = desk.git("rev-parse", "HEAD").strip()
    desk.write("tickets/closed/261116-HAND2.yaml", CLOSED.replace(ID, "261116-HAND2"))
    commit(desk)
    fixed(desk, "--changed-since", start)
    assert desk.path("261116-HAND2").parent.name == "2026-11"
    assert desk.path(ID).parent.name == "closed"


def test_nothing_else_is_touched(desk: DeskAtWork) -> None:
    # odd spacing, an unknown key, comments, another order of keys
    prepared(desk, TICKET.replace("impact: one\n", "prioirty:   x   # mine\nimpact:    one\n"))
    text = desk.path(ID).read_bytes()
    assert fixed(desk)["planned"] == []
    assert desk.path(ID).read_bytes() == text
    edit(desk, "impact:    one", "impact:    one  ")
    assert fixed(desk)["planned"] == []

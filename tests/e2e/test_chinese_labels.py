"""A Chinese reader meets the labels of the desk, not the names in its files."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

from tkt.undo import told


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    asked = (
        "--channel",
        "phone",
        "--text",
        "x",
        "--category",
        "fault",
        "--quick",
        "--from",
        "Z <z@acme.example>",
    )
    return str(desk.json("new", "E104", *asked)["id"])


def test_what_is_missing_is_told_by_its_labels(desk: DeskAtWork, ticket: str) -> None:
    assert "影响范围 +" in desk.tkt("--lang", "zh", "list", "status:open").out
    assert "impact +" in desk.tkt("list", "status:open").out


def test_a_refused_move_names_statuses_fields_and_categories(desk: DeskAtWork, ticket: str) -> None:
    err = desk.tkt("--lang", "zh", "take", ticket, code=1).err
    problem, _, _hint = err.partition("提示")
    assert "in-progress" not in problem
    assert "处理中" in problem
    assert "产品线：" in problem
    assert "product：" not in problem
    assert "fault" not in problem
    assert "--set product=" in err
    english = desk.tkt("take", ticket, code=1).err
    assert "cannot go to in-progress yet" in english
    assert "product: needed for fault" in english


def test_what_is_put_away_is_told_by_its_label(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("spam", ticket)
    err = desk.tkt("--lang", "zh", "spam", ticket, "--as", "test", code=1).err
    assert "spam" not in err.partition("提示")[0]


def test_what_was_taken_back_is_told_in_chinese(desk: DeskAtWork, ticket: str) -> None:
    other = str(desk.json("new", "two", "--channel", "phone", "--text", "x", "--quick")["id"])
    desk.tkt("tag", f"{ticket},{other}", "a")
    assert "took back tag: 2 tickets" in desk.tkt("undo").out
    assert told("tag: 2 tickets") != "tag: 2 tickets"  # counted by gettext, not the words of the commit
    assert told("new: 2 ways to pay") == "new: 2 ways to pay"

"""`tkt board --plain` and `--json`: the board for pipes and programs."""

from __future__ import annotations

import pytest
from goldens import golden
from helpers import DeskAtWork

from tkt.board.plain import title_lines
from tkt.board.watching import mark_of
from tkt.render.text import width

TRIAGED = (
    "--type",
    "inquiry",
    "--category",
    "billing",
    "--impact",
    "one",
    "--urgency",
    "green",
    "--set",
    "account=acme",
)


@pytest.fixture
def three(desk: DeskAtWork) -> DeskAtWork:
    """A new ticket, one in progress that is late, one closed."""
    ids = ["261116-AAAA1", "261116-AAAA2", "261116-AAAA3"]
    titles = ["开票时报错，无法提交，提示税号不对", "Where is my invoice", "Win a prize"]
    for name, title in zip(ids, titles, strict=True):
        made = desk.json("new", title, "-c", "phone", "--from", "wu@acme.example", "-m", title, *TRIAGED)
        file = desk.path(made["id"])
        text = file.read_text("utf-8").replace(made["id"], name)
        file.unlink()
        desk.write(f"tickets/new/{name}.yaml", text)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "prepared")
    desk.tkt("take", ids[1])
    desk.tkt("close", ids[2], "--code", "spam")
    return desk.at("2026-11-19T02:00:00Z")


def test_columns_stand_side_by_side_where_there_is_room(
    three: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    told = three.tkt("board", "--plain").out
    assert told == golden("board/plain-120.txt", told)
    assert max(width(line) for line in told.splitlines()) <= 120


def test_columns_stand_below_each_other_where_there_is_not(
    three: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    told = three.tkt("board").out
    assert "New 1 · 1 late" in told
    assert "261116-AAAA1" in told
    assert max(width(line) for line in told.splitlines()) <= 60


def test_a_pipe_gets_everything(three: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    told = three.tkt("board").out
    assert "开票时报错，无法提交，提示税号不对" in told
    assert "261116-AAAA3" not in told  # closed


def test_a_program_gets_the_columns_with_their_tickets(three: DeskAtWork) -> None:
    found = three.json("board")
    assert [each["status"] for each in found["columns"]] == [
        "new",
        "assigned",
        "in-progress",
        "waiting",
        "resolved",
    ]
    new = found["columns"][0]
    assert (new["name"], new["category"], new["count"], new["breached"]) == ("New", "new", 1, 1)
    assert [ticket["id"] for ticket in new["tickets"]] == ["261116-AAAA1"]
    assert new["tickets"] == [it for it in three.json("list", "status:open") if it["id"] == "261116-AAAA1"]


def test_the_late_ones_are_those_that_a_query_finds(three: DeskAtWork) -> None:
    late = {ticket["id"] for ticket in three.json("list", "status:open sla:breached")}
    breached = sum(each["breached"] for each in three.json("board")["columns"])
    assert breached == len(late) == 2


def test_a_query_or_a_view_says_what_is_on_the_board(three: DeskAtWork) -> None:
    assert three.json("board", "owner:me")["columns"][0]["count"] == 0
    assert three.json("board", "@late", "-owner:me")["columns"][0]["count"] == 1
    assert sum(each["count"] for each in three.json("board", "status:closed")["columns"]) == 0


def test_a_wrong_query_is_told_in_its_own_words(three: DeskAtWork) -> None:
    assert (
        three.tkt("board", "ownr:me", "--json", code=2).error
        == three.tkt("list", "ownr:me", "--json", code=2).error
    )
    assert "view nope" in three.tkt("board", "@nope", code=2).err


def test_a_file_that_cannot_be_read_hides_nothing_else(three: DeskAtWork) -> None:
    three.write("tickets/new/261116-BBBB1.yaml", "title: [")
    told = three.tkt("board", code=2)
    assert "2 tickets" in told.out
    assert "261116-BBBB1.yaml" in told.err


def test_without_textual_the_live_board_says_what_to_install(
    three: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.commands.board._is_live", lambda: True)
    monkeypatch.setattr("tkt.commands.board._has_textual", lambda: False)
    told = three.tkt("board", code=2).err
    assert "error: the live board needs the Python package textual" in told
    assert "hint: pip install 'textual>=8.0', or: tkt board --plain" in told


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("short", ["short"]),
        ("one two three four five", ["one two", "three four…"]),
        ("开票时报错无法提交税号", ["开票时报错", "无法提交…"]),
    ],
)
def test_a_title_is_cut_on_its_last_line(title: str, lines: list[str]) -> None:
    assert title_lines(title, 11 if title.isascii() else 10, 2) == lines


def test_a_change_of_a_file_changes_the_mark(three: DeskAtWork) -> None:
    before = mark_of(three.root, ("new",))
    assert mark_of(three.root, ("new",)) == before
    three.write("tickets/closed/2026-11/261116-CCCC1.yaml", "x")  # not on the board
    assert mark_of(three.root, ("new",)) == before
    three.write("tickets/new/261116-CCCC1.yaml", "x")
    assert mark_of(three.root, ("new",)) != before

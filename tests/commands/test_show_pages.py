"""`tkt show`: whole, on one screen, for one person; of one ticket or several."""

from __future__ import annotations

from itertools import product

import pytest
from helpers import DeskAtWork

from tkt.render.text import width

LONG = (
    "All of our people are locked out. The sign-in page sends them to Microsoft and back, and then shows an error\n"
    "that says that the redirect address does not match what was agreed. Nothing was changed on our side that we know\n"
    "of, and the shops open in half an hour."
)


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    people = desk.root / "config/people.yaml"
    people.write_text(
        people.read_text("utf-8").replace("\npeople:\n", "\npeople:\n  wang.fang: {name: 王芳}\n"), "utf-8"
    )
    desk.git("commit", "-qam", "wang.fang")
    found = str(
        desk.json(
            "new", "登录不了 Nobody can log in", "--channel", "wechat", "--text", LONG, "--from", "Zhang Wei",
            "--category", "how-to", "--impact", "one", "--urgency", "yellow", "--set", "complexity=simple",
        )["id"]
    )  # fmt: skip
    desk.at("2026-11-16T02:05:00Z").tkt("take", found)
    desk.at("2026-11-16T02:06:00Z").tkt("reply", found, "-m", "We look into it.", "--spent", "15m")
    return found


def test_what_was_decided_is_pinned_in_order(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T02:07:00Z").tkt("note", ticket, "--decision", "-m", "refund in full")
    desk.at("2026-11-16T02:08:00Z").tkt("note", ticket, "--decision", "-m", "no visit")
    for more in ((), ("--brief",)):
        shown = desk.tkt("show", ticket, *more).out
        assert shown.index("Li Wei: refund in full") < shown.index("Li Wei: no visit")
    assert desk.tkt("show", ticket).out.splitlines()[4].startswith("decided 2026-11-16 10:07  Li Wei")


def test_brief_fits_on_one_screen(desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(10, 25):
        desk.at(f"2026-11-16T02:{minute}:00Z").tkt(
            "note", ticket, "-m", f"tried {minute} 重启了导出服务,没有变化 " * 3
        )
    desk.tkt("note", ticket, "--decision", "-m", "退全款 refund in full " * 9)
    for language, columns in product(("en", "zh"), (40, 60, 80, 200)):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = desk.tkt("--lang", language, "show", ticket, "--brief").out.splitlines()
        assert len(lines) <= 23
        assert max(map(width, lines)) <= min(columns, 100)
        assert any("tried 24" in line for line in lines) or columns < 60


def test_brief_has_problem_tried_and_next(desk: DeskAtWork, ticket: str) -> None:
    shown = desk.tkt("show", ticket, "--brief").out
    words = [line.split()[0] for line in shown.splitlines() if line and not line.startswith(" ")]
    assert words[2:] == ["problem", "missing", "tried", "next", "due", "spent"] or words[2:] == ["problem", "tried", "next", "due", "spent"]  # fmt: skip
    assert "Li Wei → the customer: We look into it." in shown


def test_for_me_tells_what_is_new_since_my_last_step(desk: DeskAtWork, ticket: str) -> None:
    later = desk.at("2026-11-16T03:00:00Z")
    later.tkt("heard", ticket, "-m", "And when?", "--channel", "phone")
    desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", "@wang.fang please call", "--by", "wang.fang")
    shown = desk.at("2026-11-16T04:00:00Z").tkt("show", ticket, "--for", "me").out
    assert "since your last step, 1h 54m ago (today 10:06)" in shown
    assert "And when?" in shown
    assert f'tkt reply {ticket} --text "…"' in shown
    told = desk.json("show", ticket, "--for", "wang.fang")["for"]
    assert (told["person"], told["since"], len(told["unanswered"])) == (
        "wang.fang",
        "2026-11-16T03:05:00Z",
        1,
    )
    assert told["commands"][:2] == [f'tkt reply {ticket} --text "…"', f"tkt take {ticket}"]


def test_a_mention_and_a_newcomer(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", "@wang.fang please call")
    shown = desk.tkt("show", ticket, "--for", "wang.fang").out
    assert "you have done nothing on it yet" in shown
    assert "Li Wei: @wang.fang please call" in shown


def test_several_are_shown_one_after_the_other(desk: DeskAtWork, ticket: str) -> None:
    other = str(desk.json("new", "Second", "--channel", "phone", "--text", "x")["id"])
    shown = desk.tkt("show", f"{ticket},{other}").out
    assert shown.index(ticket) < shown.index(other)
    assert [it["id"] for it in desk.json("show", ticket, other)["tickets"]] == [ticket, other]
    assert "choose one" in desk.tkt("show", ticket, "--brief", "--for", "me", code=2).err


def test_words_that_were_broken_into_long_lines_flow_on(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = desk.tkt("show", ticket).out
    assert "shows an error that says" in " ".join(shown.split())
    said = shown[shown.index("      All of") : shown.index("in half an hour")].splitlines()
    assert all(width(line) > 45 for line in said[:-1])


@pytest.mark.parametrize("typed", ["", ",", "、 ,"])
def test_no_ticket_at_all_is_a_question_and_no_bug(desk: DeskAtWork, typed: str) -> None:
    assert "which ticket?" in desk.tkt("show", typed, code=2).err

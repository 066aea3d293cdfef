"""`tkt spam`, `tkt duplicate`, `tkt not-spam`, `tkt noreply` on a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork


def opened(desk: DeskAtWork, text: str = "E104 when saving") -> str:
    return str(
        desk.json("new", "--channel", "email", "--from", "Zhang Wei <z@acme.example>", "--text", text)["id"]
    )


def test_several_are_put_away_and_brought_back_with_one_commit_each(desk: DeskAtWork) -> None:
    one, two = opened(desk), opened(desk, "Buy cheap watches")
    head = desk.git("rev-list", "--count", "HEAD").strip()
    assert [it["status"] for it in desk.json("spam", one, two)["tickets"]] == ["closed", "closed"]
    assert int(desk.git("rev-list", "--count", "HEAD")) == int(head) + 1
    assert desk.json("list", "status:open") == []
    assert desk.json("sla", "check")["checked"] == 0
    back = desk.at("2026-11-16T02:30:00Z").json("not-spam", one, two)["tickets"]
    assert [it["status"] for it in back] == ["new", "new"]
    assert not [it for it in desk.json("check")["problems"] if it["path"].startswith("tickets/")]
    assert desk.json("show", one)["reopens"] == 0


def test_a_duplicate_names_the_other_one_and_reminds_of_the_customer(desk: DeskAtWork) -> None:
    one, two = opened(desk), opened(desk)
    answer = desk.tkt("duplicate", two, "--of", one[-4:])
    assert f"tkt reply {two}" in answer.err
    assert "put away as duplicate of" in answer.out
    told = desk.tkt("duplicate", opened(desk), "--of", one, "--reply", "We answer in the other one.")
    assert "tkt reply" not in told.err
    assert desk.tkt("duplicate", one, "--of", two, code=1).err.count(f"tkt not-spam {two}") == 1
    assert "--of" in desk.tkt("duplicate", one, code=2).err


def test_a_thank_you_is_noticed_and_settled_without_a_reason(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.tkt("reply", ticket, "-m", "It works again.")
    heard = desk.at("2026-11-16T02:10:00Z").json("heard", ticket, "--channel", "wechat", "-m", "收到,谢谢!")
    assert f"tkt noreply {ticket}" in heard["written"]["notes"][0]
    assert f"tkt noreply {ticket}" in desk.tkt("show", ticket).out.splitlines()[-1]
    assert "it is a thank-you" in desk.tkt("noreply", "@").out
    assert "noreply" not in desk.tkt("show", ticket).out
    assert desk.json("show", ticket)["needs"] == ["triage", "owner"]


def test_what_is_no_thank_you_still_asks_for_a_reason(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.tkt("reply", ticket, "-m", "It works again.")
    desk.at("2026-11-16T02:10:00Z").tkt("heard", ticket, "--channel", "phone", "-m", "谢谢,但还是不行")
    assert "--reason" in desk.tkt("noreply", ticket, code=1).err


def test_time_spent_is_summed_on_the_page(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.tkt("reply", ticket, "-m", "Looking", "--spent", "15m")
    desk.tkt("note", ticket, "-m", "odd", "--spent", "1h")
    desk.tkt("heard", ticket, "-m", "still odd", "--spent", "5")
    assert " ".join(desk.tkt("show", ticket).out.split()).count("time spent 1h 20m") == 1
    assert "时间" in desk.tkt("--lang", "zh", "show", ticket).out
    assert "expected one like 15m" in desk.tkt("note", ticket, "-m", "x", "--spent", "a while", code=2).err


def test_files_come_with_what_is_said(desk: DeskAtWork, tmp_path: Path) -> None:
    photo = tmp_path / "photo.txt"
    photo.write_text("hello")
    ticket = desk.json("new", "-c", "phone", "-m", "broken", "--attach", str(photo))["id"]
    desk.tkt("note", ticket, "-m", "the same", "--attach", str(photo))
    shown = desk.tkt("show", ticket).out
    assert "photo.txt 5 B (" in shown
    assert shown.count("attached photo.txt") == 2


@pytest.mark.parametrize("words", [("spam",), ("not-spam",), ("noreply",)])
def test_each_wants_a_ticket(desk: DeskAtWork, words: tuple[str, ...]) -> None:
    assert "which ticket?" in desk.tkt(*words, code=2).err

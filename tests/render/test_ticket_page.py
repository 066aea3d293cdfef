"""The page of a ticket: what it is, what is next, what happened."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

OPEN, CLOSE, COLON, STOP = "\uff08", "\uff09", "\uff1a", "\u3001"


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json(
        "new", "E104", "--channel", "wechat", "--text", "help", "--from", "Zhang Wei", "--category", "how-to",
        "--impact", "one", "--urgency", "yellow", "--set", "complexity=simple",
    )["id"]  # fmt: skip
    desk.at("2026-11-16T02:05:00Z").tkt("take", found)
    return found


def page(desk: DeskAtWork, ticket: str, *more: str) -> str:
    """The page with its columns closed up."""
    return " ".join(desk.tkt(*more, "show", ticket).out.split())


def test_an_open_ticket_shows_its_next_action_with_the_owners_name(desk: DeskAtWork, ticket: str) -> None:
    assert "next action Li Wei · answer the customer · by 2026-11-16" in page(desk, ticket)


def test_a_finished_ticket_has_no_next_action(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T02:10:00Z").tkt(
        "reply", ticket, "-m", "Menu, export.", "--and", "resolve", "--code", "answered", "--cause", "unknown"
    )
    shown = desk.tkt("show", ticket).out
    assert "next action" not in shown.partition("What happened")[0]
    assert " resolution answered, unknown: Menu, export." in page(desk, ticket)


def test_labels_stand_where_the_desk_has_them(desk: DeskAtWork, ticket: str) -> None:
    shown = page(desk, ticket)
    assert "impact one customer" in shown
    assert "urgency soon (yellow)" in shown
    shown = page(desk, ticket, "--lang", "zh")
    assert "影响范围 单个客户 one" in shown
    assert "渠道 微信 wechat" in shown


def test_chinese_pages_have_chinese_punctuation(desk: DeskAtWork) -> None:
    made = desk.json("new", "E104", "--channel", "phone", "--text", "help", "--category", "parcel")["id"]
    shown = desk.tkt("--lang", "zh", "show", made).out
    assert f"items{OPEN}物品{CLOSE}{STOP}" in shown
    assert f"evidence{OPEN}凭证{CLOSE}" in shown
    assert not any(half in shown.replace(f" {made}", "") for half in (": ", ", ", " ("))


def test_a_file_moved_by_hand_says_so_at_the_top(desk: DeskAtWork, ticket: str) -> None:
    desk.git("mv", f"tickets/in-progress/{ticket}.yaml", f"tickets/new/{ticket}.yaml")
    first, second, *_rest = desk.tkt("show", ticket).out.splitlines()
    assert first == "it lies in new, but its events lead to in-progress: tkt check"
    assert second.startswith(ticket)
    desk.git("mv", f"tickets/new/{ticket}.yaml", f"tickets/in-progress/{ticket}.yaml")
    assert desk.tkt("show", ticket).out.startswith(ticket)


def test_an_open_clock_has_hours_and_no_days(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T02:10:00Z").tkt("reply", ticket, "-m", "Which version?")
    assert "resolution running by Thu 10:00 21h 12m left" in page(desk.at("2026-11-16T03:17:11Z"), ticket)
    assert "53h 47m over" in page(desk.at("2026-11-30T03:17:11Z"), ticket)


def test_what_is_still_to_come_is_not_ago(desk: DeskAtWork, ticket: str) -> None:
    shown = desk.at("2026-11-14T17:00:00Z").tkt("show", ticket).out
    assert "(in 1d 9h)" in shown

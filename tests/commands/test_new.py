"""`tkt new`: nothing is refused at the door."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.ids import is_ticket_id


def test_a_channel_and_words_are_enough(desk: DeskAtWork) -> None:
    answer = desk.json("new", "--quick", "--channel", "wechat", "--text", "发票开不出\n请尽快处理")
    assert is_ticket_id(answer["id"])
    assert answer["title"] == "发票开不出"
    assert answer["status"] == "new"
    assert [event["did"] for event in answer["events"]] == ["opened", "message"] or answer["team"]
    assert answer["written"]["commit"] == desk.git("rev-parse", "HEAD").strip()


def test_list_and_show_name_what_is_missing(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = desk.json("new", "--channel", "phone", "--text", "E104", "--category", "fault")["id"]
    # on a screen the first of them and how many more, in a pipe all
    assert "contact +" in desk.tkt("list").out
    monkeypatch.delenv("COLUMNS")
    assert "occurred_at" in desk.tkt("list").out
    assert "occurred_at" in desk.tkt("show", ticket).out


def test_earlier_tickets_are_shown_and_a_repeat_is_said(desk: DeskAtWork) -> None:
    first = desk.json(
        "new", "--channel", "phone", "--from", "zhang@acme.example", "--text", "invoice page says E104"
    )["id"]
    answer = desk.tkt(
        "new",
        "--channel",
        "email",
        "--from",
        "Zhang <zhang@acme.example>",
        "--text",
        "invoice page says E104 again",
    )
    assert first in answer.out
    assert "looks like a repeat" in answer.out


def test_a_known_customer_gives_its_tier(desk: DeskAtWork) -> None:
    desk.write(
        "customers/acme.yaml",
        "id: acme\nname: ACME\ntier: vip\ncontacts:\n- {name: Zhang, email: zhang@acme.example}\n",
    )
    answer = desk.json("new", "--channel", "email", "--from", "zhang@acme.example", "--text", "hello")
    assert answer["customer"] == "acme"
    assert answer["tier"] == "vip"


def test_a_strangers_words_come_back_as_they_were(desk: DeskAtWork) -> None:
    words = "\x1b[31mred\x1b[0m \ttab\r\nCR\rlone\u0085next\u2028sep\u202e!yaml *a &b %c\n---\n... # no comment: {x} \ufeff 中文，：“”"
    answer = desk.json("new", "--channel", "web", "--text", words)
    message = next(event for event in answer["events"] if event["did"] == "message")
    shown = desk.json("show", answer["id"])
    again = next(event for event in shown["events"] if event["did"] == "message")
    assert message["text"] == again["text"] == words.replace("\r\n", "\n")
    # and a terminal gets none of its orders
    assert "\x1b" not in desk.tkt("show", answer["id"]).out
    assert "\u202e" not in desk.tkt("show", answer["id"]).out


def test_two_tickets_at_once_never_share_an_id(desk: DeskAtWork) -> None:
    ids = {desk.json("new", "--quick", "--channel", "phone", "--text", "x")["id"] for _ in range(15)}
    assert len(ids) == 15
    assert len(list(desk.root.glob("tickets/new/*.yaml"))) == 15


def typed(desk: DeskAtWork, *lines: str, args: tuple[str, ...] = ("new",)) -> str:
    """What a terminal shows while somebody types these lines."""
    parent, child = pty.openpty()
    env = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tkt", "-C", str(desk.root), *args],
        stdin=child, stdout=child, stderr=child, env=env, cwd=Path(__file__).resolve().parents[2],
        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # for Ctrl-C
    )  # fmt: skip
    os.close(child)
    shown = b""
    pending = list(lines)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([parent], [], [], 0.4)
        if ready:
            try:
                shown += os.read(parent, 4096)
            except OSError:
                break
        elif pending:
            line = pending.pop(0)
            os.write(parent, (line if line in ("\x03", "\x04") else f"{line}\n").encode())
        elif process.poll() is not None:
            break
    process.wait(timeout=10)
    os.close(parent)
    return shown.decode()


def test_on_a_terminal_it_asks_for_what_is_missing(desk: DeskAtWork) -> None:
    shown = typed(
        desk, "phone", "Zhang Wei <zhang@acme.example>", "The invoice page says E104.", "", "inquiry", "billing",
        "one", "yellow", "issue the invoice today",
    )  # fmt: skip
    (ticket,) = desk.json("list")
    assert ticket["channel"] == "phone", shown
    assert (ticket["type"], ticket["category"], ticket["priority"]) == ("inquiry", "billing", "P3")
    assert ticket["contact"] == {"name": "Zhang Wei", "email": "zhang@acme.example"}
    assert "Who asks?" in shown


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_who_gives_up_has_recorded_nothing_and_lost_nothing(desk: DeskAtWork, key: str) -> None:
    shown = typed(desk, "phone", "张伟", "发票页 E104。", "又来了。", key)
    assert "nothing was recorded" in shown
    assert desk.json("list") == []
    (kept,) = (desk.root / ".git" / "tkt" / "rescue").iterdir()
    assert kept.name in shown.replace("\r\n", "")
    text = kept.read_text("utf-8")
    assert all(each in text for each in ("phone", "张伟", "发票页 E104。", "又来了。"))


def test_who_gives_up_at_once_leaves_nothing(desk: DeskAtWork) -> None:
    assert "nothing was recorded" in typed(desk, "\x04")
    assert not (desk.root / ".git" / "tkt" / "rescue").exists()

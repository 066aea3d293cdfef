"""Four processes move and answer the same tickets at the same time: what was told as written is there, once."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from crashing import started, wait_for_all
from helpers import DeskAtWork

from tkt.cli import main
from tkt.desk import Desk

WORKERS = 4


def commands(ticket: str, words: str) -> list[tuple[str, ...]]:
    return [
        ("reply", ticket, "--text", words),
        ("note", ticket, "--text", words),
        ("take", ticket),
        ("assign", ticket, "me"),
        ("start", ticket, "--set", "complexity=simple"),
        ("wait", ticket, "--on", "vendor", "--for", "a part"),
        ("close", ticket, "--code", "test"),
        ("reopen", ticket),
    ]


def worker(root: Path, tickets: list[str], number: int, seconds: float, told: Path) -> Callable[[], int]:
    """Works until its time is over, and tells which events it was told are written."""

    def work() -> int:
        chance = random.Random(number)
        seen: dict[str, list[str]] = {ticket: [] for ticket in tickets}
        until, tries = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            tries += 1
            ticket, words = chance.choice(tickets), f"{number}.{tries}"
            with contextlib.redirect_stdout(io.StringIO()) as out:
                code = main(["-C", str(root), *chance.choice(commands(ticket, words)), "--json"])
            if code == 0:
                events = json.loads(out.getvalue())["data"]["events"]
                seen[ticket] += [event["id"] for event in events]
            elif code not in (1, 2):
                return code
        told.write_text(json.dumps(seen))
        return 0

    return work


@pytest.mark.parametrize("seconds", [2.0, pytest.param(60.0, marks=pytest.mark.long)], ids=["2 s", "60 s"])
def test_nothing_that_was_told_as_written_is_lost(desk: DeskAtWork, tmp_path: Path, seconds: float) -> None:
    for number in range(3):
        desk.tkt(
            "new", f"E10{number}", "--channel", "phone", "--text", "help", "--owner", "me",
            "--category", "billing", "--set", "order_no=A-1", "--set", "impact=one", "--set", "urgency=green",
        )  # fmt: skip
    tickets = [ticket.id for ticket in Desk.open(desk.root).read().tickets]
    os.environ["TKT_NOW"] = desk.now
    children = [
        started(
            worker(desk.root, tickets, number, seconds, tmp_path / f"seen{number}"),
            tmp_path / f"out{number}",
        )
        for number in range(WORKERS)
    ]
    codes = wait_for_all(children)
    assert codes == [0] * WORKERS, [(tmp_path / f"out{number}").read_text() for number in range(WORKERS)]
    reading = Desk.open(desk.root).read()
    assert reading.problems == ()
    there = {ticket.id: Counter(event.id for event in ticket.events) for ticket in reading.tickets}
    assert set(there) == set(tickets)
    written = 0
    for number in range(WORKERS):
        for ticket, events in json.loads((tmp_path / f"seen{number}").read_text()).items():
            assert set(events) <= set(there[ticket])
            written += len(set(events))
    assert all(set(counts.values()) == {1} for counts in there.values())
    assert written > 20
    assert desk.json("check", code=None)["errors"] == 0
    assert desk.git("status", "--porcelain") == ""

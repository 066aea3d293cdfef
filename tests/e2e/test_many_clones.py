"""Many people, one bare remote, all at once: everybody ends on one tree that holds what everybody did."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.desk import Desk

WORKER = Path(__file__).resolve().parent.parent / "clone_worker.py"


def git(folder: Path, *args: str) -> str:
    return subprocess.run(
        ["git", *args], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def remote(desk: DeskAtWork, tmp_path: Path) -> Path:
    for number in range(4):
        desk.tkt(
            "new", f"E10{number}", "--channel", "phone", "-m", "help", "--category", "billing", "--set",
            "order_no=A-1", "--set", "impact=one", "--set", "urgency=yellow", "--owner", "me",
        )  # fmt: skip
    bare = tmp_path / "remote.git"
    git(tmp_path, "clone", "-q", "--bare", str(desk.root), str(bare))
    return bare


@pytest.mark.parametrize(
    ("people", "commands"), [(3, 6), pytest.param(10, 60, marks=pytest.mark.long)], ids=["3x6", "10x60"]
)
def test_everybody_ends_on_one_tree_with_everything_in_it(
    remote: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], people: int, commands: int
) -> None:
    clones = [tmp_path / f"clone{number}" for number in range(people)]
    for clone in clones:
        git(tmp_path, "clone", "-q", str(remote), str(clone))
    began = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, str(WORKER), str(clone), str(number), str(commands)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number, clone in enumerate(clones)
    ]  # fmt: skip
    seen: dict[str, set[str]] = {}
    for worker in running:
        out, err = worker.communicate()
        assert worker.returncode == 0, err
        told = json.loads(out)
        assert told["done"] == commands
        for ticket, events in told["seen"].items():
            seen.setdefault(ticket, set()).update(events)
    for clone in [*clones, *clones]:  # twice round: then the first knows what the last had
        subprocess.run(
            [sys.executable, "-m", "tkt", "-C", str(clone), "sync"], check=True, capture_output=True
        )
    with capsys.disabled():
        print(f"\n{people} clones, {people * commands} commands: {time.monotonic() - began:.1f} s")
    # all end on one tree
    assert len({git(clone, "rev-parse", "HEAD") for clone in clones}) == 1
    # in which everything is that anybody has ever seen, once, in one file a ticket
    reading = Desk.open(clones[0]).read()
    assert not reading.problems
    there = {ticket.id: Counter(event.id for event in ticket.events) for ticket in reading.tickets}
    assert seen.keys() <= there.keys()
    for ticket, events in seen.items():
        assert events <= there[ticket].keys(), ticket
        assert set(there[ticket].values()) == {1}

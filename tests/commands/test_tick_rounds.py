"""`tkt tick --every` beside others: rounds that fetch, merge and push, and what is told where they cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import DeskAtWork

NEW = ("new", "E104", "--channel", "email", "--text", "help", "--from", "a@b.example")
OWN = "this clone alone"


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[int], object]], None]:
    """Ends `--every` after so many rounds; the function is called with the number of each that is over."""

    def after(last: int, then: Callable[[int], object]) -> None:
        done: list[float] = []
        real = threading.Event.wait

        def wait(event: threading.Event, timeout: float | None = None) -> bool:
            if timeout is None or timeout <= 5:
                return real(event, timeout)
            done.append(timeout)
            then(len(done))
            if len(done) == last:
                os.kill(os.getpid(), signal.SIGTERM)
            return real(event, 0.01)

        monkeypatch.setattr(threading.Event, "wait", wait)

    return after


@pytest.fixture
def shared(
    desk: DeskAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[DeskAtWork, DeskAtWork]:
    """The clone of an agent and the one of a machine that ticks, with `git.sync: after-write`."""
    declared = desk.root / "tkt.yaml"
    declared.write_text(
        declared.read_text("utf-8").replace("# sync: after-write", "sync: after-write"), "utf-8"
    )
    desk.git("commit", "-qam", "sync")
    subprocess.run(["git", "clone", "-q", "--bare", str(desk.root), str(tmp_path / "o.git")], check=True)
    agent, machine = (DeskAtWork(tmp_path / name, capsys) for name in ("agent", "machine"))
    for clone in (agent, machine):
        subprocess.run(["git", "clone", "-q", str(tmp_path / "o.git"), str(clone.root)], check=True)
    return agent, machine


def test_each_round_takes_in_what_others_pushed_and_sends_what_it_did(
    shared: tuple[DeskAtWork, DeskAtWork], rounds: Callable[[int, Callable[[int], object]], None]
) -> None:
    agent, machine = shared
    agent.at("2026-11-16T02:00:00Z").tkt(*NEW)  # pushed: nobody pulls on the machine
    rounds(1, lambda _: None)
    told = machine.at("2026-11-16T04:00:00Z").tkt("tick", "--every", "60s")
    assert "2 things done" in told.out
    assert OWN not in told.err
    agent.git("fetch", "-q")
    assert agent.git("log", "-1", "--format=%s", "origin/main").strip().endswith("2 warned")


def test_a_network_that_fails_is_told_once_and_tried_again_in_each_round(
    shared: tuple[DeskAtWork, DeskAtWork],
    rounds: Callable[[int, Callable[[int], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [it for it in os.environ if it.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    agent, machine = shared
    agent.at("2026-11-16T02:00:00Z").tkt(*NEW)
    url = machine.git("remote", "get-url", "origin").strip()
    machine.git("remote", "set-url", "origin", "https://127.0.0.1:1/desk.git")
    rounds(3, lambda done: done == 2 and machine.git("remote", "set-url", "origin", url))
    told = machine.at("2026-11-16T04:00:00Z").tkt("tick", "--every", "60s")
    assert told.err.count("off line") == 1
    assert "in sync with origin/main" in told.err
    assert "2 things done" in told.out


def test_without_an_exchange_it_is_said_once_that_nobody_elses_work_is_seen(
    desk: DeskAtWork, rounds: Callable[[int, Callable[[int], object]], None]
) -> None:
    rounds(2, lambda _: None)
    told = desk.tkt("tick", "--every", "60s").err
    assert told.count(OWN) == 1
    assert "git: {sync: after-write}" in told


def test_what_is_recorded_ahead_of_this_computers_clock_is_told(desk: DeskAtWork) -> None:
    ticket = desk.json(*NEW)["id"]
    words = "recorded in the future"
    assert words not in desk.tkt("note", ticket, "--text", "near", "--now", "2026-11-16T02:04:00Z").err
    told = desk.tkt("note", ticket, "--text", "later", "--now", "2026-11-16T02:30:00Z").err
    assert words in told
    assert "--dry-run" in told
    assert words in desk.tkt("tick", "--now", "2026-11-16T04:00:00Z").err
    assert words not in desk.tkt("tick", "--dry-run", "--now", "2026-11-16T05:00:00Z").err
    assert words not in desk.tkt("show", ticket, "--now", "2026-11-16T05:00:00Z").err

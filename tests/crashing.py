"""Processes that are killed: at a moment, or just before their n-th step of writing.

A child is a fork of this process, so that a run costs no start of Python; it works in a group of its
own, so that the git it has started can be killed with it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tkt.store.files
from tkt.cli import main

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.link", "os.chmod", "os.truncate", "subprocess.Popen"}
"""What a process does to the disk, or has another one do (names of Python's audit events)."""
DONE = "renamed"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a child ended: its exit code, or None where it was killed; how long it ran; what it printed."""

    code: int | None
    seconds: float
    out: str


def command(root: Path, *args: str) -> Callable[[], int]:
    """A command line as something to run in a child."""
    return lambda: main(["-C", str(root), *args])


def run(work: Callable[[], int], told: Path, *, kill_after: float | None = None) -> Ended:
    """Run `work` in a child of its own, killed with all that it has started after so many seconds."""
    began = time.monotonic()
    child = started(work, told)
    if kill_after is not None:
        time.sleep(kill_after)
        os.killpg(child, signal.SIGKILL)
    return _ended(child, began, told)


def steps_of(work: Callable[[], int], told: Path) -> int:
    """How many steps of writing `work` takes when it is left alone."""
    counted = told.with_suffix(".steps")

    def counting() -> int:
        steps = _watched(None)
        code = work()
        counted.write_text(str(len(steps)))
        return code

    ended = _ended(started(counting, told), time.monotonic(), told)
    assert ended.code == 0, ended.out
    return int(counted.read_text())


def killed_at(step: int, work: Callable[[], int], told: Path, *, alone: bool) -> Ended:
    """Run `work` in a child that is killed just before its n-th step; `alone`: the git it has started lives on."""

    def doomed() -> int:
        _watched(step, alone=alone)
        return work()

    ended = _ended(started(doomed, told), time.monotonic(), told)
    if alone:
        time.sleep(0.02)  # what it had started may still be at work
    return ended


def refused_at(step: int, work: Callable[[], int], told: Path, *, number: int) -> Ended:
    """Run `work` in a child to which the system refuses its n-th step, with that number of an error."""

    def refused() -> int:
        _watched(step, number=number)
        return work()

    return _ended(started(refused, told), time.monotonic(), told)


def _watched(step: int | None, *, alone: bool = False, number: int | None = None) -> list[str]:
    """From now on each step is counted; the one that is meant is the last, or is refused."""
    steps: list[str] = []

    def took(name: str) -> None:
        steps.append(name)
        if len(steps) != step:
            return
        if number is not None:
            if name != DONE:  # what is done is not refused any more
                raise OSError(number, os.strerror(number))
            return
        os.kill(os.getpid(), signal.SIGKILL) if alone else os.killpg(0, signal.SIGKILL)

    def heard(event: str, given: tuple[object, ...]) -> None:
        if event in STEPS or (event == "open" and isinstance(given[2], int) and given[2] & WRITES):
            took(event)

    exclusively = tkt.store.files._renamed_exclusively

    def renamed(source: Path, target: Path) -> bool:
        took("renameat2")
        done = exclusively(source, target)
        took(DONE)
        return done

    tkt.store.files._renamed_exclusively = renamed  # it goes past Python, which hears nothing of it
    sys.addaudithook(heard)
    return steps


def started(work: Callable[[], int], told: Path) -> int:
    """A child that does `work` and prints to the file `told`; its id."""
    child = os.fork()
    if child:
        with suppress(OSError):  # both of us: whoever comes first
            os.setpgid(child, child)
        return child
    code = 99
    try:
        with suppress(OSError):
            os.setpgid(0, 0)
        out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as it lives
        code = work()
        sys.stdout.flush()
    finally:
        os._exit(code)


def _ended(child: int, began: float, told: Path) -> Ended:
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    out = told.read_text("utf-8") if told.exists() else ""
    return Ended(code=None if code < 0 else code, seconds=time.monotonic() - began, out=out)


def wait_for_all(children: Sequence[int]) -> list[int]:
    """The exit codes of these children."""
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


__all__ = ["Ended", "command", "killed_at", "refused_at", "run", "started", "steps_of", "wait_for_all"]

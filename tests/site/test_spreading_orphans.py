"""No copy of a process that makes pages outlives it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tkt.site import spreading


def test_copies_end_when_their_parent_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "cores", lambda: 2)

    def work(some: Sequence[int]) -> int:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.05)
        return len(some)

    parent = os.fork()
    if parent == 0:
        sum(spreading.spread(range(100_000), work, 100_000))
        os._exit(0)
    waited(lambda: len(list(tmp_path.iterdir())) == 2)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    copies = [int(it.name) for it in tmp_path.iterdir()]
    assert parent not in copies
    waited(lambda: not any(is_running(copy) for copy in copies))


def waited(is_so) -> None:
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("still not")


def is_running(process: int) -> bool:
    """Whether it is there and no mere entry in a table that nobody has read yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

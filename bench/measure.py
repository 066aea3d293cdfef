"""How long did a command take, and how much memory? Measured from outside, the same way for everybody."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")
MEGABYTE = 1024 if sys.platform.startswith("linux") else 1024 * 1024  # in the unit of ru_maxrss
PATIENCE = 20.0
"""So many seconds one case may take at one size before it is run less often."""

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "TKT_LANG": "en",
    "NO_COLOR": "1",
    "PAGER": "cat",
}
"""What somebody has set up for himself has no part in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one run of a command took."""

    wall: float
    cpu: float  # of the command and those it waited for
    peak_mb: float  # of the largest of these processes
    out: bytes

    def seconds(self, clock: str) -> float:
        """By the clock on the wall, or the processor's."""
        return self.cpu if clock == "cpu" else self.wall


class Failed(Exception):
    """A command that is measured did not do its work."""


def run(
    command: Sequence[str | Path],
    folder: Path,
    *,
    env: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
    stdin: bytes = b"",
) -> Taken:
    """Run it, reading what it prints from a pipe. Errors: Failed for another exit code.

    The peak is at least what this process itself has, as the kernel counts it: see `apart`.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as complaints, tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        start = time.perf_counter()
        child = subprocess.Popen(
            words,
            cwd=folder,
            env={**os.environ, **QUIET, **(env or {})},
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        assert child.stdout is not None  # noqa: S101
        with child.stdout:
            out = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in codes:
            complaints.seek(0)
            said = (complaints.read() or out).decode(errors="replace").strip()[-400:]
            raise Failed(f"{' '.join(words)}: exit code {child.returncode}: {said}")
    cpu = usage.ru_utime + usage.ru_stime
    return Taken(wall=wall, cpu=cpu, peak_mb=usage.ru_maxrss / MEGABYTE, out=out)


def rounds(*works: Callable[[], Taken], at_most: int = 9, warm: bool = True) -> list[list[Taken]]:
    """Run several things in turn, again and again, so that a noisy moment meets all of them.

    The first round is not counted if `warm`; long ones are repeated less often, but three times unless
    one round takes a minute.
    """
    if warm:
        [work() for work in works]
    start = time.perf_counter()
    found = [[work()] for work in works]
    once = time.perf_counter() - start
    least = 3 if once < 60 else 1
    for _ in range(min(at_most, max(least, int(PATIENCE / max(once, 0.001)))) - 1):
        for taken, work in zip(found, works, strict=True):
            taken.append(work())
    return found


def apart(work: Callable[..., Found], *given: object) -> Found:
    """What `work(*given)` returns, done in a child of this process, which so stays small.

    A command's peak is never less than that of the process that starts it. Errors: those of `work`.
    """
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *given).result()


def median(taken: Sequence[Taken], clock: str) -> float:
    """The middle of the times."""
    return statistics.median(one.seconds(clock) for one in taken)


def peak(taken: Sequence[Taken]) -> float:
    """The most memory that any run took, in MB."""
    return max(one.peak_mb for one in taken)


def machine() -> dict[str, str]:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return {
        "cores": str(cores),
        "processor": _processor(),
        "python": sys.version.split()[0],
        "git": git.split()[2],
        "load": load,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else os.uname().machine

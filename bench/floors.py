"""How long does it take merely to parse these files? Run as a program of its own; prints two times.

    .venv/bin/python bench/floors.py [PROCESSES] < LIST_OF_FILES

Prints the seconds by the wall and by the processor, of reading and parsing alone: starting Python and
importing yaml are not counted, starting and joining the PROCESSES are.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import yaml


def main() -> int:
    """Parse what is named on standard input."""
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    paths = sys.stdin.read().splitlines()
    start, before = time.perf_counter(), spent()
    if processes == 1:
        parse(paths)
    else:
        context = multiprocessing.get_context("fork")
        shares = [paths[place::processes] for place in range(processes)]
        workers = [context.Process(target=parse, args=(share,)) for share in shares]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    print(time.perf_counter() - start, spent() - before)
    return 0


def parse(paths: Sequence[str]) -> None:
    """Read and parse, keep nothing."""
    for path in paths:
        yaml.load(Path(path).read_bytes(), Loader=yaml.CSafeLoader)


def spent() -> float:
    """Seconds of the processor, of this process and those it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    raise SystemExit(main())

"""How are many files read and computed? On all cores; what comes back are bytes, never trees."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tkt.errors import DataError
from tkt.store.files import FileError, read_file
from tkt.store.index.entries import Entry, Parts, Same, blob_in, held
from tkt.store.stamps import blob_id, clock_ns, stamp_of
from tkt.store.tree import Found

Compute = Callable[[Found, bytes], Parts]
"""What is kept of a file. Errors: DataError where it cannot be read, ValueError where not encoded."""

UNREADABLE = (DataError, FileError, OSError, ValueError, OverflowError)
ENOUGH = 300
"""So many files are worth other processes."""
_CHUNK = 100


class Job(NamedTuple):
    """A file to be read; `held` is what it held when it was read before."""

    file: Found
    held: bytes | None = None


Done = Entry | Same


def worked(root: Path, jobs: Sequence[Job], compute: Compute) -> Iterator[list[Done]]:
    """What came of the jobs, some at a time and in any order; of a file that cannot be read nothing comes."""
    chunks = [jobs[place : place + _CHUNK] for place in range(0, len(jobs), _CHUNK)]
    count = cores()
    if len(jobs) < ENOUGH or count < 2:
        return (_chunk_done(root, chunk, compute) for chunk in chunks)
    return _in_processes(root, chunks, compute, count)


def _in_processes(
    root: Path, chunks: Sequence[Sequence[Job]], compute: Compute, cores: int
) -> Iterator[list[Done]]:
    """The same in copies of this process, which have its configuration; alone, where they die or cannot be."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _task
    _task = (root, compute)
    finished = 0
    with suppress(BrokenProcessPool, OSError):  # killed for want of memory; no semaphores, no more processes
        pool = ProcessPoolExecutor(cores, get_context("fork"), _leave_interrupts_to_the_parent)
        try:
            for found in pool.map(_done_in_a_copy, chunks):
                finished += 1
                yield found
        finally:
            pool.shutdown(cancel_futures=True)
    for chunk in chunks[finished:]:
        yield _chunk_done(root, chunk, compute)


_task: tuple[Path, Compute]
"""What the copies of this process are to do; set before they are made."""


def _done_in_a_copy(chunk: Sequence[Job]) -> list[Done]:
    root, compute = _task
    return _chunk_done(root, chunk, compute)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunk_done(root: Path, chunk: Sequence[Job], compute: Compute) -> list[Done]:
    return [done for job in chunk if (done := _done(root, job, compute)) is not None]


def _done(root: Path, job: Job, compute: Compute) -> Done | None:
    file = job.file
    with suppress(*UNREADABLE):
        stamp = stamp_of(file.abspath, clock_ns())  # before the file is read, so that a change after it shows
        data = read_file(Path(file.abspath), root=root)
        blob = blob_id(data)
        if job.held is not None and blob == blob_in(job.held):
            return Same(file.path, stamp, job.held)
        parts = compute(file, data)
        return Entry(file.path, stamp, held(blob, parts), parts)
    return None


def cores() -> int:
    """How many processes can work at the same time."""
    if sys.platform == "win32":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

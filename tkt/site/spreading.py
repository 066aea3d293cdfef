"""How are thousands of pages made on all cores? In copies of this process, some at a time."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

from tkt.store.index.working import cores

Job = TypeVar("Job")
Done = TypeVar("Done")

ENOUGH = 300
"""So many pages are worth other processes."""
CHUNK = 100
_AHEAD = 4
"""Chunks that wait for each process; more would fill the memory with what they are made from."""


def spread(jobs: Iterable[Job], work: Callable[[Sequence[Job]], Done], count: int) -> Iterator[Done]:
    """What `work` makes of the jobs, some at a time, in their order. `count`: how many there are, about.

    `work` may be carried out in a copy of this process, so that it sees everything that was made before the
    first job is taken, and what it gives back is pickled. A copy that dies: its share is done here again.
    """
    chunks = _chunks(jobs)
    processes = cores()
    if count < ENOUGH or processes < 2:
        yield from map(work, chunks)
    else:
        yield from _in_copies(chunks, work, processes)


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    left = iter(jobs)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _in_copies(
    chunks: Iterator[list[Job]], work: Callable[[Sequence[Job]], Done], processes: int
) -> Iterator[Done]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _work
    _work = work
    waiting: list[tuple[list[Job], Future[Done]]] = []
    reading, writing = os.pipe()
    pool = ProcessPoolExecutor(processes, get_context("fork"), _begin_copy, (reading, writing))
    try:
        with suppress(BrokenProcessPool, OSError):  # killed for want of memory; no semaphores
            for chunk in chunks:
                waiting.append((chunk, _submitted(pool, chunk)))
                while len(waiting) > processes * _AHEAD:
                    yield waiting[0][1].result()
                    waiting.pop(0)
            while waiting:
                yield waiting[0][1].result()
                waiting.pop(0)
    finally:
        pool.shutdown(cancel_futures=True)
        os.close(reading)
        os.close(writing)
    for chunk, _ in waiting:
        yield work(chunk)
    yield from map(work, chunks)


def _submitted(pool: Any, chunk: list[Job]) -> Any:
    return pool.submit(_done_in_a_copy, chunk)


_work: Callable[[Any], Any]
"""What the copies of this process are to do; set before they are made."""


def _done_in_a_copy(chunk: Sequence[Any]) -> Any:
    return _work(chunk)


def _begin_copy(reading: int, writing: int) -> None:
    """Interrupts are the parent's; nobody looks for rings of garbage, of which pages leave next to none.

    A copy ends when the parent does, even if that is killed: it would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    os.close(writing)
    threading.Thread(target=_end_with_parent, args=(reading,), daemon=True).start()


def _end_with_parent(reading: int) -> None:
    """The pipe has an end once nobody has its other side open any more."""
    os.read(reading, 1)
    os._exit(1)

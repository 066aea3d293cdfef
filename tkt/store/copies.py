"""What can another core compute meanwhile? A copy of this process, which sends back what it found."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from tkt.store.index.working import cores

T = TypeVar("T")


def meanwhile(work: Callable[[], T], otherwise: Callable[[], T] | None = None) -> Callable[[], T]:
    """Begin `work` in a copy of this process; what is returned waits for what came of it.

    `work` only looks, and what it returns can be pickled. Where there is one core, no copy can be made, or the
    copy did not come to an end, it is done here when it is asked for: with its errors, if it has any.
    `otherwise` is then done in its place: it need not hold on to all that `work` looks at.
    """
    begun = _begun(work) if cores() > 1 else None
    here = otherwise or work
    return here if begun is None else lambda: _answered(begun, here)


def _begun(work: Callable[[], object]) -> tuple[int, int] | None:
    """The copy, and the end of the pipe that it writes to."""
    try:
        reading, writing = os.pipe()
    except OSError:
        return None
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        _carry_out(work, writing)
    os.close(writing)
    return child, reading


def _carry_out(work: Callable[[], object], writing: int) -> None:
    """In the copy: nothing of the parent's is written out, closed or cleaned up by it."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and decides
        found = pickle.dumps(work(), protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(found)
        status = 0
    finally:
        os._exit(status)


def _answered(begun: tuple[int, int], work: Callable[[], T]) -> T:
    child, reading = begun
    with os.fdopen(reading, "rb") as pipe:
        found = pipe.read()
    try:
        _, status = os.waitpid(child, 0)
    except ChildProcessError:  # whoever began this process has the system forget its copies
        status = 0
    if status == 0:
        with suppress(EOFError, pickle.UnpicklingError):  # it came to its end if all arrived
            answer: T = pickle.loads(found)
            return answer
    return work()

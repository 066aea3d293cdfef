"""Is a file still what it was when it was read? Its stat says yes or perhaps; its content decides.

Git's rule for racy timestamps: a file that was changed about when it was looked at may be changed again
within the same tick of the file system's clock, with the same size. Such a one is in doubt until it has
been looked at again later.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from struct import Struct

TICK_NS = 3_000_000_000
"""No file system's clock is coarser than 2 s (FAT); a second for clocks that differ."""
_PACKED = Struct("=qqqQ")
SIZE = _PACKED.size
"""Bytes of a stamp: a file's size, times of modification and change, inode."""
DOUBT = bytes(SIZE)
"""Stands for the stamp of a file in doubt; no file has it."""


def stamp_of(path: str, seen_ns: int) -> bytes:
    """The stamp of the file at `path`, looked at `seen_ns`, a link not followed; DOUBT. Errors: OSError."""
    found = os.lstat(path)
    if max(found.st_mtime_ns, found.st_ctime_ns) > seen_ns - TICK_NS:
        return DOUBT  # it may change after this look, and keep its stamp
    return _stamp(found)


@contextmanager
def stamps_in(folder: str) -> Iterator[Callable[[str], bytes]]:
    """The stamps of files in a folder by their names, in doubt or not; empty where there is none. Kept short."""
    with _opened(folder) as place:
        beginning = "" if place is not None else f"{folder}/"

        def stamp(name: str) -> bytes:
            try:
                return _stamp(os.stat(beginning + name, dir_fd=place, follow_symlinks=False))
            except OSError:
                return b""

        yield stamp


def stamps_of(folder: str, names: Iterable[str]) -> bytes:
    """The stamps of these files in a folder, one after the other, in doubt or not. Errors: OSError."""
    with _opened(folder) as place:
        beginning = "" if place is not None else f"{folder}/"
        stats = [os.stat(beginning + name, dir_fd=place, follow_symlinks=False) for name in names]
    pack = _PACKED.pack  # a hundred thousand times
    return b"".join([pack(it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino) for it in stats])


@contextmanager
def _opened(folder: str) -> Iterator[int | None]:
    """A folder below which names are found, faster than by whole paths; None where the system has no such thing."""
    place = None
    if os.stat in os.supports_dir_fd:
        with suppress(OSError):
            place = os.open(folder, os.O_RDONLY)
    try:
        yield place
    finally:
        if place is not None:
            os.close(place)


def _stamp(found: os.stat_result) -> bytes:
    return _PACKED.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def latest_in(stamps: bytes) -> int:
    """Of stamps that follow each other, the latest time of modification or change, in nanoseconds; 0 of none."""
    numbers = memoryview(stamps).cast("q")
    return max(max(numbers[1::4], default=0), max(numbers[2::4], default=0))


def clock_ns() -> int:
    """The time by the system's clock, in nanoseconds since 1970."""
    return time.time_ns()


def blob_id(data: bytes) -> bytes:
    """Git's name of a file of this content, 20 bytes."""
    import hashlib

    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()

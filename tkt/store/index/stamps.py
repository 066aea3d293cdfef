"""Is a file still what it was when it was read? Its stat says yes or perhaps; its content decides.

Git's rule for racy timestamps: a file that was changed about when it was looked at may be changed again
within the same tick of the file system's clock, with the same size. Such a one is in doubt until it has
been looked at again later.
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple

TICK_NS = 3_000_000_000
"""No file system's clock is coarser than 2 s (FAT); a second for clocks that differ."""


class Stamp(NamedTuple):
    """What a file's stat says of its content."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def stamp_of(path: str) -> Stamp:
    """The stamp of the file at `path`, a link not followed. Errors: OSError."""
    found = os.lstat(path)
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def is_in_doubt(stamp: Stamp, seen_ns: int) -> bool:
    """Whether a file of this stamp may have changed after it was looked at, and kept its stamp."""
    return max(stamp.mtime_ns, stamp.ctime_ns) > seen_ns - TICK_NS


def clock_ns() -> int:
    """The time by the system's clock, in nanoseconds since 1970."""
    return time.time_ns()


def blob_id(data: bytes) -> bytes:
    """Git's name of a file of this content, 20 bytes."""
    import hashlib

    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()

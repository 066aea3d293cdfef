"""What is kept of one ticket file, and is what comes out what went in?"""

from __future__ import annotations

from typing import Literal, NamedTuple
from zlib import crc32

from tkt.store.index.stamps import Stamp

Part = Literal["summary", "life", "text"]
PARTS: tuple[Part, ...] = ("summary", "life", "text")
"""What lists need, what reports need, what words are searched in; each is read without the others."""


class Parts(NamedTuple):
    """What was computed of one ticket, encoded, in the order of PARTS."""

    summary: bytes
    life: bytes
    text: bytes


class Entry(NamedTuple):
    """A file, as it was when it was read, and what was computed of it."""

    path: str  # posix, relative to the desk
    stamp: Stamp
    is_in_doubt: bool  # whether it may have changed since, and kept its stamp
    blob: bytes  # git's name of its content
    parts: Parts


class Same(NamedTuple):
    """A file that holds what it held when it was read before."""

    path: str
    stamp: Stamp
    is_in_doubt: bool
    blob: bytes


def check_sum(blob: bytes, part: bytes) -> int:
    """By which a part is known to be undamaged, and of this content."""
    return crc32(part, crc32(blob))


def folder_and_name(path: str) -> tuple[str, str]:
    """`tickets/new/ID.yaml` → `tickets/new`, `ID.yaml`."""
    folder, _, name = path.rpartition("/")
    return folder, name

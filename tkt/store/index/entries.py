"""What is kept of one ticket file, and is what comes out what went in?"""

from __future__ import annotations

from typing import Literal, NamedTuple
from zlib import crc32

from tkt.store.stamps import SIZE

Part = Literal["summary", "life", "text", "ticket"]
PARTS: tuple[Part, ...] = ("summary", "life", "text", "ticket")
"""What lists need, what reports need, what words are searched in, all of it; each is read without the others."""
_BLOB = 20  # bytes of git's name of a content
ORIGIN = 16
"""Bytes that say from whom a ticket is and when it came (`tkt.repeats`)."""
_BRIEF_AT = _BLOB + ORIGIN


class Parts(NamedTuple):
    """What was computed of one ticket, encoded: two that are kept at hand, then come those of PARTS."""

    origin: bytes  # ORIGIN bytes by which the tickets of one requester are found
    brief: bytes  # a few bytes that every list needs of every ticket
    summary: bytes
    life: bytes
    text: bytes
    ticket: bytes

    def of(self, part: Part) -> bytes:
        """One of PARTS."""
        found: bytes = getattr(self, part)
        return found


class Same(NamedTuple):
    """A file that holds what it held when it was read before."""

    path: str  # posix, relative to the desk
    stamp: bytes
    held: bytes  # as held()


class Entry(NamedTuple):
    """A file, as it was when it was read, and what was computed of it."""

    path: str
    stamp: bytes
    held: bytes
    parts: Parts


def head(it: Entry | Same) -> bytes:
    """What is kept beside the name of a file: it begins with its stamp."""
    return it.stamp + it.held


def held(blob: bytes, parts: Parts) -> bytes:
    """What is known of a content: git's name of it, its origin and its brief."""
    return blob + parts.origin + parts.brief


def held_in(head: bytes) -> bytes:
    """The same, of a head."""
    return head[SIZE:]


def blob_in(held: bytes) -> bytes:
    """Git's name of the content."""
    return held[:_BLOB]


def origin_in(held: bytes) -> bytes:
    """The origin of the content."""
    return held[_BLOB:_BRIEF_AT]


def brief_in(held: bytes) -> bytes:
    """The brief of the content."""
    return held[_BRIEF_AT:]


def check_sum(blob: bytes, part: bytes) -> int:
    """By which a part is known to be undamaged, and of this content; a head is of none."""
    return crc32(part, crc32(blob))


def folder_and_name(path: str) -> tuple[str, str]:
    """`tickets/new/ID.yaml` → `tickets/new`, `ID.yaml`."""
    folder, _, name = path.rpartition("/")
    return folder, name

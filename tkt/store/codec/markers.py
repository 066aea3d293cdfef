"""Which versions stand in a file that somebody committed with git's conflict markers in it?

Markers stand at the margin, where no line of a ticket may begin so. They are seven signs long, and
longer where git had merged before (a file that both sides moved).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tkt.late import late

_MARKER = late(rb"(?P<signs><{7,}|\|{7,}|={7,}|>{7,})(?: .*)?\r?\n?", re.DOTALL)
_OURS, _BASE, _MIDDLE, _THEIRS = (b"<", b"|", b"=", b">")
_FOLLOWS = {None: (_OURS,), _OURS: (_BASE, _MIDDLE), _BASE: (_MIDDLE,), _MIDDLE: (_THEIRS,)}


class Sides(NamedTuple):
    """The versions of a file in conflict. `base` is there where git was told to write it (diff3)."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def sides(data: bytes) -> Sides | None:
    """The versions that a file with conflict markers holds; None where it has none, or they fit no order."""
    found: dict[bytes, list[bytes]] = {_OURS: [], _BASE: [], _MIDDLE: []}
    part: bytes | None = None  # of the conflict that we are in, named by the marker above it
    length = 0  # of that conflict's markers; others inside are text
    count, has_base = 0, True
    for line in data.splitlines(keepends=True):
        signs = _signs(line)
        if not signs or (part is not None and len(signs) != length):
            for name in found if part is None else (part,):
                found[name].append(line)
            continue
        marker, length = signs[:1], len(signs)
        if marker not in _FOLLOWS[part]:
            return None
        has_base &= not (part == _OURS and marker == _MIDDLE)
        part, count = (None, count + 1) if marker == _THEIRS else (marker, count)
    if part is not None or not count:
        return None
    base = b"".join(found[_BASE]) if has_base else None
    return Sides(base, b"".join(found[_OURS]), b"".join(found[_MIDDLE]))


def wholes(data: bytes) -> tuple[bytes, ...]:
    """The versions that a file holds: itself, or both sides of its conflicts."""
    found = sides(data)
    return (data,) if found is None else (found.ours, found.theirs)


def _signs(line: bytes) -> bytes:
    """The signs of the conflict marker that a line is; none where it is another line."""
    marker = _MARKER.fullmatch(line)
    return marker["signs"] if marker is not None else b""

"""What is a merged file?"""

from __future__ import annotations

from tkt.frozen import dataclass
from tkt.model import Event

Statuses = tuple[str | None, str | None, str | None]
"""The directories of base, ours and theirs; None where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedText:
    """The bytes of a merged file, and what a caller must know of it."""

    data: bytes
    status: str | None = None
    events: tuple[Event, ...] = ()
    clashes: tuple[str, ...] = ()
    conflicted: bool = False  # an article that a person must look at; nothing else ever is

"""Which files does a ticket have? Read from its events alone; no file is touched here.

A ticket's files lie in `attachments/<id>/`, each under the beginning of its SHA-256 (docs/attachments.md).
What a stranger called a file is a label and nothing else: never a path, never an option.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import field
from datetime import datetime

from tkt.attachments.names import extension_of, label_of
from tkt.attachments.types import type_of
from tkt.frozen import dataclass
from tkt.late import late
from tkt.model import Event, Ticket

FOLDER = "attachments"
STEM = 16
"""So many characters of a file's SHA-256 begin the name under which it lies."""
FEWEST = 4
"""So many characters of it name a file on the command line."""

_SHA256 = late(r"[0-9a-f]{64}")
_HEX = late(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is to be kept with a ticket, read and measured."""

    name: str  # a label
    type: str
    sha256: str
    data: bytes = field(repr=False)

    @property
    def stem(self) -> str:
        """How the name begins under which it lies."""
        return self.sha256[:STEM]

    @property
    def stored_name(self) -> str:
        """The name under which it lies in its ticket's folder."""
        return f"{self.stem}{extension_of(self.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that an event says the ticket has. `sha256` is None where the event gives none that can be one."""

    event: str  # id
    at: datetime
    by: str
    name: str  # a label
    type: str
    size: int | None  # bytes
    sha256: str | None
    message: str | None  # id of the message it came with

    @property
    def stem(self) -> str | None:
        """How the name begins under which it lies; the rest of the name may be anything."""
        return self.sha256[:STEM] if self.sha256 else None


def upload(name: str, data: bytes) -> Upload:
    """A file of that name and content, ready to be kept."""
    label = label_of(name)
    import hashlib  # takes 4 ms to load

    return Upload(name=label, type=type_of(label), sha256=hashlib.sha256(data).hexdigest(), data=data)


def attachments_of(ticket: Ticket) -> tuple[Attachment, ...]:
    """The files that the ticket has, oldest first; what was taken back is left out."""
    return tuple(_attachment(event) for event in ticket.effective if event.did == "attached")


def stems_ever(ticket: Ticket) -> frozenset[str]:
    """How the names of all files begin that it ever had, those that were taken back included."""
    had = (_attachment(event).stem for event in ticket.events if event.did == "attached")
    return frozenset(stem for stem in had if stem is not None)


def total_size(attachments: Collection[Attachment]) -> int:
    """The bytes of all these files; what is there twice counts once."""
    return sum({it.sha256: it.size or 0 for it in attachments}.values())


def chosen(attachments: Sequence[Attachment], wish: str) -> tuple[Attachment, ...]:
    """The files that somebody means by a label or by the beginning of a hash; a label wins.

    One for each content; the last one of those that say the same.
    """
    named = [it for it in attachments if it.name == wish]
    named = named or [it for it in attachments if it.name.casefold() == wish.casefold()]
    start = wish.lower()
    if not named and len(start) >= FEWEST and _HEX.fullmatch(start):
        named = [it for it in attachments if it.sha256 and it.sha256.startswith(start)]
    return tuple({it.sha256 or it.event: it for it in named}.values())


def folder_of(ticket_id: str) -> str:
    """Where a ticket's files lie, relative to the desk."""
    return f"{FOLDER}/{ticket_id}"


def _attachment(event: Event) -> Attachment:
    sha256, size, message = event.get("sha256"), event.get("bytes"), event.get("message")
    name = label_of(str(event.get("file") or ""))
    return Attachment(
        event=event.id,
        at=event.at,
        by=event.by,
        name=name,
        type=str(event.get("type") or type_of(name)),
        size=size if type(size) is int and size >= 0 else None,
        sha256=sha256 if isinstance(sha256, str) and _SHA256.fullmatch(sha256) else None,
        message=None if message is None else str(message),
    )


__all__ = [
    "FEWEST",
    "FOLDER",
    "STEM",
    "Attachment",
    "Upload",
    "attachments_of",
    "chosen",
    "folder_of",
    "label_of",
    "stems_ever",
    "total_size",
    "upload",
]

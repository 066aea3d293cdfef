"""What does tkt.yaml say?"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from tkt.i18n import N_
from tkt.schema.base import DurationText, Struct

NEWEST_FORMAT = 1

Prefix = Annotated[
    str,
    Meta(
        pattern=r"^([A-Z][A-Z0-9]{0,7}-)?$",
        description=N_("up to 8 capital letters and digits and a final -, like IT-"),
    ),
]


OfFile = Annotated[int, Meta(ge=1, le=16, description=N_("megabytes, from 1 to 16"))]
OfTicket = Annotated[int, Meta(ge=1, le=1000, description=N_("megabytes, from 1 to 1000"))]
Extension = Annotated[
    str,
    Meta(pattern=r"^[a-z0-9]{1,10}$", description=N_("the end of a file's name without the dot, as in exe")),
]
FORBIDDEN = (
    "app", "bat", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "js", "lnk", "msi", "ps1", "reg", "scr", "sh",
    "vbs", "wsf",
)  # fmt: skip
"""What runs when it is opened."""


class GitPolicy(Struct, frozen=True, kw_only=True):
    """How commands use git."""

    autocommit: bool = True
    branch: str | None = None  # the desk's own; on any other, commands work in a linked worktree of it
    sync: Literal["by-hand", "after-write"] = "by-hand"


class AttachmentPolicy(Struct, frozen=True, kw_only=True):
    """What may be kept with a ticket (docs/attachments.md)."""

    file_mb: OfFile = 10
    ticket_mb: OfTicket = 25
    forbidden: list[Extension] = field(default_factory=lambda: list(FORBIDDEN))
    executables: bool = False  # programs, known by their first bytes


class TickPolicy(Struct, frozen=True, kw_only=True):
    """Who carries out the time rules. `every`: a machine runs `tkt tick --every` so often."""

    every: DurationText | None = None


class DeskFile(Struct, frozen=True, kw_only=True):
    """The root of a desk."""

    format: int
    name: str
    zone: str = "UTC"
    language: Literal["en", "zh"] = "en"
    prefix: Prefix = ""
    git: GitPolicy = GitPolicy()
    attachments: AttachmentPolicy = field(default_factory=AttachmentPolicy)
    tick: TickPolicy = TickPolicy()

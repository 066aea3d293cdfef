"""What does tkt.yaml say?"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tkt.i18n import N_
from tkt.schema.base import Struct

NEWEST_FORMAT = 1

Prefix = Annotated[
    str,
    Meta(
        pattern=r"^([A-Z][A-Z0-9]{0,7}-)?$",
        description=N_("up to 8 capital letters and digits and a final -, like IT-"),
    ),
]


class GitPolicy(Struct, frozen=True, kw_only=True):
    """How commands use git."""

    autocommit: bool = True
    branch: str | None = None  # the desk's own; on any other, commands work in a linked worktree of it
    sync: Literal["by-hand", "after-write"] = "by-hand"


class DeskFile(Struct, frozen=True, kw_only=True):
    """The root of a desk."""

    format: int
    name: str
    zone: str = "UTC"
    language: Literal["en", "zh"] = "en"
    prefix: Prefix = ""
    git: GitPolicy = GitPolicy()

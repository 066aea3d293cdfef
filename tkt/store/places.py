"""Into which folders may nothing be written that is no part of the desk? Into those that the desk itself lies in."""

from __future__ import annotations

from pathlib import Path

from tkt.errors import Refused
from tkt.i18n import msg

OURS = (
    ".git",
    "attachments",
    "config",
    "customers",
    "improvements",
    "knowledge",
    "replies",
    "reviews",
    "templates",
    "tickets",
)
"""Folders of a desk; what lies in them is read as tickets, articles, templates …"""


def refuse_ours(folder: Path, root: Path, *, ending: str = "site") -> None:
    """Pages and exports lie beside the desk, or in a folder of their own in it.

    `ending` is that of the folder beside the desk that is proposed. Errors: Refused.
    """
    place, desk = folder.resolve(), root.resolve()
    if any(place.is_relative_to(desk / name) for name in OURS):
        raise Refused(
            msg("is one of the desk's own folders, expected another one"),
            path=str(folder),
            hint=msg("choose another one: -o {folder}", folder=str(desk.parent / f"{desk.name}-{ending}")),
        )

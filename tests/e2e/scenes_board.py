"""Scenes of the board."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import bad, nothing
from helpers import DeskAtWork

Prepare = Callable[[DeskAtWork], object]

SCENES: dict[str, tuple[Prepare, tuple[str, ...]]] = {
    "a board of a view that is not there": (nothing, ("board", "@mien")),
    "a board of a query that is wrong": (nothing, ("board", "ownr:me")),
    "a board of a file that cannot be read": (bad("title: ["), ("board", "--quiet")),
}

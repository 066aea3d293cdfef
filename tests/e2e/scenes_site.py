"""Scenes of the gallery: what `tkt report site` refuses, and which places nothing is written to."""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]


def another_build(desk: DeskAtWork) -> None:
    """A folder that somebody else writes pages into, as long as there is the desk."""
    folder = desk.root / "pages"
    folder.mkdir()
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    weakref.finalize(desk, os.close, held)


SCENES: dict[str, Scene] = {
    "a site without a folder": (nothing, ("report", "site")),
    "a site into a folder with other files": (nothing, ("report", "site", "-o", ".")),
    "public pages of a window": (
        nothing,
        ("report", "site", "--public", "--last", "week", "-o", "../public"),
    ),
    "two builds into one folder": (another_build, ("report", "site", "-o", "pages")),
    "a site among the tickets": (nothing, ("report", "site", "-o", "tickets/pages")),
    "status pages among the settings": (nothing, ("report", "site", "--public", "-o", "config")),
    "a help centre among the articles": (nothing, ("kb", "build", "-o", "knowledge/html")),
    "Parquet among the tickets": (nothing, ("export", "parquet", "-o", "tickets/pq")),
    "metrics in the place of something else": (nothing, ("export", "metrics", "-o", "notes.txt")),
}

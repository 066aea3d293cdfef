"""Scenes of the gallery: what `tkt report site` refuses."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]

SCENES: dict[str, Scene] = {
    "a site without a folder": (nothing, ("report", "site")),
    "a site into a folder with other files": (nothing, ("report", "site", "-o", ".")),
    "public pages of a window": (nothing, ("report", "site", "--public", "--last", "week", "-o", "../public")),
}

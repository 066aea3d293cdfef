"""Scenes of the gallery: samples that cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork

SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "a sample of what is no group": (nothing, ("report", "sample", "--per", "agnt", "3")),
    "a sample of nothing": (nothing, ("report", "sample", "--per", "agent", "0")),
}

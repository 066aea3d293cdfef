"""Scenes of the gallery: folders in which no help centre may be written, settings that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import file, nothing, replaced
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]
BUILD = ("kb", "build", "-o", "help")


def setting(words: str) -> Callable[[DeskAtWork], object]:
    return replaced("config/reports.yaml", "knowledge: {}", f"knowledge: {{{words}}}")


def built(desk: DeskAtWork) -> None:
    desk.tkt(*BUILD)


SCENES: dict[str, Scene] = {
    "a help centre without a folder": (nothing, ("kb", "build")),
    "a help centre among other files": (file("help/notes.txt", "mine"), BUILD),
    "the public edition over the internal one": (built, (*BUILD, "--public")),
    "a help centre whose manifest is strange": (file("help/.tkt-site.json", "[]"), BUILD),
    "an address with an unknown place": (setting('contact: "https://x.example/?q={question}"'), BUILD),
    "an address without a scheme": (setting("url: help.example.com"), BUILD),
    "a help centre with an article that cannot be read": (
        file("knowledge/broken.md", "---\ntitle: [\n---\nx\n"),
        BUILD,
    ),
}

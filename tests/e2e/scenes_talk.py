"""Scenes of putting tickets away, of time spent, pages and completion."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork

Prepare = Callable[[DeskAtWork], object]


def first(*argv: str) -> Prepare:
    """A command that was carried out before."""
    return lambda desk: desk.tkt(*argv)


SCENES: dict[str, tuple[Prepare, tuple[str, ...]]] = {
    "a duplicate of nothing": (nothing, ("duplicate", "AAAA1")),
    "a duplicate of itself": (nothing, ("duplicate", "AAAA1", "--of", "AAAA1")),
    "a duplicate of spam": (first("spam", "BBBB1"), ("duplicate", "AAAA1", "--of", "BBBB1")),
    "a duplicate of a duplicate": (
        first("duplicate", "BBBB1", "--of", "AAAA1"),
        ("duplicate", "AAAA2", "--of", "BBBB1"),
    ),
    "a ring of duplicates": (
        first("duplicate", "BBBB1", "--of", "AAAA1"),
        ("duplicate", "AAAA1", "--of", "BBBB1"),
    ),
    "spam as what is no kind": (nothing, ("spam", "AAAA1", "--as", "spma")),
    "spam that is a duplicate": (nothing, ("spam", "AAAA1", "--as", "duplicate")),
    "put away twice": (first("spam", "AAAA1"), ("duplicate", "AAAA1", "--of", "BBBB1")),
    "not spam that never was": (nothing, ("not-spam", "AAAA1")),
    "work on what is put away": (first("spam", "AAAA1"), ("reopen", "AAAA1")),
    "no time spent": (nothing, ("note", "AAAA1", "-m", "x", "--spent", "a while")),
    "days spent": (nothing, ("note", "AAAA1", "-m", "x", "--spent", "1d")),
    "two pages at once": (nothing, ("show", "AAAA1", "--brief", "--for", "me")),
    "a page for a stranger": (nothing, ("show", "AAAA1", "--for", "li.wie")),
    "a shell that is none of the known": (nothing, ("completion", "install", "tcsh")),
}

"""How git's driver says no, and how a command says no while something is unfinished."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing, ticket
from helpers import DeskAtWork

A, B = "261116-AAAA1", "261116-AAAA2"
PATH = f"tickets/new/{A}.yaml"
ARTICLE = "---\nstate: draft\n---\nfirst\n{}\nlast\n"


def versions(base: str, ours: str, theirs: str) -> Callable[[DeskAtWork], None]:
    """The three files that git hands over."""

    def write(desk: DeskAtWork) -> None:
        for name, text in zip("OAB", (base, ours, theirs), strict=True):
            desk.write(name, text)

    return write


def begun(head: str) -> Callable[[DeskAtWork], None]:
    """A merge (cherry-pick …) that was begun and not finished."""
    return lambda desk: desk.write(f".git/{head}", desk.git("rev-parse", "HEAD")) and None


def driver(path: str) -> tuple[str, ...]:
    return ("merge-driver", "O", "A", "B", path)


NOTE = ("note", "AAAA1", "-m", "x")
TEXT = ticket(A)
SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "merge two tickets": (versions(TEXT, TEXT, ticket(B)), driver(PATH)),
    "merge what cannot be read": (versions(TEXT, TEXT, "<<<<<<< HEAD\n" + TEXT), driver(PATH)),
    "merge with a file that somebody emptied": (versions(TEXT, TEXT, ""), driver(PATH)),
    "merge an article that both sides changed": (
        versions(*(ARTICLE.format(word) for word in ("base", "ours", "theirs"))),
        driver("knowledge/reset.md"),
    ),
    "merge what is no text": (versions("", "\0", "\0\0"), driver("knowledge/logo.png")),
    "merge files that are not there": (nothing, driver(PATH)),
    "the driver without its files": (nothing, ("merge-driver", "O", "A")),
    "show what is not there": (nothing, ("textconv", "gone.yaml")),
    "write while a merge is not finished": (begun("MERGE_HEAD"), NOTE),
    "write while a cherry-pick is not finished": (begun("CHERRY_PICK_HEAD"), NOTE),
    "write while a revert is not finished": (begun("REVERT_HEAD"), NOTE),
}

"""Scenes of a desk that several people change: its branch is not where it should be."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import replaced
from helpers import DeskAtWork


def of_branch(name: str) -> Callable[[DeskAtWork], object]:
    """tkt.yaml says that the desk is on another branch than the one that is checked out."""
    return replaced("tkt.yaml", "  # branch: main", f"  branch: {name}")


def an_empty_branch(desk: DeskAtWork) -> None:
    tree = desk.git("hash-object", "-t", "tree", "-w", "/dev/null").strip()
    desk.git("branch", "-f", "without-a-desk", desk.git("commit-tree", tree, "-m", "nothing").strip())
    of_branch("without-a-desk")(desk)


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "the desk's branch is nowhere": (of_branch("tickets"), ("list",)),
    "the desk's branch has no desk": (an_empty_branch, ("note", "AAAA1", "-m", "x")),
}

"""Scenes of the gallery in which `tkt diff` has something to complain about."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import bad, file, nothing, replaced
from helpers import DeskAtWork


def strangers(desk: DeskAtWork) -> None:
    """A branch that has no commit in common with this one."""
    tree = desk.git("write-tree").strip()
    commit = desk.git("commit-tree", tree, "-m", "another beginning").strip()
    desk.git("update-ref", "refs/heads/strangers", commit)


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "a diff to a branch that is not there": (nothing, ("diff", "main..topic")),
    "a diff in no known format": (nothing, ("diff", "--format", "html")),
    "a diff of branches without a common past": (strangers, ("diff", "main...strangers")),
    "a diff with a ticket that cannot be read": (bad("id: [\n"), ("diff",)),
    "a diff with an article whose keys do not end": (
        file("knowledge/e104.md", "---\ntitle: E104\nPress the button.\n"),
        ("diff",),
    ),
    "a diff with an article whose keys cannot be read": (
        file("knowledge/e104.md", "---\ntitle: [E104\n---\nPress the button.\n"),
        ("diff",),
    ),
    "a diff with a configuration that cannot be read": (
        replaced("config/rules.yaml", "rules:", "ruls:"),
        ("diff",),
    ),
}

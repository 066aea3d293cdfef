"""Scenes of the gallery: the desk's own programs say no, or cannot be asked."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork


def hook(name: str, script: str, *, mode: int = 0o755) -> Callable[[DeskAtWork], object]:
    """A hook that nobody has allowed."""
    return lambda desk: desk.write(f"config/hooks/{name}", script).chmod(mode)


def trusted(name: str, script: str) -> Callable[[DeskAtWork], object]:
    def allow(desk: DeskAtWork) -> None:
        hook(name, script)(desk)
        desk.tkt("trust", "--yes")

    return allow


def linked(desk: DeskAtWork) -> None:
    (desk.root / "config/hooks/pre-change").symlink_to("/bin/false")


NOTE = ("note", "AAAA1", "-m", "x")
SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "a hook that says no": (trusted("pre-change", "#!/bin/sh\necho no notes on a Friday\nexit 1\n"), NOTE),
    "a hook that says no and not why": (trusted("pre-note", "#!/bin/sh\nexit 3\n"), NOTE),
    "a hook that does not start": (trusted("pre-change", "#!/no/such/shell\n"), NOTE),
    "a hook that is killed": (trusted("pre-change", "#!/bin/sh\nkill -KILL $$\n"), NOTE),
    "nobody there to allow hooks": (hook("pre-change", "#!/bin/sh\n"), ("trust",)),
    "two wishes about hooks": (nothing, ("trust", "--yes", "--list")),
    "a hook that is a link": (linked, ("check",)),
    "a hook that could not be read": (
        lambda desk: (desk.root / "config/hooks/pre-change").write_bytes(b"#" * (17 << 20)),
        ("check",),
    ),
}

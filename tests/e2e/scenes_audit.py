"""Scenes of `tkt audit` for the gallery."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork


def _broken_and_mended(desk: DeskAtWork) -> None:
    """A commit whose configuration cannot be read, and one that puts it right."""
    path = "config/sla.yaml"
    good = (desk.root / path).read_text("utf-8")
    desk.write(path, "policies: 7\n")
    desk.git("commit", "-qam", "broken")
    desk.write(path, good)
    desk.git("commit", "-qam", "mended")


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "audit without a base": (nothing, ("audit",)),
    "audit what is no revision": (nothing, ("audit", "mian...HEAD")),
    "audit with what is no tolerance": (nothing, ("audit", "HEAD", "--tolerance", "soon")),
    "audit in two formats": (nothing, ("audit", "HEAD", "--json", "--format", "sarif")),
    "audit that fails on what is no level": (nothing, ("audit", "HEAD", "--fail-on", "errors")),
    "audit by the configuration of no revision": (nothing, ("audit", "HEAD", "--config-from", "mian")),
    "audit from a configuration that cannot be read": (_broken_and_mended, ("audit", "HEAD~1..HEAD")),
}

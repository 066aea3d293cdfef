"""Scenes of `tkt sla check` and `tkt sla list` for the gallery."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing, replaced
from helpers import DeskAtWork


def _shallow(desk: DeskAtWork) -> None:
    """As a clone of one commit is."""
    desk.write(".git/shallow", desk.git("rev-parse", "HEAD"))


def _broken_base(desk: DeskAtWork) -> None:
    """A commit whose service levels cannot be read, and others on the disk."""
    path = "config/sla.yaml"
    good = (desk.root / path).read_text("utf-8")
    desk.write(path, "policies: 7\n")
    desk.git("commit", "-qam", "broken")
    desk.write(path, good)


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "sla check of no clock": (nothing, ("sla", "check", "--clock", "first_respone")),
    "sla check of a stage that is no status": (nothing, ("sla", "check", "--clock", "stage:wating")),
    "sla check in no format": (nothing, ("sla", "check", "--format", "junti")),
    "sla check in two formats": (nothing, ("sla", "check", "--json", "--format", "sarif")),
    "sla check with a report without a file": (nothing, ("sla", "check", "--report", "junit")),
    "sla check into a folder that is not there": (nothing, ("sla", "check", "--report", "junit=none/a.xml")),
    "sla check of two times": (
        nothing,
        ("sla", "check", "--within", "1h", "--breached-after", "2026-11-16T01:00:00Z"),
    ),
    "sla check against what is no revision": (nothing, ("sla", "check", "--new-since", "mian")),
    "sla check against what a shallow clone lacks": (_shallow, ("sla", "check", "--new-since", "HEAD~3")),
    "sla check against a tag that a shallow clone lacks": (_shallow, ("sla", "check", "--new-since", "v1")),
    "sla check by the configuration of no revision": (nothing, ("sla", "check", "--config-from", "mian")),
    "sla check against a configuration that cannot be read": (
        _broken_base,
        ("sla", "check", "--new-since", "HEAD"),
    ),
    "sla check by service levels that cannot be read": (
        replaced("config/sla.yaml", "calendar: always", "calendar: allways"),
        ("sla", "check", "--config-from", "work"),
    ),
    "sla list of no span": (nothing, ("sla", "list", "--due", "soon")),
}

"""Scenes of customers' status pages for the gallery."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing, replaced
from helpers import DeskAtWork

A = "261116-AAAA1"


def _spam(desk: DeskAtWork) -> None:
    desk.tkt("spam", A)


SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "report page of no ticket": (nothing, ("report", "page", "ZZZZZ")),
    "report page of spam": (_spam, ("report", "page", A)),
    "pages that stay for no span of time": (
        replaced("config/reports.yaml", "keep_after_closing: 30 days", "keep_after_closing: a month"),
        ("check",),
    ),
    "pages that are published at no address": (
        replaced("config/reports.yaml", "site:\n", "site:\n  public_url: status.example.com\n"),
        ("list",),
    ),
    "pages that are published without encryption": (
        replaced("config/reports.yaml", "site:\n", "site:\n  public_url: http://status.example.com\n"),
        ("check",),
    ),
}

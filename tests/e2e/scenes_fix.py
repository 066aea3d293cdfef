"""The gallery's scenes of `tkt check --fix`."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import CLOSED, bad, file, nothing, ticket
from helpers import DeskAtWork
from small_ticket import TICKET

_SET = "- id: bbbb00\n  at: 2026-11-16T01:10:00Z\n  by: li.wei\n  did: set\n  field: title\n  to: E105\n"
_OTHER = TICKET.replace("aaaa", "cccc").replace("status: new", "status: waiting")
_YEAR_AHEAD = (
    "- id: bbbb00\n  at: 2027-11-16T01:10:00Z\n  by: li.wei\n  did: set\n  field: title\n  to: E105\n"
)

SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "--yes without --fix": (nothing, ("check", "--yes")),
    "fix without a terminal": (bad(ticket("261116-CCCC1") + _SET), ("check", "--fix")),
    "fix since what is no revision": (nothing, ("check", "--fix", "--changed-since", "mian")),
    "fix two copies of one ticket": (
        file("tickets/waiting/261116-AAAA1.yaml", ticket("261116-AAAA1")),
        ("check", "--fix", "--dry-run"),
    ),
    "fix two tickets with one id": (
        file("tickets/waiting/261116-AAAA1.yaml", ticket("261116-AAAA1", _OTHER)),
        ("check", "--fix", "--dry-run"),
    ),
    "fix what a clock that is ahead has written": (
        bad(ticket("261116-CCCC1") + _YEAR_AHEAD),
        ("check", "--fix", "--dry-run"),
    ),
    "fix what cannot be read": (bad(ticket("261116-DDDD1")), ("check", "--fix", "--yes")),
    "a directory that is no month": (
        file("tickets/closed/2026-9/261116-CCCC1.yaml", ticket("261116-CCCC1", CLOSED)),
        ("check",),
    ),
}

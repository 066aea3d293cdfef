"""Scenes of the gallery: what `tkt calendar` refuses, and what `check` says of calendars and policies."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import file, nothing, replaced
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]

BY_HAND = "country: CN\ncovers: [2030]\nholidays: [2030-01-01]\n"
AGAIN = "country: CN\ncovers: [2026]\nholidays: [2026-01-01, 2026-01-01, 2030-01-01]\n"
_SLA = "config/sla.yaml"

SCENES: dict[str, Scene] = {
    "show what is no month": (nothing, ("calendar", "show", "february")),
    "no such calendar": (nothing, ("calendar", "show", "--calendar", "offce")),
    "holidays of no country": (nothing, ("calendar", "import", "XX", "2030")),
    "holidays of no part of a country": (
        nothing,
        ("calendar", "import", "SG", "2030", "--subdivision", "XX"),
    ),
    "holidays of no year": (nothing, ("calendar", "import", "CN", "1800")),
    "holidays over a file made by hand": (
        file("config/calendars/CN-2030.yaml", BY_HAND),
        ("calendar", "import", "CN", "2030"),
    ),
    "holidays of a year that another file has": (
        file("config/calendars/CN.yaml", BY_HAND),
        ("calendar", "import", "CN", "2030"),
    ),
    "a calendar of a country without a file": (
        replaced(_SLA, "holidays: CN", "holidays: DE-BY"),
        ("calendar", "show"),
    ),
    "a file of holidays that is doubtful, and a rung for nobody": (
        lambda desk: (
            desk.write("config/calendars/CN-more.yaml", AGAIN),
            replaced(_SLA, "50% warn owner+on-call", "50% warn owner+oncall")(desk),
        ),
        ("check",),
    ),
    "rungs out of order, and a recipient that nobody is": (
        replaced(
            _SLA, "50% warn lead\n    - due escalate manager", "due escalate manger\n    - 50% warn lead"
        ),
        ("check",),
    ),
    "a contract that no policy speaks of": (
        file("customers/acme.yaml", "name: ACME\ncontract: gold\n"),
        ("check",),
    ),
    "a policy that asks for more than one above it": (
        replaced(_SLA, 'match: ""', "match: customer.tier:vip channel:email"),
        ("check",),
    ),
    "long targets that nobody meant": (
        lambda desk: (replaced(_SLA, "spans_days: [P3, P4, default]", "spans_days: [P3, P9]")(desk),),
        ("check",),
    ),
    "explain the promise of no ticket": (nothing, ("config", "explain", "sla", "ZZZZ")),
}

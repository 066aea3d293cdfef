"""Scenes of the gallery: what `tkt report KIND` refuses, and what `check` says of reports and thresholds."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing, replaced
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]

_REPORTS = "config/reports.yaml"
_ODD = "reports:\n  sla: {}\n  odd: {metrics: [csta], by: titel, window: some day}\n"

SCENES: dict[str, Scene] = {
    "a report of no kind": (nothing, ("report", "slaa")),
    "a report in two windows": (nothing, ("report", "sla", "--week", "2026-W46", "--last", "month")),
    "a report of no week": (nothing, ("report", "flow", "--week", "2026-W60")),
    "a report by what nothing is grouped by": (nothing, ("report", "customers", "--by", "customer.regoin")),
    "a limit without a number": (nothing, ("report", "kpi", "--fail-on", "backlog.at_to")),
    "a limit of no figure": (nothing, ("report", "kpi", "--fail-on", "backlog.at_two>5")),
    "a limit that is passed": (nothing, ("report", "sla", "--last", "month", "--fail-on", "backlog.at_to>=0")),
    "reports of the desk's own that ask for what there is not": (
        replaced(_REPORTS, "\nreports: {}\n", f"\n{_ODD}"),
        ("check",),
    ),
    "limits of the desk's own that are none": (
        replaced(_REPORTS, "\nfail_on: {}\n", '\nfail_on: {backlok.at_to: ">5", backlog.at_to: many}\n'),
        ("check",),
    ),
}  # fmt: skip

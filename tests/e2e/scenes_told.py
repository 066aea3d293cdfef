"""Scenes of acknowledging breaches, and of judging by other targets."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import file, nothing, replaced
from helpers import DeskAtWork

Prepare = Callable[[DeskAtWork], object]
WHY = ("--cause", "overload", "--reason", "r")
ROWS = "{P3: {first_response: 1d}}"
OTHER = f"policies:\n- name: everybody\n  calendar: offcie\n  targets: {ROWS}\n"

SCENES: dict[str, tuple[Prepare, tuple[str, ...]]] = {
    "acknowledge without cause and reason": (nothing, ("sla", "ack", "AAAA1")),
    "acknowledge for a cause that is none": (nothing, ("sla", "ack", "AAAA1", "--cause", "weather", "--reason", "r")),
    "acknowledge the breach of no clock": (nothing, ("sla", "ack", "AAAA1", "--clock", "resolutoin", *WHY)),
    "acknowledge what is not breached": (nothing, ("sla", "ack", "AAAA1", "--clock", "resolution", *WHY)),
    "acknowledge all of a query unasked": (nothing, ("sla", "ack", "--query", "status:new", *WHY)),
    "simulate without a file": (nothing, ("sla", "simulate")),
    "simulate a file that is not there": (nothing, ("sla", "simulate", "--policy", "other.yaml")),
    "simulate a file with faults": (file("other.yaml", OTHER), ("sla", "simulate", "--policy", "other.yaml")),
    "simulate what is no YAML": (file("other.yaml", "policies: [\n"), ("sla", "simulate", "--policy", "other.yaml")),
    "simulate by what is no field": (
        file("other.yaml", OTHER),
        ("sla", "simulate", "--policy", "other.yaml", "--by", "teem"),
    ),
    "a reader's zone that is none": (
        replaced("config/people.yaml", '\n    name: "Li Wei"\n', '\n    name: "Li Wei"\n    zone: Asia/Shangai\n'),
        ("list",),
    ),
}  # fmt: skip

"""Scenes of escalation and of neglect: nobody above, the same team, an answer that goes with no other."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing, replaced
from helpers import DeskAtWork

SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "escalate without a reason": (nothing, ("escalate", "AAAA1", "--to", "tech")),
    "escalate to no team of the desk": (nothing, ("escalate", "AAAA1", "--to", "tehc", "--reason", "x")),
    "escalate an owner without a team": (
        nothing,
        ("escalate", "AAAA1", "--owner", "li.wei", "--reason", "x"),
    ),
    "escalate what is closed": (nothing, ("escalate", "BBBB1", "--reason", "x")),
    "escalate above the top": (nothing, ("escalate", "AAAA1", "--reason", "x")),
    "escalate where nobody leads": (
        replaced("config/people.yaml", '    lead: "li.wei"\n', ""),
        ("escalate", "AAAA1", "--reason", "x"),
    ),
    "neglect beside a repair": (nothing, ("check", "--process", "--fix")),
    "a format without what it is of": (nothing, ("check", "--format", "md")),
    "a kind of neglect by no calendar": (
        replaced(
            "config/reports.yaml",
            "    after: 30m\n",
            "    after: 30 moons\n    calendar: offfice\n    do: call\n",
        ),
        ("check",),
    ),
    "a kind of neglect by no field": (
        replaced("config/reports.yaml", "status:open owner:none", "status:open owener:none"),
        ("check", "--process"),
    ),
    "a kind of neglect since never": (
        replaced("config/reports.yaml", "since: unowned", "since: forever"),
        ("check", "--process"),
    ),
}

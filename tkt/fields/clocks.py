"""Which clocks and families of clocks can every desk ask for, and what are they called?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.i18n import N_, Message, msg

CLOCK_LABELS: Mapping[str, str] = {
    "first_response": N_("first response"),
    "next_response": N_("next response"),
    "update": N_("update"),
    "resolution": N_("resolution"),
    "work": N_("work"),
    "stage": N_("stage"),
    "task": N_("sub-task"),
    "promise": N_("promise"),
}
"""Name → what people call it, whether something is promised on it or not."""

CLOCK_NAMES = tuple(CLOCK_LABELS)


def clock_told(name: str) -> Message:
    """What a clock or a family of clocks is called; one that is in no table by its name."""
    return msg(CLOCK_LABELS[name]) if name in CLOCK_LABELS else msg("{clock}", clock=name)

"""Which rules does the time bring? One file a rule, one line each here.

A rule is a function from a case to what fell due on its ticket and is not recorded yet. To add one: a file
with such a function, and its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tkt.timerules import auto_close, closing_reminder, ladder, next_action, remind, resume, untold
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing

Rule = Callable[[Case], Iterator[Firing]]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        remind.NAME: remind.firings,
        resume.NAME: resume.firings,
        ladder.NAME: ladder.firings,
        next_action.NAME: next_action.firings,
        untold.NAME: untold.firings,
        closing_reminder.NAME: closing_reminder.firings,
        auto_close.NAME: auto_close.firings,
    }
)
"""Name → rule; at one instant the earlier line comes first."""

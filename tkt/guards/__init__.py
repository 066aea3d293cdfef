"""Which guards are there? One function each, by the names that config/workflow.yaml uses.

A new guard is one function in the file of its group and one line in that file's table.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tkt.guards.base import Guard, Missing, Situation
from tkt.guards.ending import ENDING
from tkt.guards.triage import TRIAGE, needs_of
from tkt.guards.work import PARTIES, WORK

GUARDS: Mapping[str, Guard] = MappingProxyType({**TRIAGE, **WORK, **ENDING})

__all__ = ["GUARDS", "PARTIES", "Guard", "Missing", "Situation", "needs_of"]

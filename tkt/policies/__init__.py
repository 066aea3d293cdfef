"""What does a desk promise: calendars, policies, targets, ladders? (docs/sla.md P1 to P5, E1)

`ServiceLevels` holds all of it, read and checked; `targets` says which promise was in force when.
"""

from __future__ import annotations

from tkt.policies.ladders import Rung
from tkt.policies.levels import ServiceLevels
from tkt.policies.targets import InForce, Promises
from tkt.policies.values import Policies, PolicyVersion, Row

__all__ = ["InForce", "Policies", "PolicyVersion", "Promises", "Row", "Rung", "ServiceLevels"]

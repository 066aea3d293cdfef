"""What has a merge done to the desk that must be put right, and how is that done?

`together` says what records must be, `meetings` and `committed` and `loose` find those that are not,
`verifying` judges a merge, `plan` and `carry_out` are the door.
"""

from __future__ import annotations

from tkt.repair.carrying_out import Repaired, carry_out
from tkt.repair.opening import desk_to_repair
from tkt.repair.planning import Plan, plan, weaver_for
from tkt.repair.steps import Step
from tkt.repair.verifying import merge_problems

__all__ = ["Plan", "Repaired", "Step", "carry_out", "desk_to_repair", "merge_problems", "plan", "weaver_for"]

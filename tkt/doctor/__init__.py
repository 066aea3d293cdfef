"""What does this machine, and this clone of a desk, lack to work well? `tkt doctor`.

One function a fact, in one table; each gives a `Finding`, or None where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable

from tkt.doctor import clone, desk, machine
from tkt.doctor.finding import Finding, State
from tkt.doctor.surroundings import Surroundings, surroundings_of

Check = Callable[[Surroundings], Finding | None]

ON_THE_MACHINE: tuple[Check, ...] = (machine.git, machine.program, machine.time_zones, machine.committer)
IN_A_DESK: tuple[Check, ...] = (
    desk.configuration,
    desk.repository,
    desk.unfinished,
    desk.lock,
    desk.person,
    desk.remote,
    desk.hooks,
    clone.driver,
    clone.textconv,
    clone.attributes,
)


def examined(around: Surroundings) -> tuple[Finding, ...]:
    """Everything that there is to say; outside of a desk of the machine alone. Errors: FileError."""
    checks = ON_THE_MACHINE if around.root is None else (*ON_THE_MACHINE, *IN_A_DESK)
    return tuple(found for check in checks if (found := check(around)) is not None)


__all__ = ["Finding", "State", "Surroundings", "examined", "surroundings_of"]

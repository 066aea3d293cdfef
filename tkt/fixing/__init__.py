"""What can be put right of what `tkt check` finds, and how is it written?

Planning is pure and shown first; then all of it is written, or nothing. A new fixer is one module
and one line in the table; each sees what those before it have planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tkt.actions import Actor
from tkt.changes import Changes, FileEdit, Written
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.fixing import adopting, finishing, keeping, placing, renumbering
from tkt.fixing.gathering import gathered
from tkt.fixing.state import Fixer, State, Step
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.store.codec.plain import WriteError
from tkt.store.codec.writing import changed_text

FIXERS: Mapping[str, Fixer] = {
    keeping.NAME: keeping.plan,
    renumbering.NAME: renumbering.plan,
    finishing.NAME: finishing.plan,
    adopting.NAME: adopting.plan,
    placing.NAME: placing.plan,
}
"""In the order in which they run."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What will be done, in order; and what cannot be, with the reason."""

    steps: tuple[Step, ...]
    left: tuple[Problem, ...]
    edits: tuple[FileEdit, ...]
    pairs: tuple[tuple[Ticket, Ticket], ...]
    """Every ticket before and after."""


def planned(desk: Desk, actor: Actor, *, since: str | None = None) -> Plan:
    """What can be put right on the desk; with `since`, of what has changed since the branch left it.

    Errors: GitError.
    """
    state = gathered(desk, actor, since)
    steps: list[Step] = []
    left = list(state.left)
    for fixer in FIXERS.values():
        found = tuple(fixer(state))
        mine = [it for it in found if isinstance(it, Step)]
        left += [it for it in found if isinstance(it, Problem)]
        state = state.after(mine)
        steps += mine
    return _writable(state, steps, left)


def carried_out(plan: Plan, changes: Changes) -> Written:
    """Write everything that is planned, with one commit; nothing where that fails.

    Errors: Conflict where a file has changed since it was planned; FileError, GitError.
    """
    return changes.write_planned(plan.edits, pairs=plan.pairs, what="check: fix", verb="check")


def _writable(state: State, steps: Iterable[Step], left: Iterable[Problem]) -> Plan:
    """The plan, without the files that cannot be written in their own style."""
    edits: dict[str, FileEdit] = {}
    refused: dict[str, Problem] = {}
    changed = [held for held in state.files.values() if held.is_changed]
    for held in changed:
        try:
            data = changed_text(held.data, held.before, held.ticket)
        except WriteError as error:
            refused[held.source] = replace(error.problem, path=held.source)
        else:
            edits[held.source] = FileEdit(
                path=held.source, data=data, original=held.data, to=held.ticket.path
            )
    mine = tuple(step for step in steps if step.source not in refused)
    new = (FileEdit(path=step.source, data=b"") for step in mine if step.ticket is None)
    return Plan(
        steps=mine,
        left=(*left, *refused.values()),
        edits=(*new, *edits.values()),
        pairs=tuple((held.before, held.ticket) for held in changed if held.source in edits),
    )


__all__ = ["FIXERS", "Plan", "Step", "carried_out", "planned"]

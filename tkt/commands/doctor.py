"""`tkt doctor`: what does this clone lack to work well, and may it be set up?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from tkt.clone import set_up
from tkt.commands.clone_setup import offer
from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.doctor import Finding, State, Surroundings, examined, surroundings_of
from tkt.errors import EXIT_NO
from tkt.i18n import N_, _, msg, msgn, render
from tkt.render.screen import Screen
from tkt.render.text import clean, one_line, pad, width, wrap

STATES = {State.OK: N_("ok"), State.WARNING: N_("warning"), State.FAULT: N_("fault")}
STYLES = {State.OK: "green", State.WARNING: "yellow", State.FAULT: "red"}
SET_UP = ("driver", "textconv")
"""What may be set up without asking: it stands in this clone's configuration alone."""

FixOption = Annotated[
    bool, typer.Option("--fix", help=N_("Set up in .git/config what this clone lacks, without asking."))
]


@reads
def doctor(session: Session, fix: FixOption = False) -> int:
    """Examine machine and clone; exit code 1 where something does not work."""
    around = surroundings_of(session.door.directory)
    found = examined(around)
    if fix and around.repo is not None and _lacks(found):
        set_up(around.repo)
        around = surroundings_of(session.door.directory)
        found = examined(around)
    if session.json:
        session.answer(_as_json(around, found))
    else:
        _print(session, found)
        _offer(session, around, found)
    return EXIT_NO if _count(found, State.FAULT) else 0


def _lacks(found: Sequence[Finding]) -> bool:
    return any(each.name in SET_UP and each.state is not State.OK for each in found)


def _offer(session: Session, around: Surroundings, found: Sequence[Finding]) -> None:
    """Ask a person at a terminal who was not asked yet."""
    if around.repo is None or not session.is_at_terminal or not _lacks(found) or around.setup.is_answered:
        return
    if offer(around.repo):
        session.say(msg("git merges tickets by their events"))


def _print(session: Session, found: Sequence[Finding]) -> None:
    room = max(width(_(word)) for word in STATES.values()) + 2
    for each in found:
        for line in _lines(each, session.screen, room):
            session.screen.print(line)
    faults, warnings = _count(found, State.FAULT), _count(found, State.WARNING)
    session.say(
        msg(
            "{faults}, {warnings}",
            faults=msgn("{count} fault", "{count} faults", faults),
            warnings=msgn("{count} warning", "{count} warnings", warnings),
        )
    )


def _lines(found: Finding, screen: Screen, room: int) -> Iterator[str]:
    """`warning  what is so`; below it, on one line however long, what can be pasted."""
    told = wrap(clean(render(found.message)), max(screen.columns - room, 20))
    yield screen.styled(pad(_(STATES[found.state]), room), STYLES[found.state]) + told[0]
    yield from (" " * room + line for line in told[1:])
    if found.remedy is not None:
        yield " " * room + one_line(render(found.remedy))


def _count(found: Sequence[Finding], state: State) -> int:
    return sum(each.state is state for each in found)


def _as_json(around: Surroundings, found: Sequence[Finding]) -> dict[str, object]:
    return {
        "desk": str(around.root) if around.root else None,
        "faults": _count(found, State.FAULT),
        "warnings": _count(found, State.WARNING),
        "findings": [
            {
                "name": each.name,
                "state": str(each.state),
                "message": render(each.message),
                "remedy": render(each.remedy) if each.remedy else None,
            }
            for each in found
        ],
    }

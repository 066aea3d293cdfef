"""Which files were written by a command that did not come to moving them?

A move writes its event first and renames the file then. What ended between the two (a crash, or
somebody who typed the event by hand) left a file whose last move nobody committed, in the directory
that the move led away from.
"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.fixing.gathering import right_path
from tkt.fixing.state import Found, Held, State, Step
from tkt.model import Event

NAME = "finish"


def plan(state: State) -> Iterator[Found]:
    """Each goes where its last event leads."""
    for held in state.single:
        move = _unfinished(state, held)
        if move is not None:
            ticket = held.ticket.in_status(str(move.get("to")), held.ticket.path)
            path = right_path(state.desk, ticket)
            yield Step(fixer=NAME, source=held.source, ticket=ticket.in_status(ticket.status, path))


def _unfinished(state: State, held: Held) -> Event | None:
    """The last move, where it is not committed and led away from where the file lies."""
    if held.source not in state.uncommitted:
        return None
    changes = held.ticket.status_changes
    move = changes[-1][2] if changes else None
    if move is None or move.did != "moved" or move.get("from") != held.ticket.status:
        return None
    if move.get("to") not in state.desk.tree.statuses or move.get("to") == held.ticket.status:
        return None
    committed = state.uncommitted[held.source]
    return None if committed is not None and committed.event(move.id) else move

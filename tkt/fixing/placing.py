"""Which closed tickets lie in no month, or in a wrong one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tkt.fixing.gathering import right_path
from tkt.fixing.state import Found, State, Step

NAME = "place"


def plan(state: State) -> Iterator[Found]:
    """Each goes to the month in which it was closed; nothing in its file changes."""
    for held in state.single:
        ticket = held.ticket
        right = right_path(state.desk, ticket)
        if ticket.status in state.desk.tree.sharded and right != ticket.path:
            yield Step(fixer=NAME, source=held.source, ticket=replace(ticket, path=right))

"""Which status directories would git forget?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.fixing.state import Found, State, Step

NAME = "gitkeep"


def plan(state: State) -> Iterator[Found]:
    """An empty `.gitkeep` where one is missing."""
    return (Step(fixer=NAME, source=path) for path in state.missing_keeps)

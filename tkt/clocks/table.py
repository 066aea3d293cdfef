"""Which clocks run on a ticket? One file a clock, one line each here.

A clock is a function from a ticket's history to its cycles. To add one: a file with `NAME` and `cycles`, and its
line. A family of clocks (`stage`, `task`, `promise`) has one line; its clocks are named `stage:new`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tkt.clocks import first_response, next_response, promise, resolution, stage, task, update, work
from tkt.clocks.cycle import Cycle
from tkt.clocks.history import History

CLOCKS: Mapping[str, Callable[[History], tuple[Cycle, ...]]] = MappingProxyType(
    {
        first_response.NAME: first_response.cycles,
        next_response.NAME: next_response.cycles,
        update.NAME: update.cycles,
        resolution.NAME: resolution.cycles,
        work.NAME: work.cycles,
        stage.NAME: stage.cycles,
        task.NAME: task.cycles,
        promise.NAME: promise.cycles,
    }
)
"""Clock or family → its cycles on a ticket, in the order in which people read them."""

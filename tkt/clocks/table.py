"""Which clocks run on a ticket? One file a clock, one line each here.

A clock is a function from a ticket's history to its cycles. To add one: a file with `cycles`, its
line, and its name in `cycle.Clock`. `update`, `work`, `stage`, `task` and `promise` have no line: nothing judges them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tkt.clocks import first_response, next_response, resolution
from tkt.clocks.cycle import Cycle
from tkt.clocks.history import History

CLOCKS: Mapping[str, Callable[[History], tuple[Cycle, ...]]] = MappingProxyType(
    {
        first_response.NAME: first_response.cycles,
        next_response.NAME: next_response.cycles,
        resolution.NAME: resolution.cycles,
    }
)
"""Clock → its cycles on a ticket, in the order in which people read them."""

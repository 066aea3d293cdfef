"""How many minutes did people spend on a ticket?

Whole minutes, as a number: the key `spent` of a message, a note, a move or a task that is done, and
`minutes` of an event `spent` (docs/file-format.md, Kinds).
"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.model import Event


def effort_of(events: Iterable[Event]) -> int:
    """The minutes that these events record; give those that count (`ticket.effective`)."""
    return sum(map(minutes_of, events))


def minutes_of(event: Event) -> int:
    """The minutes that one event records; 0 for none, and for what is no whole number of them."""
    found = event.data.get("minutes" if event.did == "spent" else "spent")
    return found if type(found) is int and found > 0 else 0

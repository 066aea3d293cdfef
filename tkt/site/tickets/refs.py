"""Which other tickets does a ticket name: duplicates, parts, links?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tkt.guards.disposal import survivor_of
from tkt.ids import is_ticket_id
from tkt.model import Event, Ticket

Ref = tuple[str, str]
"""What the other one is to it, as events say it, and its id."""


def refs_of(ticket: Ticket) -> tuple[Ref, ...]:
    """Each once, in the order in which they came to be; only ids are ids."""
    found = chain(_above(ticket), *(_of_event(event) for event in ticket.effective), _links(ticket))
    return tuple(
        dict.fromkeys((what, name) for what, name in found if name != ticket.id and is_ticket_id(name))
    )


def _above(ticket: Ticket) -> Iterator[Ref]:
    if ticket.get("parent"):
        yield "parent", str(ticket.get("parent"))
    survivor = survivor_of(ticket)
    if survivor is not None:
        yield "duplicate", survivor


def _of_event(event: Event) -> Iterator[Ref]:
    if event.did == "split":
        yield from (("child", name) for name in _names(event.get("into")))
    elif event.did == "merged":
        yield from (("merged", name) for key in ("into", "from") for name in _names(event.get(key)))
    elif event.did == "opened" and event.get("follows"):
        yield "follows", str(event.get("follows"))


def _links(ticket: Ticket) -> Iterator[Ref]:
    there: dict[Ref, None] = {}
    for event in ticket.effective:
        key = (str(event.get("relation") or "related"), str(event.get("to")))
        if event.did == "linked":
            there[key] = None
        elif event.did == "unlinked":
            there.pop(key, None)
    yield from there


def _names(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    return [str(value)] if value else []

"""Which commands make sense on a ticket now, for whom reads it?

Lines that can be pasted, what is open left as `…`, the most pressing first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from tkt.actions.thanks import suggests_noreply
from tkt.fields import instant_in, part_of
from tkt.frozen import dataclass
from tkt.guards.disposal import disposal
from tkt.guards.talk import was_told
from tkt.model import Ticket
from tkt.schema import Configuration

ENOUGH = 5
"""More would have to be read rather than seen."""
_OTHERS = ("vendor", "colleague")
"""Whom a reply may go to beside the customer: what a file says beyond that goes into no command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A ticket as `me` sees it."""

    ticket: Ticket
    config: Configuration
    me: str
    needs: Sequence[str]
    missing: Sequence[str]
    now: datetime

    @property
    def category(self) -> str:
        """Of the status that it is in."""
        return self.config.status_category(self.ticket.status)


def sensible_commands(outlook: Outlook) -> tuple[str, ...]:
    """At most five commands, each a line."""
    ticket = outlook.ticket
    if disposal(ticket) is not None:
        return (f"tkt not-spam {ticket.id}",)
    words = dict.fromkeys((*_answers(outlook), *_NEXT[outlook.category](outlook)))
    return tuple(f"tkt {each}" for each in words)[:ENOUGH]


def _answers(outlook: Outlook) -> Iterator[str]:
    if suggests_noreply(outlook.ticket, outlook.config):
        yield f"noreply {outlook.ticket.id}"
    elif "reply" in outlook.needs:
        yield f'reply {outlook.ticket.id} --text "…"'


def _of_a_new_one(outlook: Outlook) -> Iterator[str]:
    if outlook.missing:
        names = (_settable(outlook.config, name) for name in outlook.missing)
        yield f"set {outlook.ticket.id} {' '.join(f'{name}=…' for name in names)}"
    yield f"take {outlook.ticket.id}"
    yield f"spam {outlook.ticket.id}"
    yield f"duplicate {outlook.ticket.id} --of …"


def _of_an_active_one(outlook: Outlook) -> Iterator[str]:
    if outlook.ticket.owner != outlook.me:
        yield f"take {outlook.ticket.id}"
    yield f'reply {outlook.ticket.id} --text "…" --and wait'
    yield f'wait {outlook.ticket.id} --on vendor --for "…"'
    yield f'resolve {outlook.ticket.id} --code … --cause … --text "…"'


def _of_a_waiting_one(outlook: Outlook) -> Iterator[str]:
    ticket = outlook.ticket
    on = part_of(ticket.values, "waiting", "on")
    until = instant_in(part_of(ticket.values, "waiting", "until"), outlook.config)
    if until is not None and until <= outlook.now:
        if on == "customer":
            yield f'reply {ticket.id} --text "…" --and wait'
        elif on in _OTHERS:
            yield f'reply {ticket.id} --to {on} --text "…"'
    if on == "customer":
        yield f'heard {ticket.id} --channel … --text "…"'
    yield f"start {ticket.id}"


def _of_a_resolved_one(outlook: Outlook) -> Iterator[str]:
    if was_told(outlook.ticket, outlook.config.finished):
        yield f"close {outlook.ticket.id} --confirmed …"
    else:
        yield f'reply {outlook.ticket.id} --text "…"'
    yield f"reopen {outlook.ticket.id}"


def _of_a_closed_one(outlook: Outlook) -> Iterator[str]:
    yield f"reopen {outlook.ticket.id}"


def _settable(config: Configuration, name: str) -> str:
    """A field that can be set: the first of those that may stand for `name`."""
    declared = config.taxonomy.fields.get(name)
    return declared.any_of[0] if declared and declared.any_of else name


_NEXT: dict[str, Callable[[Outlook], Iterator[str]]] = {
    "new": _of_a_new_one,
    "active": _of_an_active_one,
    "waiting": _of_a_waiting_one,
    "resolved": _of_a_resolved_one,
    "closed": _of_a_closed_one,
}

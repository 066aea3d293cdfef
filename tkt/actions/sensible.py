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
    return tuple(f"tkt {each.format(id=ticket.id)}" for each in words)[:ENOUGH]


def _answers(outlook: Outlook) -> Iterator[str]:
    if suggests_noreply(outlook.ticket, outlook.config):
        yield "noreply {id}"
    elif "reply" in outlook.needs:
        yield 'reply {id} --text "…"'


def _of_a_new_one(outlook: Outlook) -> Iterator[str]:
    if outlook.missing:
        names = (_settable(outlook.config, name) for name in outlook.missing)
        yield f"set {{id}} {' '.join(f'{name}=…' for name in names)}"
    yield "take {id}"
    yield "spam {id}"
    yield "duplicate {id} --of …"


def _of_an_active_one(outlook: Outlook) -> Iterator[str]:
    if outlook.ticket.owner != outlook.me:
        yield "take {id}"
    yield 'reply {id} --text "…" --and wait'
    yield 'wait {id} --on vendor --for "…"'
    yield 'resolve {id} --code … --cause … --text "…"'


def _of_a_waiting_one(outlook: Outlook) -> Iterator[str]:
    waiting = outlook.ticket.get("waiting") or {}
    until = instant_in(part_of(outlook.ticket.values, "waiting", "until"), outlook.config)
    if until is not None and until <= outlook.now:
        to = waiting.get("on")
        yield 'reply {id} --text "…" --and wait' if to == "customer" else f'reply {{id}} --to {to} --text "…"'
    if waiting.get("on") == "customer":
        yield 'heard {id} --channel … --text "…"'
    yield "start {id}"


def _of_a_resolved_one(outlook: Outlook) -> Iterator[str]:
    if was_told(outlook.ticket, outlook.config.finished):
        yield "close {id} --confirmed …"
    else:
        yield 'reply {id} --text "…"'
    yield "reopen {id}"


def _of_a_closed_one(_outlook: Outlook) -> Iterator[str]:
    yield "reopen {id}"


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

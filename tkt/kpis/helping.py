"""Who helped on tickets that others own? Named in alphabetical order, never counted against each other."""

from __future__ import annotations

from collections.abc import Iterator

from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.window import Window
from tkt.model import Ticket

_WORDS = ("message", "note")
_TOGETHER = 2


def shared(population: Population) -> list[Life]:
    """The tickets of the window on which more than one person of the desk ever wrote, the last touched first."""
    found = [life for life, _ in population.touched if len(life.facts.writers) >= _TOGETHER]
    return sorted(found, key=lambda life: (life.facts.updated_at, life.id), reverse=True)


def helpers_on(ticket: Ticket, life: Life, window: Window) -> Iterator[str]:
    """The people who wrote on it in the window while somebody else owned it; one may come several times."""
    for event in ticket.effective:
        is_word = event.did in _WORDS and event.role == "agent" and not event.auto
        if is_word and window.contains(event.at):
            owner = life.owner_at(event.at)
            if owner is not None and owner != event.by:
                yield event.by

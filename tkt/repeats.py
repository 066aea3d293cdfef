"""Has this customer been here before, and is this the same matter again?

Likeness of two texts is the share of their character pairs that they have in common (Dice), which
works for Chinese and English alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import islice
from unicodedata import normalize

from tkt.frozen import dataclass
from tkt.late import late
from tkt.model import Ticket, Value

REPEAT_WITHIN = timedelta(days=30)
ALIKE = 0.45
_NOISE = late(r"[\W_]+")


@dataclass(frozen=True)
class Earlier:
    """An earlier ticket of the same requester; `likeness` 0 … 1."""

    ticket: Ticket
    likeness: float
    is_repeat: bool


def earlier_tickets(new: Ticket, others: Iterable[Ticket], at_most: int | None = None) -> tuple[Earlier, ...]:
    """Tickets of the same customer or contact, the latest first; with `at_most` the first so many of `others`.

    One looks like a repeat when its words are alike or its category is the same, and it was alive
    in the last 30 days.
    """
    theirs = (other for other in others if other.id != new.id and same_requester(new, other))
    found = [_compared(new, other) for other in islice(theirs, at_most)]
    return tuple(sorted(found, key=lambda each: (each.ticket.received_at, each.ticket.id), reverse=True))


def same_requester(one: Ticket, other: Ticket) -> bool:
    """The same customer, or a contact with the same identity."""
    if one.get("customer") is not None and one.get("customer") == other.get("customer"):
        return True
    return bool(_identities(one.get("contact")) & _identities(other.get("contact")))


def identities(ticket: Ticket) -> frozenset[str]:
    """What names its requester: the customer, and the contact's addresses and numbers."""
    customer = ticket.get("customer")
    return frozenset({*_identities(ticket.get("contact")), *([str(customer).casefold()] if customer else [])})


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 … 1: Dice over their character pairs."""
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _compared(new: Ticket, other: Ticket) -> Earlier:
    alike = max(likeness(new.title, other.title), likeness(_words(new), _words(other)))
    same_category = new.get("category") is not None and new.get("category") == other.get("category")
    recent = new.received_at - other.updated_at <= REPEAT_WITHIN
    return Earlier(other, alike, recent and (same_category or alike >= ALIKE))


def _words(ticket: Ticket) -> str:
    first = next((event for event in ticket.events if event.did == "message"), None)
    return str(first.get("text", "")) if first else ""


def _pairs(text: str) -> set[str]:
    plain = _NOISE.sub("", normalize("NFKC", text).casefold())
    return {plain[place : place + 2] for place in range(len(plain) - 1)}


def _identities(contact: Value) -> set[str]:
    if not isinstance(contact, Mapping):
        return set()
    return {str(value).casefold() for key, value in contact.items() if key != "name" and value}

"""In which order do the keys of a ticket stand in its file?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tkt.lessons import Lesson
from tkt.model import EVENT_TAIL, KINDS, STORED, Customer, Event, Ticket, Value
from tkt.store.codec.plain import plain_mapping

CUSTOMER_KEYS = ("name", "tier", "language", "contract", "contacts")


def ticket_mapping(ticket: Ticket) -> dict[str, Value]:
    """The stored keys of a ticket as they stand above its events; absent ones are left out."""
    return _present({"id": ticket.id, **_ordered(ticket.values, STORED)})


def customer_mapping(customer: Customer) -> dict[str, Value]:
    """The stored keys of a customer."""
    own = {key: getattr(customer, key) for key in CUSTOMER_KEYS}
    return _present({**own, **customer.values})


def lesson_mapping(lesson: Lesson) -> dict[str, Value]:
    """The stored keys of a review or an improvement."""
    return _present({**lesson.stored(), **lesson.values})


def event_mapping(event: Event) -> dict[str, Value]:
    """An event: `id at by role auto did`, its kind's own keys, what any event may have."""
    found: dict[str, Value] = {"id": event.id, "at": event.at, "by": event.by}
    if event.role != "agent" or event.did == "message":
        found["role"] = event.role
    if event.auto:
        found["auto"] = True
    found["did"] = event.did
    found |= _ordered(event.data, KINDS.get(event.did, ()))
    found |= {key: getattr(event, key) for key in EVENT_TAIL if getattr(event, key)}
    return plain_mapping(found)


def _ordered(mapping: Mapping[str, Value], order: Iterable[str]) -> dict[str, Value]:
    """Known keys in their order, then the others in their own."""
    known = {key: mapping[key] for key in order if key in mapping}
    return known | dict(mapping)


def _present(mapping: Mapping[str, Value]) -> dict[str, Value]:
    plain = plain_mapping(mapping)
    return {key: value for key, value in plain.items() if value is not None and value != []}

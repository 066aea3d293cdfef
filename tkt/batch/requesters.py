"""Who asks, as the desk knows them: customers by their contacts, and what came from outside before?"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping
from contextlib import suppress
from functools import cached_property

from tkt.actions.values import contact_of
from tkt.desk import UNREADABLE, Desk
from tkt.late import late
from tkt.model import Customer, Value

_EXTERNAL_ID = late(rb"external_id[\"']?:([^\n]*)")

Number = tuple[str, str]
"""A source, and the number that a request has there."""


class Requesters:
    """The customers of a desk, read once however many tickets are made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def values_for(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """The customer's id, tier and language, copied when a ticket is opened (docs/file-format.md, Stored keys)."""
        contact = given.get("contact")
        parts = contact_of(contact) if isinstance(contact, str) else dict(contact or {})
        wishes = [given.get("customer"), *(value for key, value in parts.items() if key != "name")]
        found = self._first(str(wish) for wish in wishes if wish)
        if found is None:
            return {}
        copied = {"customer": found.id, "tier": found.tier, "language": found.language}
        return {
            name: value
            for name, value in copied.items()
            if value and (name == "customer" or name not in given)
        }

    def _first(self, wishes: Iterable[str]) -> Customer | None:
        found = (self._by_id.get(wish) or self._by_contact.get(wish.casefold()) for wish in wishes)
        return next((customer for customer in found if customer is not None), None)

    @cached_property
    def _by_id(self) -> dict[str, Customer]:
        return {customer.id: customer for customer in self._desk.customers()}

    @cached_property
    def _by_contact(self) -> dict[str, Customer]:
        return {
            str(value).casefold(): customer
            for customer in reversed(self._by_id.values())
            for contact in customer.contacts
            for key, value in contact.items()
            if key != "name"
        }


def known_numbers(desk: Desk, wanted: Collection[Number]) -> dict[Number, str]:
    """Those of these numbers that a ticket of the desk has already, and its id.

    Looks at the bytes first and keeps no ticket, so that it takes little time and memory on a large desk.
    Errors: LeftOut where a sparse checkout keeps some off the disk.
    """
    if not wanted:
        return {}
    desk.refuse_left_out()  # what came before is known by its tickets
    numbers = {number.encode() for _source, number in wanted}
    found: dict[Number, str] = {}
    for place in desk.tree.scan().files:
        with suppress(*UNREADABLE):
            if _may_name(desk.bytes_of(place)[1], numbers):
                ticket = desk.ticket(place.id)
                source = str(ticket.opened.get("source") or "") if ticket.opened else ""
                found[(source, ticket.external_id or "")] = ticket.id
    return {key: found[key] for key in wanted if key in found}


def _may_name(data: bytes, numbers: Container[bytes]) -> bool:
    """Whether a file may have one of these numbers; only what is written with escapes is not looked through."""
    for written in _EXTERNAL_ID.findall(data):
        plain = written.strip().strip(b"\"'")
        if b"\\" in written or plain in numbers or re.split(rb"[,}#]", plain)[0].strip(b" \"'") in numbers:
            return True
    return False

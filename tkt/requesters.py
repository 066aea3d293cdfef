"""Which customer of the desk is meant: by id, by name, or by what a contact has?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from tkt.actions.values import contact_of
from tkt.desk import Desk
from tkt.errors import nearest
from tkt.fields import field_named, normalised
from tkt.i18n import Message, msg
from tkt.model import Customer, Value


class Requesters:
    """The customers of a desk, read once and only when one is named.

    `tell` is told of a customer that no file knows: it is kept, as customers/ may be elsewhere.
    """

    def __init__(self, desk: Desk, tell: Callable[[Message], None]) -> None:
        self._desk = desk
        self._tell = tell

    def values_for(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """The customer's id, tier, contract and language, copied when a ticket is opened (docs/file-format.md, Stored keys).

        Errors: LeftOut where a sparse checkout keeps customers off the disk.
        """
        wish = given.get("customer")
        found = self._named(str(wish)) if wish else self._first(_identities(given.get("contact")))
        if found is None:
            return {}
        copied = {"tier": found.tier, "contract": found.contract, "language": found.language}
        return {
            "customer": found.id,
            **{name: value for name, value in copied.items() if value and name not in given},
        }

    def changes_for(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """These changes of fields, with a customer's id, tier and contract among them. Errors: as `values_for`."""
        named = {field_named(self._desk.config, name): name for name in given}
        wish = given.get(named.get("customer", ""))
        found = self._named(str(wish)) if wish else None
        if found is None:
            return dict(given)
        promised = {"tier": found.tier, "contract": found.contract}
        copied = {name: value for name, value in promised.items() if name not in named}
        return {**given, named["customer"]: found.id, **copied}

    def _named(self, wish: str) -> Customer | None:
        found = self._first([wish])
        if found is None:
            self._tell(self._unknown(wish))
        return found

    def _first(self, wishes: Iterable[str]) -> Customer | None:
        return next((found for wish in wishes if (found := self._known(wish)) is not None), None)

    def _known(self, wish: str) -> Customer | None:
        return (
            self._by_id.get(wish)
            or self._by_name.get(normalised(wish))
            or self._by_contact.get(wish.casefold())
        )

    def _unknown(self, wish: str) -> Message:
        guess = nearest(wish, [*self._by_id, *(it.name for it in self._by_id.values())])
        add = msg("to make it known, write customers/ID.yaml with name: {name}", name=wish)
        hint = add if guess is None else msg("did you mean {name}? {add}", name=guess, add=add)
        return msg(
            "no file of customers/ knows {name}; kept as typed, without tier: {hint}", name=wish, hint=hint
        )

    @cached_property
    def _by_id(self) -> dict[str, Customer]:
        return {customer.id: customer for customer in self._desk.customers()}

    @cached_property
    def _by_name(self) -> dict[str, Customer]:
        """Those whose name no other one has."""
        count = Counter(normalised(it.name) for it in self._by_id.values())
        return {name: it for it in self._by_id.values() if count[name := normalised(it.name)] == 1}

    @cached_property
    def _by_contact(self) -> dict[str, Customer]:
        return {
            str(value).casefold(): customer
            for customer in reversed(self._by_id.values())
            for contact in customer.contacts
            for key, value in contact.items()
            if key != "name"
        }


def _identities(contact: Value) -> list[str]:
    """By what a contact may be known; a person's name is no identity."""
    parts = (
        contact_of(contact) if isinstance(contact, str) else contact if isinstance(contact, Mapping) else {}
    )
    return [str(value) for key, value in parts.items() if key != "name" and value]

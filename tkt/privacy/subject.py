"""Who is to be forgotten: a customer with everybody in it, or one contact; and by which words are they known?

Mail addresses, phone numbers and accounts name one person, so they are looked for in every file. Names
are shared: they are looked for only in what is about this customer or contact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from tkt.actions.pseudonyms import Pseudonyms, new_pseudonym, one_each
from tkt.actions.redacting import of_the_desk, people_of
from tkt.desk import Desk
from tkt.errors import Ambiguous, NotFound, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late
from tkt.model import Customer, Ticket, Value
from tkt.schema import Configuration

Contact = Mapping[str, Value]

NO_IDENTITY = frozenset(
    {
        "role",
        "title",
        "position",
        "department",
        "language",
        "timezone",
        "note",
        "notes",
        "职务",
        "部门",
        "语言",
        "备注",
    }
)
"""Parts of a contact that say something about it, and by which nobody is known."""

_FORGOTTEN = late(r"forgotten-[0-9a-z]{6}")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Who is to be forgotten, and what stands for them from then on."""

    customer: Customer | None  # who is forgotten as a whole; None: one contact
    pseudonym: str
    people: tuple[Contact, ...]
    also: tuple[str, ...] = ()  # further words, for what is about them
    contract: str | None = None  # the customer's, where no other has it: who reads its name knows whose it is
    ours: frozenset[str] = frozenset()  # words that name people of the desk

    @cached_property
    def everywhere(self) -> Pseudonyms:
        """For files that are about somebody else: what names one person alone."""
        alone = {
            text for contact in self._people for key, text in contact.items() if _names_one_alone(key, text)
        }
        literals = {text: stands for text, stands in self._literals.items() if text in alone}
        return Pseudonyms(literals=literals, customers=self._customers, contracts=self._contracts)

    @cached_property
    def own(self) -> Pseudonyms:
        """For files that are about them."""
        return Pseudonyms(literals=self._literals, customers=self._customers, contracts=self._contracts)

    def with_people(self, contacts: Iterable[Contact]) -> Subject:
        """The same, with whoever else belongs to them."""
        return replace(self, people=(*self.people, *contacts))

    def is_about(self, ticket: Ticket, config: Configuration) -> bool:
        """Whether a ticket is theirs: by its customer, or by who wrote."""
        return self._is_their_customers(ticket) or any(self.is_of(each) for each in people_of(ticket, config))

    def is_of(self, contact: Contact) -> bool:
        """Whether this contact is one of them: has an identity of theirs."""
        return not self._identities.isdisjoint(_identities(contact))

    @cached_property
    def _identities(self) -> frozenset[str]:
        return frozenset(each for contact in self._people for each in _identities(contact))

    @cached_property
    def _people(self) -> tuple[dict[str, str], ...]:
        """Their contacts, without what nobody is known by and without people of the desk."""
        return tuple(
            {
                key: text.strip()
                for key, text in contact.items()
                if isinstance(text, str)
                and key not in NO_IDENTITY
                and text.strip().casefold() not in self.ours
            }
            for contact in self.people
        )

    @cached_property
    def _literals(self) -> Mapping[str, str]:
        whole = (self.customer.id, self.customer.name) if self.customer else ()
        people = one_each(self._people, "customer")
        if self.customer is None:
            people = dict.fromkeys(people, self.pseudonym)
        also = {word: _whose(word, people) or self.pseudonym for word in self.also}
        found = {**people, **also, **dict.fromkeys(whole, self.pseudonym)}
        return {text: stands for text, stands in found.items() if not _is_pseudonym(text)}

    @property
    def _customers(self) -> Mapping[str, str]:
        return {self.customer.id: self.pseudonym} if self.customer else {}

    @property
    def _contracts(self) -> Mapping[str, str]:
        return {self.contract: self.pseudonym} if self.contract else {}

    def _is_their_customers(self, ticket: Ticket) -> bool:
        if self.customer is None:
            return False
        named = [ticket.get("customer")]
        for event in ticket.events:
            if event.did == "set" and event.get("field") == "customer":
                named += [event.get("from"), event.get("to")]
        return self.customer.id in named


def subject_of(desk: Desk, wish: str, also: Collection[str] = ()) -> Subject:
    """The customer of that id or name; else the contact with that mail address, phone number or account.

    A contact need not stand in any file of a customer. Errors: NotFound, Ambiguous.
    """
    customers = list(desk.customers())
    whole = [it for it in customers if it.id == wish] or [it for it in customers if it.name == wish]
    if len(whole) > 1:
        ids = tuple(it.id for it in whole)
        raise Ambiguous(msg("several customers are called {name}: {ids}", name=wish, ids=ids))
    ours = of_the_desk(desk.config)
    if wish.casefold() in ours:
        raise NotFound(msg("{name} is of the desk and no customer", name=wish))
    if not whole and any(it.get("customer") == wish for it in desk.tickets_holding([wish])):
        whole = [Customer(id=wish, name=wish)]  # tickets name one of whom there is no file
    if whole:
        others = {it.contract for it in customers if it.id != whole[0].id}
        return _whole(whole[0], also, ours, others)
    contacts = [it for customer in customers for it in customer.contacts if _names(it, wish)]
    contacts += [
        it
        for ticket in desk.tickets_holding([wish])
        for it in people_of(ticket, desk.config)
        if _names(it, wish)
    ]
    if not contacts:
        raise NotFound(
            msg(
                "no customer {name}, and nobody with such a mail address, phone number or account", name=wish
            ),
            hint=did_you_mean(wish, [it.id for it in customers]),
        )
    return Subject(
        customer=None,
        pseudonym=new_pseudonym("customer"),
        people=tuple(contacts),
        also=tuple(also),
        ours=ours,
    )


def _whole(
    customer: Customer, also: Collection[str], ours: frozenset[str], contracts: Collection[str | None]
) -> Subject:
    """A customer as a whole; `contracts` are those of the other ones."""
    is_again = _FORGOTTEN.fullmatch(customer.id) is not None
    return Subject(
        customer=customer,
        pseudonym=customer.id if is_again else new_pseudonym("forgotten"),
        people=customer.contacts,
        contract=None if customer.contract in contracts else customer.contract,
        also=tuple(also),
        ours=ours,
    )


def _names(contact: Contact, wish: str) -> bool:
    return wish.strip().casefold() in _identities(contact)


def _identities(contact: Contact) -> Iterator[str]:
    """The mail addresses, phone numbers, accounts of a contact."""
    return (
        str(text).strip().casefold() for key, text in contact.items() if key not in ("name", *NO_IDENTITY)
    )


def _names_one_alone(key: str, text: str) -> bool:
    """Whether these words can mean nobody else and nothing else wherever they stand."""
    return key not in ("name", *NO_IDENTITY) and re.search(r"[@\d]", text) is not None


def _whose(word: str, people: Mapping[str, str]) -> str | None:
    """The pseudonym of whoever has this word in their name."""
    wanted = word.casefold()
    return next((stands for name, stands in people.items() if wanted in name.casefold().split()), None)


def _is_pseudonym(text: str) -> bool:
    return re.fullmatch(r"(?:customer|forgotten)-[0-9a-z]{6}", text) is not None

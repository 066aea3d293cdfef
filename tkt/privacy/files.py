"""What does each file of the desk become when somebody is forgotten, and where are they named all the same?"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from tkt.actions.actor import Actor, pen_for
from tkt.actions.pseudonyms import Pseudonyms
from tkt.actions.redacting import emptied, pseudonymised, renamed
from tkt.desk import UNREADABLE, Desk, Loaded
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.late import late
from tkt.model import Customer, Ticket, Value
from tkt.privacy.probing import Probe
from tkt.privacy.subject import Subject
from tkt.privacy.writing import Rewriting
from tkt.store.codec.customers import read_customer
from tkt.store.codec.layout import CUSTOMER_KEYS
from tkt.store.codec.redacting import Record, read_record, redacted_record, redacted_text
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import new_customer_text
from tkt.store.customers import CUSTOMERS
from tkt.store.files import FileMissing, read_file
from tkt.store.tree import TICKETS

RECORDS = ("reviews", "improvements")
KNOWLEDGE = "knowledge"
CONFIGURATION = ("config", "tkt.yaml")
KEPT = ("tier", "language")
"""Keys of a forgotten customer that stay: they say nothing of who it was, and reports group by them."""


class Mention(NamedTuple):
    """Where somebody is named and nothing is changed. Without a line: the file itself may show them."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one file."""

    rewriting: Rewriting | None = None
    found: int = 0  # how often they were named in it
    mentions: tuple[Mention, ...] = ()
    ticket: Ticket | None = None  # as it was, where it is one that changes


class Files:
    """The files of a desk, seen by who is to be forgotten."""

    def __init__(self, desk: Desk, subject: Subject, actor: Actor, *, knowledge: bool) -> None:
        self.desk = desk
        self.subject = subject
        self.actor = actor
        self.knowledge = knowledge
        self.problems: list[Problem] = []
        self._own_tickets: set[str] = set()
        names = (*subject.own.literals, *subject.own.customers, *subject.own.contracts)
        self._probe = Probe(names)

    def own_tickets(self) -> Iterator[Ticket]:
        """The tickets that are about them."""
        for loaded in self._tickets():
            if self.subject.is_about(loaded.ticket, self.desk.config):
                yield loaded.ticket

    def outcomes(self) -> Iterator[Outcome]:
        """What becomes of every file in which they may be named."""
        for loaded in self._tickets():
            yield self._ticket(loaded)
        for path in self._others():
            try:
                data = read_file(self.desk.root / path, root=self.desk.root)
                if self._probe.may_hold(data) or self._is_theirs(path):
                    yield self._other(path, data)
            except FileMissing:
                continue  # somebody has removed it since the directory was listed
            except UNREADABLE as error:
                self.problems += error.problems
        for ticket_id in sorted(self._own_tickets):
            if (self.desk.root / "attachments" / ticket_id).is_dir():
                yield Outcome(mentions=(Mention(f"attachments/{ticket_id}/"),))

    # --- tickets ---

    def _tickets(self) -> Iterator[Loaded]:
        """The tickets in which they may be named."""
        kinds = self.desk.config.field_kinds
        for found in self.desk.tree.scan().files:
            try:
                there, data = self.desk.bytes_of(found)
                if self._probe.may_hold(data):
                    ticket = read_ticket(data, path=there.path, status=there.status, kinds=kinds)
                    yield Loaded(ticket, data)
            except FileMissing:
                continue  # somebody has removed it since the directory was listed
            except UNREADABLE as error:
                self.problems += error.problems

    def _ticket(self, loaded: Loaded) -> Outcome:
        before = loaded.ticket
        is_own = self.subject.is_about(before, self.desk.config)
        if is_own:
            self._own_tickets.add(before.id)
        names = self.subject.own if is_own else self.subject.everywhere
        after = pseudonymised(before, self.actor, self.desk.config, names)
        path = before.path or ""
        if after.events == before.events and after.values == before.values:
            return Outcome(mentions=tuple(self._mentions(path, loaded.data)))
        data = redacted_text(loaded.data, before, after)
        rewriting = Rewriting(path=path, original=loaded.data, data=data, ticket=before.id)
        return replace(self._outcome(rewriting, names), ticket=before)

    # --- everything else ---

    def _others(self) -> Iterator[str]:
        """The paths of all other files, in order; links are not followed, and git's own are none of ours."""
        root = self.desk.root
        for folder, folders, names in os.walk(root):
            inner = os.path.relpath(folder, root)
            left_out = (TICKETS, "attachments") if inner == "." else ()
            folders[:] = sorted(name for name in folders if name[0] != "." and name not in left_out)
            for name in sorted(names):
                path = name if inner == "." else f"{inner}/{name}".replace(os.sep, "/")
                if name != ".git" and not (root / path).is_symlink():
                    yield path

    def _is_theirs(self, path: str) -> bool:
        customer = self.subject.customer
        return customer is not None and path == f"{CUSTOMERS}/{customer.id}.yaml"

    def _other(self, path: str, data: bytes) -> Outcome:
        folder = path.split("/", 1)[0]
        if folder == CUSTOMERS and path.endswith(".yaml"):
            return self._customer(path, data)
        if folder in RECORDS and path.endswith(".yaml"):
            return self._record(path, data)
        if folder == KNOWLEDGE and self.knowledge:
            return self._text(path, data, self.subject.own)
        if folder in CONFIGURATION and path.endswith(".yaml"):
            return self._queries(path, data)
        return Outcome(mentions=tuple(self._mentions(path, data)))

    def _customer(self, path: str, data: bytes) -> Outcome:
        before = read_customer(data, path=path)
        record = Ticket(id=before.id, status="", values=_keys(before), events=before.events)
        if not self._is_theirs(path):
            return self._renamed(path, data, record, self.subject.everywhere)
        if before.id == self.subject.pseudonym:
            return Outcome()
        kept = {key: value for key, value in record.values.items() if key in KEPT}
        after = emptied(record, self.actor, self.desk.config, {"name": self.subject.pseudonym, **kept})
        text = new_customer_text(_customer(self.subject.pseudonym, after))
        target = f"{CUSTOMERS}/{self.subject.pseudonym}.yaml"
        rewriting = Rewriting(path=path, original=data, data=text.encode(), target=target)
        return self._outcome(rewriting, self.subject.own)

    def _record(self, path: str, data: bytes) -> Outcome:
        found = read_record(data, path)
        record = Ticket(
            id="", status="", values=MappingProxyType(dict(found.keys)), events=tuple(found.events)
        )
        text = data.decode(errors="replace")
        is_own = self.subject.is_about(record, self.desk.config) or any(
            each in text for each in self._own_tickets
        )
        return self._renamed(path, data, record, self.subject.own if is_own else self.subject.everywhere)

    def _renamed(self, path: str, data: bytes, record: Ticket, names: Pseudonyms) -> Outcome:
        after = renamed(record, pen_for(record, self.actor), self.desk.config, names)
        if after.events == record.events and after.values == record.values:
            return Outcome(mentions=tuple(self._mentions(path, data)))
        old = Record(keys=record.values, events=record.events)
        new = Record(keys=after.values, events=after.events)
        rewriting = Rewriting(path=path, original=data, data=redacted_record(data, old, new, path=path))
        return self._outcome(rewriting, names)

    def _text(self, path: str, data: bytes, names: Pseudonyms) -> Outcome:
        text = data.decode(errors="surrogateescape")
        after = names.word(text).encode(errors="surrogateescape")
        if after == data:
            return Outcome()
        return self._outcome(Rewriting(path=path, original=data, data=after), names)

    def _queries(self, path: str, data: bytes) -> Outcome:
        """The configuration goes on to mean this customer where its queries name it."""
        text = data.decode(errors="surrogateescape")
        after = _in_queries(text, self.subject.own).encode(errors="surrogateescape")
        if after == data:
            return Outcome(mentions=tuple(self._mentions(path, data)))
        rewriting = Rewriting(path=path, original=data, data=after)
        return replace(self._outcome(rewriting, self.subject.own), found=1)

    def _outcome(self, rewriting: Rewriting, names: Pseudonyms) -> Outcome:
        found = names.count(rewriting.original.decode(errors="replace"))
        left = self._mentions(rewriting.target or rewriting.path, rewriting.data)
        return Outcome(rewriting=rewriting, found=max(found, 1), mentions=tuple(left))

    def _mentions(self, path: str, data: bytes) -> Iterator[Mention]:
        """The lines of a file, as it is to be, in which they are still named."""
        text = data.decode(errors="replace")
        lines = {text.count("\n", 0, at) + 1 for at, _word in self.subject.own.found(text)}
        yield from (Mention(path, line) for line in sorted(lines))


def _keys(customer: Customer) -> Mapping[str, Value]:
    own = {key: getattr(customer, key) for key in CUSTOMER_KEYS if getattr(customer, key)}
    return MappingProxyType(
        {**own, "contacts": [dict(each) for each in customer.contacts], **customer.values}
    )


def _customer(name: str, record: Ticket) -> Customer:
    return Customer(
        id=name,
        name=name,
        tier=record.get("tier"),
        language=record.get("language"),
        events=record.events,
    )


_IN_QUERY = late(
    r"""(?P<field>(?<![\w.])(?P<key>customer\.contract|contract|合同|customer|客户)[:：]"?)(?P<ids>[^\s"'()|}\]]+)"""
)


def _in_queries(text: str, names: Pseudonyms) -> str:
    """`text` with what stands for them wherever `customer:…` or `contract:…` names them in a query."""

    def renamed_ids(found: re.Match[str]) -> str:
        key = "customer" if found["key"] in ("customer", "客户") else "contract"
        ids = (str(names.of_key(key, each)) for each in found["ids"].split(","))
        return f"{found['field']}{','.join(ids)}"

    return _IN_QUERY.sub(renamed_ids, text)

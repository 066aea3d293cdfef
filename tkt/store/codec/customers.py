"""What customer does a file hold? A file of customers/ has the shape of a ticket's: keys, then events."""

from __future__ import annotations

from pathlib import PurePosixPath
from types import MappingProxyType

from tkt.errors import DataError
from tkt.i18n import msg
from tkt.model import Customer, Kind, Value
from tkt.store.codec.layout import CUSTOMER_KEYS
from tkt.store.codec.reading import inspect_document
from tkt.store.codec.tickets import read_events, stored_values
from tkt.store.codec.typed import Typing

KINDS_OF_KEYS: dict[str, Kind] = {"name": "text", "tier": "word", "language": "word", "contract": "word"}


def read_customer(data: bytes, *, path: str) -> Customer:
    """The customer in a file, named by the file.

    Errors: DataError with every fault.
    """
    document, problems = inspect_document(data, path)
    typing = Typing(document, problems)
    values = stored_values(typing, KINDS_OF_KEYS, but=("events",))
    events = read_events(typing, KINDS_OF_KEYS)
    name = values.get("name")
    if not name:
        typing.fault("customer", msg("the customer has no name"), (), hint=msg("write: name: …"))
    contacts = _contacts(typing)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return Customer(
        id=PurePosixPath(path).stem,
        name=str(name),
        tier=values.get("tier"),
        language=values.get("language"),
        contract=values.get("contract"),
        contacts=contacts,
        values=MappingProxyType({key: value for key, value in values.items() if key not in CUSTOMER_KEYS}),
        events=events,
    )


def _contacts(typing: Typing) -> tuple[dict[str, Value], ...]:
    raw = typing.document.value.get("contacts")
    if raw is None:
        return ()
    if not isinstance(raw, list):
        typing.wrong_shape(raw, msg("a list of contacts, each with name and email, phone …"), ("contacts",))
        return ()
    return tuple(typing.texts(item, "contacts", place) for place, item in enumerate(raw))

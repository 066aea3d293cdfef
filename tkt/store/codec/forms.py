"""What did somebody leave in the form of a ticket (`tkt edit`)?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.errors import DataError
from tkt.model import IMMUTABLE, Kind, Ticket, Value
from tkt.store.codec.reading import inspect_document
from tkt.store.codec.tickets import stored_values
from tkt.store.codec.typed import Typing

NOT_IN_FORM = (*IMMUTABLE, "waiting", "resolution")


def read_form(data: bytes, ticket: Ticket, kinds: Mapping[str, Kind]) -> dict[str, Value]:
    """All stored keys of `ticket` as they are after the edit. Errors: DataError with every fault."""
    document, problems = inspect_document(data, f"{ticket.id}.yaml")
    edited = stored_values(Typing(document, problems), kinds, but=NOT_IN_FORM)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    kept = {name: ticket.values[name] for name in NOT_IN_FORM if name in ticket.values}
    return {**kept, **edited}


def read_new_form(data: bytes, name: str) -> dict[str, Value]:
    """The fields that somebody typed into the form of a new ticket, as texts, lists and mappings of texts.

    What they mean is for whoever opens the ticket to say, as with options. Errors: DataError with every fault.
    """
    document, problems = inspect_document(data, name)
    typing = Typing(document, problems)
    found = {
        key: _as_typed(typing, key, raw) for key, raw in document.value.items() if raw not in (None, [], "")
    }
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return found


def _as_typed(typing: Typing, key: str, raw: Value) -> Value:
    if isinstance(raw, dict):
        return dict(typing.texts(raw, key))
    return list(typing.words(raw, key)) if isinstance(raw, list) else typing.text(raw, key)

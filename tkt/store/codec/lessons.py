"""What review or improvement does a file hold? It has the shape of a ticket's: keys, then events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from tkt.errors import DataError
from tkt.i18n import msg
from tkt.lessons import IMPROVEMENT_KEYS, OPEN, REVIEW_KEYS, STATES, Improvement, LessonState, Review
from tkt.model import Kind, Value
from tkt.store.codec.reading import Document, inspect_document
from tkt.store.codec.tickets import read_events, stored_values
from tkt.store.codec.typed import Typing


def read_review(data: bytes, *, path: str) -> tuple[Review, Document]:
    """The review in a file of reviews/, named by the file, and what knows its lines.

    Errors: DataError with every fault.
    """
    document, common, values = _read(data, path, REVIEW_KEYS)
    found = Review(
        **common,
        ticket=values.get("ticket"),
        cause=values.get("cause"),
        improvements=tuple(values.get("improvements") or ()),
    )
    return found, document


def read_improvement(data: bytes, *, path: str) -> tuple[Improvement, Document]:
    """The same for a file of improvements/."""
    document, common, values = _read(data, path, IMPROVEMENT_KEYS)
    found = Improvement(
        **common,
        product=values.get("product"),
        category=values.get("category"),
        sources=tuple(values.get("from") or ()),
    )
    return found, document


def _read(
    data: bytes, path: str, kinds: Mapping[str, Kind]
) -> tuple[Document, dict[str, Any], dict[str, Value]]:
    """The document, what all lessons have, and all stored values."""
    document, problems = inspect_document(data, path)
    typing = Typing(document, problems)
    values = dict(stored_values(typing, kinds, but=("events",)))
    if not values.get("title"):
        typing.fault("lesson", msg("it has no title"), (), hint=msg("write: title: …"))
    due, state = _due(typing, values), _state(typing, values)
    events = read_events(typing, kinds)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    own = MappingProxyType({key: value for key, value in values.items() if key not in kinds})
    common = {
        "id": PurePosixPath(path).stem,
        "path": path,
        "title": values["title"],
        "owner": values.get("owner"),
        "due": due,
        "state": state,
        "values": own,
        "events": events,
    }
    return document, common, values


def _due(typing: Typing, values: dict[str, Value]) -> date | None:
    text = values.get("due")
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        typing.fault(
            "lesson", msg("due is {value}, expected a day like 2026-11-30", value=str(text)), ("due",)
        )
        return None


def _state(typing: Typing, values: dict[str, Value]) -> LessonState:
    found: LessonState = values.get("state", OPEN)
    if found not in STATES:
        told = msg("state is {value}, expected one of {known}", value=str(found), known=STATES)
        typing.fault("lesson", told, ("state",))
    return found

"""What ticket does a file hold?

Unreadable is whatever could be misread: the structure, instants, ids. Unknown keys, kinds of event
and values (`priority: P9`) are kept as they are; judging them is `tkt check`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tkt.errors import DataError
from tkt.i18n import msg
from tkt.ids import is_ticket_id
from tkt.model import EVENT_KEYS, EVENT_TAIL, MOVED_KEYS, Event, Kind, Ticket, Value, in_order
from tkt.store.codec.reading import Document, PathKey, inspect_document
from tkt.store.codec.typed import Typing

_NEEDED = ("id", "at", "by", "did")
_OF_EVERY_EVENT = frozenset((*EVENT_KEYS, *EVENT_TAIL))
_TEXT_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "opened": ("status", "channel", "raised_by", "source", "external_id", "follows"),
        "message": ("to", "text", "sent_by", "canned"),
        "note": ("text",),
        "moved": ("from", "to"),
        "set": ("field", "because"),
        "corrected": ("event", "field"),
        "disposed": ("as", "of"),
        "no-reply-needed": ("message",),
        "linked": ("relation", "to"),
        "unlinked": ("relation", "to"),
        "imported": ("source",),
        "acknowledged": ("clock", "cycle", "cause"),
        "warned": ("clock", "cycle", "rung"),
        "escalated": ("clock", "cycle", "rung", "level"),
        "queued": ("notice", "message", "channel", "to", "canned"),
        "sending": ("notice", "message"),
        "sent": ("notice", "message"),
        "bounced": ("notice", "message"),
    }
)
"""Own keys of events that other code takes for text."""


_MOVED: Sequence[tuple[str, Kind | None]] = tuple((key, "mapping") for key in MOVED_KEYS)
_MEMBERS: Sequence[tuple[str, Kind | None]] = (("add", "words"), ("remove", "words"))


def read_ticket(data: bytes, *, path: str, status: str, kinds: Mapping[str, Kind]) -> Ticket:
    """The ticket in a file; `path` is relative to the desk, `kinds` says what its stored keys hold.

    Errors: DataError with every fault.
    """
    return ticket_document(data, path=path, status=status, kinds=kinds)[0]


def ticket_document(
    data: bytes, *, path: str, status: str, kinds: Mapping[str, Kind]
) -> tuple[Ticket, Document]:
    """The same, with the document that knows the lines (`document.line("events", 2, "at")`)."""
    document, problems = inspect_document(data, path)
    typing = Typing(document, problems)
    ticket_id = _ticket_id(typing)
    values = stored_values(typing, kinds, but=("id", "events"))
    events = read_events(typing, kinds)
    if not events and "received_at" not in values:
        typing.fault("event", msg("no events and no received_at, expected an event `opened`"), ())
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return Ticket(id=ticket_id, status=status, values=values, events=events, path=path), document


def event_line(document: Document, event_id: str) -> int | None:
    """The line on which the event of that id begins."""
    events = document.value.get("events") or ()
    place = next((place for place, event in enumerate(events) if event["id"] == event_id), None)
    return None if place is None else document.line("events", place)


def stored_values(typing: Typing, kinds: Mapping[str, Kind], *, but: tuple[str, ...]) -> Mapping[str, Value]:
    """The stored keys by their kinds; an empty one is absent."""
    found = {
        key: typing.value(raw, kinds.get(key), key)
        for key, raw in typing.document.value.items()
        if raw is not None and raw != [] and key not in but
    }
    return MappingProxyType(found)


def read_events(typing: Typing, kinds: Mapping[str, Kind]) -> tuple[Event, ...]:
    """The events of a document, in order; faulty ones are told."""
    raw = typing.document.value.get("events")
    if raw is None:
        return ()
    if not isinstance(raw, list):
        typing.wrong_shape(raw, msg("a list of events"), ("events",))
        return ()
    found = [event for place, item in enumerate(raw) if (event := _event(typing, kinds, item, place))]
    if len({event.id for event in found}) < len(found):
        _tell_duplicates(typing, found)
    return in_order(found)


def _ticket_id(typing: Typing) -> str:
    found = typing.document.value.get("id")
    name = typing.document.path.rpartition("/")[2].removesuffix(".yaml")
    if found is None:
        typing.fault("id", msg("the ticket has no id"), (), hint=msg("write: id: {id}", id=name))
    elif not isinstance(found, str) or not is_ticket_id(found):
        told = msg("{id} is not the id of a ticket, expected one like 261121-K7Q2M", id=found)
        typing.fault("id", told, ("id",))
    elif found != name:
        told = msg("the id is {id}, but the file is named {name}", id=found, name=f"{name}.yaml")
        typing.fault("id", told, ("id",), hint=msg("neither ever changes: put back the one that was changed"))
    return str(found)


def _event(typing: Typing, kinds: Mapping[str, Kind], raw: Value, place: int) -> Event | None:
    path = ("events", place)
    if not isinstance(raw, dict):
        typing.wrong_shape(raw, msg("a mapping with id, at, by and did"), path)
        return None
    missing = [key for key in _NEEDED if raw.get(key) is None]
    if missing:
        typing.fault("event", msg("an event without {keys}", keys=tuple(missing)), path)
        return None
    did = _text(typing, raw, "did", path)
    return Event(
        id=_event_id(typing, raw["id"], path),
        at=typing.instant(raw["at"], *path, "at"),
        by=_text(typing, raw, "by", path),
        did=did,
        role=_text(typing, raw, "role", path) if "role" in raw else "agent",
        auto="auto" in raw and typing.truth(raw["auto"], *path, "auto"),
        via=_optional_text(typing, raw, "via", path),
        forced="forced" in raw and typing.truth(raw["forced"], *path, "forced"),
        reason=_optional_text(typing, raw, "reason", path),
        recorded_at=typing.instant(raw["recorded_at"], *path, "recorded_at")
        if "recorded_at" in raw
        else None,
        data=_data(typing, kinds, did, raw, path),
    )


def _event_id(typing: Typing, raw: Value, path: tuple[PathKey, ...]) -> str:
    if not isinstance(raw, str) or not raw:
        told = msg("the id of an event is {id}, expected text", id=raw)
        typing.fault("event", told, (*path, "id"), hint=msg('write: id: "{id}"', id=raw))
    return str(raw)


def _text(typing: Typing, raw: dict[str, Value], key: str, path: tuple[PathKey, ...]) -> str:
    found = raw[key]
    return found if type(found) is str else typing.text(found, *path, key)


def _optional_text(typing: Typing, raw: dict[str, Value], key: str, path: tuple[PathKey, ...]) -> str | None:
    return None if raw.get(key) is None else _text(typing, raw, key, path)


def _data(
    typing: Typing, kinds: Mapping[str, Kind], did: str, raw: dict[str, Value], path: tuple[PathKey, ...]
) -> dict[str, Value]:
    """The kind's own keys, with the types that other code relies on."""
    found = {key: value for key, value in raw.items() if key not in _OF_EVERY_EVENT}
    for key in _TEXT_KEYS.get(did, ()):
        value = found.get(key)
        if value is not None and type(value) is not str:
            found[key] = typing.text(value, *path, key)
    for key, kind in _typed_keys(did, found, kinds):
        value = found.get(key)
        if value is not None:
            found[key] = typing.value(value, kind, *path, key)
    return found


def _typed_keys(
    did: str, data: Mapping[str, Value], kinds: Mapping[str, Kind]
) -> Sequence[tuple[str, Kind | None]]:
    """Own keys that hold something else than text."""
    if did == "moved":
        return _MOVED
    if did == "set":
        kind = kinds.get(str(data.get("field")))
        return (("from", kind), ("to", kind), *_MEMBERS)
    return ()


def _tell_duplicates(typing: Typing, events: list[Event]) -> None:
    first: dict[str, int] = {}
    for place, event in enumerate(events):
        known = first.setdefault(event.id, place)
        if known != place:
            line = typing.document.line("events", known)
            told = msg("the event {id} stands here again, first on line {line}", id=event.id, line=line)
            hint = msg("one of the two was copied: take it out, or give it an id of its own")
            typing.fault("event", told, ("events", place), hint=hint)

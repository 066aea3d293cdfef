"""How are words taken out of an existing file, so that every line without them stays as it was?

The one writer that changes lines of events (docs/file-format.md, Redaction). The lines of a touched
event or key are written anew as a whole, with what comments stood between them; the result is read back
and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from yaml.nodes import MappingNode, Node, SequenceNode

from tkt.errors import Bug, DataError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import STORED, Event, Ticket, Value
from tkt.store.codec.appending import add_events
from tkt.store.codec.layout import event_mapping, ticket_mapping
from tkt.store.codec.plain import block_item, keyed, rendered, same
from tkt.store.codec.proof import proven
from tkt.store.codec.reading import Document, inspect_document, read_document
from tkt.store.codec.splicing import Pair, Splice
from tkt.store.codec.tickets import read_events
from tkt.store.codec.typed import Typing


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a keyed file holds: its keys as plain values, its events in order."""

    keys: Mapping[str, Value]
    events: Sequence[Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The lines of a file, comments between them too: of each event by its id, of each key."""

    events: Mapping[str, str]
    keys: Mapping[str, str]


def redacted_text(original: bytes, before: Ticket, after: Ticket) -> bytes:
    """`original`, the file of `before`, as that of `after`: the same events, some without their words.

    Errors: WriteError where the file's style leaves no place; Bug where an event would go or move.
    """
    old = Record(keys=ticket_mapping(before), events=before.events)
    new = Record(keys=ticket_mapping(after), events=after.events)
    return redacted_record(original, old, new, path=before.path or f"{before.id}.yaml", order=tuple(STORED))


def redacted_record(
    original: bytes, old: Record, new: Record, *, path: str, order: Sequence[str] = ()
) -> bytes:
    """The same for any file of keys and events."""
    document = read_document(original, path)
    splice = Splice(document)
    touched, added = _told_apart(path, old.events, new.events)
    changed = _changed_keys(old.keys, new.keys)
    for key in changed:
        _rewrite_key(splice, key, new.keys.get(key), order)
    for event in touched:
        _rewrite_event(splice, event)
    if added:
        add_events(splice, old.events, added)
    expected = {**document.value, **{key: new.keys.get(key) for key in changed}}
    if touched or added:
        expected["events"] = _expected_events(_raw_events(document), touched, added)
    return proven(splice.result(original), expected, path)


def read_record(data: bytes, path: str) -> Record:
    """What a file of keys and events holds, whatever its keys mean. Errors: DataError."""
    document, problems = inspect_document(data, path)
    events = read_events(Typing(document, problems), {})
    if problems:
        raise DataError(problems)
    keys = {key: value for key, value in document.value.items() if key != "events"}
    return Record(keys=keys, events=events)


def blocks_of(data: bytes, path: str) -> Blocks:
    """The lines of each event and key of a file. Errors: DataError, WriteError."""
    document = read_document(data, path)
    splice = Splice(document)
    events = {str(it["id"]): _extent(splice, *_item(splice, str(it["id"]))) for it in _raw_events(document)}
    keys = {str(pair[0].value): _key_extent(splice, pair) for pair in splice.root.value}
    text = splice.places.text
    return Blocks(
        events={name: text[start:end] for name, (start, end) in events.items()},
        keys={name: text[start:end] for name, (start, end) in keys.items() if name != "events"},
    )


def _told_apart(path: str, old: Sequence[Event], new: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """The events that are another text now, and those that are new."""
    known = {event.id: event for event in old}
    there = {event.id: event for event in new}
    if any(there.get(name) is None or there[name].order != event.order for name, event in known.items()):
        raise Bug(f"{path}: a redaction takes no event away and moves none")
    touched = [event for event in new if event.id in known and event != known[event.id]]
    return touched, [event for event in new if event.id not in known]


def _changed_keys(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[str]:
    return [key for key in dict.fromkeys((*new, *old)) if not same(old.get(key), new.get(key))]


def _rewrite_key(splice: Splice, key: str, value: Value, order: Sequence[str]) -> None:
    new = rendered(value, splice.column, len(key) + 2)
    pair = splice.pair(key)
    if pair is None:
        splice.insert(key, new, order)
        return
    start, end = _key_extent(splice, pair)
    splice.rewrite(start, end, [] if value is None else keyed(key, new, splice.column))


def _key_extent(splice: Splice, pair: Pair) -> tuple[int, int]:
    """From where the lines of a key begin to where the next ones do."""
    start = splice.places.line_start(pair[0].start_mark.index)
    return start, splice.places.below_comments(pair[1], pair[0].start_mark.column)


def _rewrite_event(splice: Splice, event: Event) -> None:
    events, item = _item(splice, event.id)
    dash = events.start_mark.column
    indent = item.start_mark.column if isinstance(item, MappingNode) and not item.flow_style else dash + 2
    splice.rewrite(*_extent(splice, events, item), block_item(event_mapping(event), dash, indent))


def _extent(splice: Splice, events: SequenceNode, item: Node) -> tuple[int, int]:
    """From where the lines of an event begin to where the next ones do."""
    dash = events.start_mark.column
    return _dash_line(splice, item, dash), splice.places.below_comments(item, dash)


def _item(splice: Splice, event_id: str) -> tuple[SequenceNode, Node]:
    """The list of the events, and the one of this id in it."""
    pair = splice.pair("events")
    if pair is None or not isinstance(pair[1], SequenceNode) or pair[1].flow_style:
        raise splice.refusal(
            splice.root if pair is None else pair[1],
            msg("the events stand in […] on one line, expected a list with `- id:` on lines of its own"),
            msg("write each event as a block: - id: …, and below it at:, by:, did:"),
        )
    place = next(at for at, it in enumerate(_raw_events(splice.document)) if it["id"] == event_id)
    return pair[1], pair[1].value[place]


def _dash_line(splice: Splice, item: Node, dash: int) -> int:
    """The beginning of the line with the item's `-`; comments may stand between it and the item."""
    places = splice.places
    start = places.line_start(item.start_mark.index)
    begins = re.compile(rf" {{{dash}}}-(?:\s|$)", re.MULTILINE)
    while not begins.match(places.text, start):
        start = places.line_start(start - 1)
    return start


def _raw_events(document: Document) -> list[Mapping[str, Value]]:
    return document.value.get("events") or []


def _expected_events(
    value: Iterable[Mapping[str, Value]], touched: Iterable[Event], added: Iterable[Event]
) -> list[Mapping[str, Value]]:
    by_id = {event.id: event_mapping(event) for event in touched}
    return [*(by_id.get(it["id"], it) for it in value), *map(event_mapping, added)]

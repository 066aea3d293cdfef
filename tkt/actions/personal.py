"""Where in a ticket do people's own words stand?

What clocks, guards and folds read (instants, statuses, codes, ids, who did it) is none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tkt.actions.vocabulary import choices
from tkt.model import KINDS, MOVED_KEYS, NOTHING, STORED, Event, Value
from tkt.schema import Configuration

Word = Callable[[str], str]

REDACTED = "redacted"
"""The key of an event whose words were taken out, and the `because` of a key that followed."""

SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "message": ("text", "mail"),
        "note": ("text",),
        "corrected": ("to",),
        "promised": ("text",),
        "queued": ("answer",),
        "sending": ("answer",),
        "sent": ("answer",),
        "bounced": ("answer",),
        "surveyed": ("comment",),
        "rated": ("comment",),
        "handed-over": ("note",),
        "visit": ("place", "signature"),
        "visit-changed": ("place", "signature"),
    }
)
"""Words of an event that nothing is made of: they can be taken out whole."""

STANDING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "message": ("attachments",),
        "moved": (*MOVED_KEYS, "confirmed"),
        "attached": ("file",),
        "task": ("title",),
        "task-changed": ("title",),
        "queued": ("to",),
        "sending": ("to",),
        "sent": ("to",),
        "bounced": ("to",),
        "acknowledged": ("cause",),
        "set": ("from", "to", "add", "remove"),
    }
)
"""Words that make up the ticket's present, or whose presence a rule asks for."""

CODES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "waiting": frozenset({"on", "until"}),
        "resolution": frozenset({"code", "cause"}),
        "next_action": frozenset({"who", "by"}),
        "asks": frozenset({"kind"}),
        "customer_deadline": frozenset({"by"}),
        "confirmed": frozenset({"how"}),
    }
)
"""Parts of these that are nobody's words."""

_CLOSED = frozenset(
    {"id", "received_at", "customer", "parent", "language", "watchers", "owner", "team", "channel", "tier"}
)


def holds_words(config: Configuration, field: str) -> bool:
    """Whether somebody's words can stand in a stored key: not where it is an id or chosen from a list."""
    kind = config.field_kinds.get(field)
    if field in _CLOSED or kind in ("person", "team", "bool"):
        return False
    return not (field in STORED and kind == "word") and choices(config, field, NOTHING) is None


def reworded(name: str, value: Value, word: Word) -> Value:
    """The value of the key `name` with every text in it through `word`; codes stay as they are."""
    if isinstance(value, str):
        return word(value)
    if isinstance(value, (list, tuple)):
        return [reworded(name, each, word) for each in value]
    if isinstance(value, Mapping):
        codes = CODES.get(name, frozenset())
        return {key: each if key in codes else reworded("", each, word) for key, each in value.items()}
    return value


def words_of(event: Event, config: Configuration) -> Iterator[tuple[str, str]]:
    """(key, whose rules hold for it) of everything in an event that is somebody's words.

    A key that this tkt does not know may be, so it is one. Of a `set` the field's rules hold.
    """
    standing = STANDING.get(event.did, ())
    known = KINDS.get(event.did, ())
    for key in event.data:
        if event.did == "set" and key in standing:
            field = str(event.get("field"))
            if holds_words(config, field):
                yield key, field
        elif key in standing or key in SAID.get(event.did, ()) or (key not in known and key != REDACTED):
            yield key, key


def texts_in(value: Value) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts_in(each)

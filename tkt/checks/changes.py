"""Was a ticket changed as tickets change: events only appended, keys only with an event?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.actions.personal import CODES, REDACTED, words_of
from tkt.checks.finding import Finding
from tkt.checks.words import is_what_is_left
from tkt.i18n import msg
from tkt.merging.twins import was_noticed_twice
from tkt.model import IMMUTABLE, MOVED_KEYS, Event, Ticket, Value
from tkt.schema import Configuration

_SAYS = ("by", "at", "why")


def immutable(before: Ticket, after: Ticket, _config: Configuration) -> Iterator[Finding]:
    """`id` and `received_at` never change."""
    if before.id != after.id:
        yield Finding(code="immutable", message=msg("{field} never changes", field="id"), key=("id",))
    for name in IMMUTABLE:
        if name in before.values and before.get(name) != after.get(name):
            yield Finding(code="immutable", message=msg("{field} never changes", field=name), key=(name,))


def append_only(before: Ticket, after: Ticket, config: Configuration) -> Iterator[Finding]:
    """No event goes, and none changes but by a redaction (docs/file-format.md, Append-only)."""
    for old in removed(before, after):
        yield Finding(
            code="append-only",
            message=msg("the event {id} ({did}) is gone; events are only added", id=old.id, did=old.did),
            key=("events",),
            hint=msg("put it back, and take its effect back with an event corrected"),
        )
    for old, new in altered(before, after):
        if not is_redaction(old, new, config):
            yield Finding(
                code="append-only",
                message=msg(
                    "the event {id} ({did}) was changed; events are only added", id=old.id, did=old.did
                ),
                event=old.id,
                hint=msg("put it back as it was, and take its effect back with an event corrected"),
            )


def edits(before: Ticket, after: Ticket, _config: Configuration) -> Iterator[Finding]:
    """A key that differs has an event that says so (docs/file-format.md, Stored keys)."""
    for name in edited_keys(before, after):
        yield Finding(
            code="hand-edit",
            message=msg("{key} was changed without an event", key=name),
            key=(name,) if name in after.values else (),
            hint=msg(
                "tkt check --fix --changed-since REV, with the same REV, records the change; or put the old value back"
            ),
        )


def removed(before: Ticket, after: Ticket) -> Iterator[Event]:
    """The events that are gone."""
    kept = {event.id for event in after.events}
    return (event for event in before.events if event.id not in kept)


def altered(before: Ticket, after: Ticket) -> Iterator[tuple[Event, Event]]:
    """The events that differ, as they were and as they are; redacted ones among them.

    What two clones noticed of the time's, and a merge made one, is the same still.
    """
    held = {event.id: event for event in after.events}
    for old in before.events:
        new = held.get(old.id)
        if new is not None and new != old and not was_noticed_twice(old, new):
            yield old, new


def is_redaction(old: Event, new: Event, config: Configuration) -> bool:
    """Whether only words went, and the event says who took them out, when and why."""
    return not redaction_lacks(new) and not differing_facts(old, new, config)


def redaction_lacks(event: Event) -> tuple[str, ...]:
    """Of `by`, `at` and `why`, those that a redacted event does not say."""
    said = event.get(REDACTED)
    return tuple(key for key in _SAYS if not (isinstance(said, Mapping) and said.get(key)))


def differing_facts(old: Event, new: Event, config: Configuration) -> tuple[str, ...]:
    """The keys in which a redacted event differs from what it was by more than words that are gone."""
    one, other = _facts(old, config), _facts(new, config)
    differing = [key for key in dict.fromkeys((*one, *other)) if one.get(key) != other.get(key)]
    before, after = _words(old, config), _words(new, config)
    differing += [key for key, words in after.items() if not is_what_is_left(before.get(key), words)]
    return tuple(differing)


def _facts(event: Event, config: Configuration) -> dict[str, Value]:
    """What clocks, statuses and reports follow from."""
    shared = ("at", "did", "role", "auto", "via", "forced", "recorded_at")
    found = {key: getattr(event, key) for key in shared}
    wordy = _wordy(event, config)
    for key, value in event.data.items():
        if key not in wordy and key != REDACTED:
            found[key] = value
        elif isinstance(value, Mapping):
            codes = CODES.get(wordy.get(key, key), ())
            found |= {f"{key}.{part}": value[part] for part in codes if part in value}
    return found if event.role == "customer" else {**found, "by": event.by}


def _words(event: Event, config: Configuration) -> dict[str, Value]:
    """What is somebody's words, or says who a customer is."""
    found = {key: _without_codes(event.get(key), field) for key, field in _wordy(event, config).items()}
    return {**found, "reason": event.reason} | ({"by": event.by} if event.role == "customer" else {})


def _wordy(event: Event, config: Configuration) -> dict[str, str]:
    """Key → whose rules hold for it, of the keys that hold words, or a customer who may be forgotten."""
    found = dict(words_of(event, config))
    if event.did == "set" and event.get("field") == "customer":
        found |= dict.fromkeys(("from", "to"), "customer")
    return found


def _without_codes(value: Value, field: str) -> Value:
    codes = CODES.get(field, ())
    return (
        {key: each for key, each in value.items() if key not in codes}
        if isinstance(value, Mapping)
        else value
    )


def edited_keys(before: Ticket, after: Ticket) -> Iterator[str]:
    """The stored keys that differ though no new event speaks of them."""
    known = {event.id for event in before.events}
    told: set[str] = set(IMMUTABLE)
    for event in after.events:
        if event.id not in known:
            told |= _spoken_of(event, after)
    for name in dict.fromkeys((*before.values, *after.values)):
        if name not in told and _differs(before.get(name), after.get(name)):
            yield name


def _differs(one: Value, other: Value) -> bool:
    """Whether two values of a key say something else; the order of words in a set says nothing."""
    if (
        isinstance(one, list)
        and isinstance(other, list)
        and all(isinstance(it, str) for it in (*one, *other))
    ):
        return set(one) != set(other)
    return bool(one != other)


def _spoken_of(event: Event, ticket: Ticket) -> set[str]:
    """The stored keys that an event changes; a correction those of what it takes back, however deep."""
    seen: set[str] = set()
    found: Event | None = event
    while found is not None and found.did == "corrected" and found.id not in seen:
        seen.add(found.id)
        found = ticket.event(str(found.get("event")))
    if found is None:
        return set()
    if found.did == "set":
        return {str(found.get("field"))}
    return set(MOVED_KEYS) if found.did == "moved" else set()

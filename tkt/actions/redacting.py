"""How are words taken out of a ticket, and a person's name, so that everything else stays as it was?

An event keeps its id, its instant and whatever clocks and folds read; `redacted: {by, at, why}` stands
in it from then on. Words that nothing is made of go; a word that makes up the present (of a `set`, of a
move) or that a rule asks for becomes `[redacted]`, in the event and in the key above the events. A key
that changes so gets a `set`, whose `from` is its `to`: what it was stands nowhere (docs/file-format.md,
Redaction).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from tkt.actions.actor import Actor, Pen, pen_for
from tkt.actions.opening import UNKNOWN
from tkt.actions.personal import REDACTED, STANDING, holds_words, reworded, texts_in, words_of
from tkt.actions.pseudonyms import Pseudonyms
from tkt.actions.recording import must_be_latest
from tkt.clock import instant_text
from tkt.errors import NotFound, Refused
from tkt.i18n import msg
from tkt.model import HIDDEN, MOVED_KEYS, Event, Ticket, Value, changes_members
from tkt.schema import Configuration

_WORDY = frozenset({"text", "mapping", "word", None})
"""Kinds of keys (None: undeclared) in which `HIDDEN` can stand."""

NAMING = ("customer", "contract")
"""Keys that name a customer's file, or what stands in it; policies ask for them, so they get a pseudonym."""


class NothingToRedact(Refused):
    """There are no words where they were to be taken out."""

    code = "nothing-to-redact"


def redact(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    events: Collection[str] = (),
    fields: Collection[str] = (),
) -> Ticket:
    """The ticket without the words of these events and without what these stored keys ever held.

    What an event set is taken out wherever the same value stands: in the key, in the event before or
    after it. Errors: NotFound for an event, NothingToRedact, BadTime.
    """
    named = {_event(ticket, event_id).id for event_id in events}
    _refuse_wordless(ticket, config, events, fields)
    gone = _Gone(config, named, fields)
    for event in ticket.events:
        if event.id in named:
            gone.add(event)
    pen = pen_for(ticket, actor)
    after = _marked(ticket, [gone.without(event) for event in ticket.events], pen)
    after = after.with_values(**{name: gone.hidden(name, value) for name, value in ticket.values.items()})
    _refuse_unchanged(ticket, after, named)
    return _told_keys(ticket, after, pen)


def pseudonymised(ticket: Ticket, actor: Actor, config: Configuration, names: Pseudonyms) -> Ticket:
    """The ticket with pseudonyms for these people: in its keys, in all words, as who wrote.

    The same ticket where none of them is in it. Errors: BadTime.
    """
    pen = pen_for(ticket, actor)
    return _told_keys(ticket, renamed(ticket, pen, config, names), pen)


def renamed(record: Ticket, pen: Pen, config: Configuration, names: Pseudonyms) -> Ticket:
    """The same of any file of keys and events, without an event for the keys that are other ones now."""
    after = _marked(record, [_renamed(event, config, names) for event in record.events], pen)
    values = {name: _renamed_value(config, name, value, names) for name, value in record.values.items()}
    return after.with_values(**values)


def emptied(record: Ticket, actor: Actor, config: Configuration, values: Mapping[str, Value]) -> Ticket:
    """A file of keys and events with these keys alone, and without a word in its events."""
    pen = pen_for(record, actor)
    fields = {str(event.get("field")) for event in record.events if event.did == "set"}
    gone = _Gone(config, {event.id for event in record.events}, fields)
    after = _marked(record, [gone.without(event) for event in record.events], pen)
    return _told_keys(record, replace(after, values=MappingProxyType(dict(values))), pen)


def people_of(ticket: Ticket, config: Configuration) -> Iterator[Mapping[str, Value]]:
    """The contacts that the ticket ever had, and whoever else wrote as the customer; nobody of the desk."""
    ours = of_the_desk(config)
    contacts = [ticket.get("contact")]
    for event in ticket.events:
        if event.did == "set" and event.get("field") == "contact":
            contacts += [event.get("from"), event.get("to")]
        elif event.role == "customer" and event.by not in (UNKNOWN, ticket.get("customer")):
            contacts.append({"account": event.by})
    for contact in contacts:
        if isinstance(contact, Mapping):
            theirs = {key: each for key, each in contact.items() if str(each).casefold() not in ours}
            if theirs:
                yield theirs


def redactable(ticket: Ticket, config: Configuration) -> tuple[Event, ...]:
    """The events in which there are words that can be taken out; those that a redaction wrote hold none."""
    own = (event for event in ticket.events if event.get("because") != REDACTED)
    return tuple(event for event in own if _has_words(event, config))


def of_the_desk(config: Configuration) -> frozenset[str]:
    """How the people of the desk are named: nobody of them is ever taken for a customer."""
    return frozenset(
        word.casefold()
        for it in config.persons.values()
        for word in (it.id, it.name, it.email, *it.aliases)
        if word
    )


class _Gone:
    """What is to be taken out of a ticket: all words of some events, and values wherever they stand."""

    def __init__(self, config: Configuration, named: Collection[str], fields: Collection[str]) -> None:
        self._config = config
        self._named = named
        self._fields = frozenset(fields)
        self._values: dict[str, list[Value]] = {}  # by field: texts, and values that are none

    def add(self, event: Event) -> None:
        """What this event set is to be taken out elsewhere too."""
        for key, field in words_of(event, self._config):
            if _is_a_value(event, key):
                value = event.get(key)
                self._values.setdefault(field, []).extend((value, *texts_in(value)))

    def without(self, event: Event) -> Event:
        """The event without what is to be taken out of it."""
        is_named = event.id in self._named
        is_member = event.did == "set" and changes_members(event) and event.get("field") in self._fields
        data = {key: self._left(event, key, field) for key, field in words_of(event, self._config)}
        kept = {key: data.get(key, value) for key, value in event.data.items()}
        kept = {key: value for key, value in kept.items() if value is not None or event.data[key] is None}
        reason = None if is_named or is_member else event.reason
        return replace(event, data=MappingProxyType(kept), reason=reason)

    def hidden(self, field: str, value: Value) -> Value:
        """A value of a field, hidden as far as it is to be taken out."""
        if field in self._fields:
            return self._hide(field, value)
        gone = self._values.get(field, ())
        if _stands_as_words(self._config, field):
            return reworded(field, value, lambda word: HIDDEN if word in gone else word)
        return None if value in gone else value

    def _left(self, event: Event, key: str, field: str) -> Value:
        value = event.data[key]
        if _is_a_value(event, key):
            return self.hidden(field, value)
        if event.did == "set" and key in ("add", "remove"):
            return [] if field in self._fields else value
        if event.id not in self._named:
            return value
        return self._hide(field, value) if key in STANDING.get(event.did, ()) else None

    def _hide(self, field: str, value: Value) -> Value:
        is_word = _stands_as_words(self._config, field)
        return reworded(field, value, lambda _word: HIDDEN) if is_word else None


def _is_a_value(event: Event, key: str) -> bool:
    """Whether this key of the event is, or was, the value of a key of the ticket."""
    return key in {"set": ("from", "to"), "moved": MOVED_KEYS}.get(event.did, ())


def _stands_as_words(config: Configuration, field: str) -> bool:
    """Whether `HIDDEN` can stand in its value; an instant, a number or a list goes as a whole."""
    return config.field_kinds.get(field) in _WORDY


def _event(ticket: Ticket, event_id: str) -> Event:
    event = ticket.event(event_id) or ticket.event(event_id.strip().lower())
    if event is None:
        raise NotFound(
            msg("{ticket} has no event {event}", ticket=ticket.id, event=event_id),
            hint=msg("tkt redact {ticket} names those that have words", ticket=ticket.id),
        )
    return event


def _has_words(event: Event, config: Configuration) -> bool:
    alone = _Gone(config, {event.id}, ())
    alone.add(event)
    return alone.without(event) != event


def _refuse_wordless(
    ticket: Ticket, config: Configuration, events: Iterable[str], fields: Iterable[str]
) -> None:
    for event_id in events:
        event = _event(ticket, event_id)
        if event.did == "set" and changes_members(event):
            field = event.get("field")
            raise NothingToRedact(
                msg(
                    "{event} changes {field}, which can only be redacted as a whole",
                    event=event.id,
                    field=field,
                ),
                hint=msg("tkt redact {ticket} --field {field}", ticket=ticket.id, field=field),
            )
        if event.get(REDACTED) is None and not _has_words(event, config):
            raise NothingToRedact(
                msg("{event} ({did}) has no words that could be taken out", event=event.id, did=event.did)
            )
    for field in fields:
        _refuse_field(ticket, config, field)


def _refuse_field(ticket: Ticket, config: Configuration, field: str) -> None:
    spoken = any(event.did == "set" and event.get("field") == field for event in ticket.events)
    if ticket.get(field) is None and not spoken and field not in MOVED_KEYS:
        raise NothingToRedact(msg("{ticket} has no {field}", ticket=ticket.id, field=field))
    if field == "customer":
        raise NothingToRedact(
            msg("{field} is an id and no words", field=field),
            hint=msg("tkt forget {customer} takes a customer out everywhere", customer=ticket.get(field)),
        )
    if not holds_words(config, field):
        raise NothingToRedact(msg("{field} holds nobody's words", field=field))


def _refuse_unchanged(before: Ticket, after: Ticket, named: Collection[str]) -> None:
    left = sorted(name for name in named if before.event(name) == after.event(name))
    if left:
        raise NothingToRedact(
            msg("{ticket}: {events} redacted already", ticket=before.id, events=tuple(left))
        )
    if before.events == after.events and before.values == after.values:
        raise NothingToRedact(msg("{ticket}: no words are left to take out there", ticket=before.id))


def _marked(ticket: Ticket, events: Iterable[Event], pen: Pen) -> Ticket:
    """The ticket with these events in place of its own; in those that differ stands who did it, when, why."""
    mark = {"by": pen.actor.by, "at": instant_text(pen.at), "why": pen.actor.reason or "forget"}
    marked = [
        new if new == old else replace(new, data=MappingProxyType({**new.data, REDACTED: mark}))
        for old, new in zip(ticket.events, events, strict=True)
    ]
    return replace(ticket, events=tuple(marked))


def _told_keys(before: Ticket, after: Ticket, pen: Pen) -> Ticket:
    """With a `set` for every key that is another one now, which does not say what it was."""
    for name in before.values:
        value = after.values.get(name)
        if value == before.values[name]:
            continue
        must_be_latest(after, pen, name)
        if _is_set(before.values[name]):
            change: dict[str, Value] = {"add": value or []}
        else:
            change = {"from": value, "to": value}
        after = after.with_events(pen.event("set", field=name, **change, because=REDACTED))
    return after


def _is_set(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _renamed(event: Event, config: Configuration, names: Pseudonyms) -> Event:
    data = dict(event.data)
    for key, field in words_of(event, config):
        data[key] = _renamed_value(config, field, data[key], names)
    if event.did == "set" and event.get("field") in NAMING:
        field = str(event.get("field"))
        data |= {key: names.of_key(field, data[key]) for key in ("from", "to") if key in data}
    by = names.word(names.customer(event.by)) if event.role == "customer" else event.by
    reason = names.word(event.reason) if event.reason else event.reason
    return replace(event, by=by, reason=reason, data=MappingProxyType(data))


def _renamed_value(config: Configuration, field: str, value: Value, names: Pseudonyms) -> Value:
    if field in NAMING:
        return names.of_key(field, value)
    if field == "contacts" and isinstance(value, (list, tuple)):
        return [_renamed_value(config, "contact", each, names) for each in value]
    if field == "contact" and isinstance(value, Mapping):
        known = names.contact(value)
        return value if known is None else known
    if field in config.field_kinds and not holds_words(config, field):
        return value
    return reworded(field, value, names.word)

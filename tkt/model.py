"""What is a ticket, and what happened to it?

Frozen values and the arithmetic on them that needs no configuration: order of events, the fold,
a key's value at an instant. docs/file-format.md has the shape of a file; `from_mapping` reads
it, `to_mapping` gives it back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from tkt.frozen import dataclass
from tkt.keyed import Keyed
from tkt.late import once

Value = Any  # a YAML value: str, int, float, bool, None, list, dict; instants are datetimes
Kind = Literal["text", "word", "person", "team", "instant", "number", "bool", "words", "mapping"]
Role = Literal["customer", "agent", "vendor", "system"]

NOTHING: Mapping[str, Value] = MappingProxyType({})


def _nothing() -> Mapping[str, Value]:
    return NOTHING


STORED: Mapping[str, Kind] = MappingProxyType(
    {
        "id": "word",
        "title": "text",
        "type": "word",
        "category": "word",
        "product": "word",
        "model": "text",
        "serial": "text",
        "batch": "text",
        "order_no": "text",
        "occurred_at": "instant",
        "environment": "text",
        "impact": "word",
        "urgency": "word",
        "complexity": "word",
        "priority": "word",
        "team": "team",
        "owner": "person",
        "channel": "word",
        "customer": "word",
        "tier": "word",
        "contract": "word",
        "contact": "mapping",
        "received_at": "instant",
        "language": "word",
        "asks": "mapping",
        "customer_deadline": "mapping",
        "tags": "words",
        "watchers": "words",
        "next_action": "mapping",
        "waiting": "mapping",
        "resolution": "mapping",
        "workaround": "text",
        "parent": "word",
        "status_page_until": "instant",
    }
)
"""The keys above `events`, in the order in which a new file has them, and what each holds."""

IMMUTABLE = ("id", "received_at")
EVENT_KEYS = ("id", "at", "by", "role", "auto", "did")
EVENT_TAIL = ("via", "forced", "reason", "recorded_at")

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "opened": ("status", "raised_by", "source", "channel", "external_id", "first_contact", "follows",
            "answered_at"),
        "message": ("to", "sent_at", "canned", "articles", "asks_customer", "sent_by", "mail",
                    "attachments", "spent", "text"),
        "note": ("mentions", "decision", "spent", "text"),
        "triaged": ("criteria",),
        "disposed": ("as", "of"),
        "restored": (),
        "renumbered": ("was",),
        "moved": ("from", "to", "waiting", "resolution", "next_action", "confirmed", "auto_closed", "spent"),
        "set": ("field", "from", "to", "add", "remove", "because"),
        "no-reply-needed": ("message",),
        "spent": ("minutes", "on"),
        "attached": ("file", "sha256", "bytes", "type", "message"),
        "linked": ("relation", "to"),
        "unlinked": ("relation", "to"),
        "split": ("into",),
        "merged": ("into", "absorbed", "from"),
        "task": ("task", "title", "kind", "owner", "team", "target", "due", "approval"),
        "task-changed": ("task", "title", "kind", "owner", "team", "target", "due", "approval"),
        "task-done": ("task", "spent"),
        "promised": ("promise", "until", "text"),
        "kept": ("promise",),
        "queued": ("notice", "message", "canned", "channel", "to", "about", "not_before", "withheld", "answer"),
        "sending": ("notice", "message", "channel", "to", "answer"),
        "sent": ("notice", "message", "channel", "to", "answer"),
        "bounced": ("notice", "message", "channel", "to", "answer"),
        "surveyed": ("survey", "kind", "score", "scale", "solved", "comment"),
        "rated": ("survey", "kind", "score", "scale", "solved", "comment"),
        "warned": ("clock", "cycle", "rung", "to", "to_team"),
        "escalated": ("clock", "cycle", "rung", "level", "to", "to_team", "from_team", "from_owner"),
        "acknowledged": ("clock", "cycle", "cause"),
        "handed-over": ("to", "note"),
        "visit": ("visit", "engineer", "window", "place", "state", "signature"),
        "visit-changed": ("visit", "engineer", "window", "place", "state", "signature"),
        "part": ("part", "sku", "quantity", "state"),
        "reviewed": ("review",),
        "improved": ("improvement",),
        "imported": ("source", "row", "lacks"),
        "corrected": ("event", "field", "to"),
    }
)  # fmt: skip
"""Every kind of event and its own keys, in the order in which they are written (docs/file-format.md, Kinds)."""

HIDDEN = "[redacted]"
"""Stands where a word stood that was taken out and must not be missing (docs/file-format.md, Redaction)."""

MOVED_KEYS = ("waiting", "resolution", "next_action")
"""Stored keys that a move sets (docs/file-format.md, `moved`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to a ticket; never changed once written."""

    id: str
    at: datetime  # aware, UTC, whole seconds
    by: str
    did: str
    role: str = "agent"
    auto: bool = False
    via: str | None = None
    forced: bool = False
    reason: str | None = None
    recorded_at: datetime | None = None
    data: Mapping[str, Value] = field(default_factory=_nothing)  # the kind's own keys

    def get(self, key: str, default: Value = None) -> Value:
        """One of the kind's own keys."""
        return self.data.get(key, default)

    @property
    def order(self) -> tuple[datetime, str]:
        """Events are in order of (`at`, `id`); their place in the file decides nothing (S3)."""
        return (self.at, self.id)

    @property
    def is_back_dated(self) -> bool:
        """Whether somebody wrote it down later; what the time asks for is always noticed after it fell due."""
        return self.recorded_at is not None and self.by != "tick"

    @property
    def is_public_message(self) -> bool:
        """Words between the desk and the customer, whoever wrote them."""
        return self.did == "message" and (self.role == "customer" or self.get("to", "customer") == "customer")

    @property
    def is_customer_message(self) -> bool:
        """The customer wrote, and not a machine of theirs."""
        return self.role == "customer" and self.did == "message" and not self.auto

    @property
    def is_agent_message(self) -> bool:
        """A person of the desk wrote to the customer (docs/sla.md, first_response and L1)."""
        return self.role == "agent" and self.did == "message" and not self.auto and self.is_public_message


@dataclass(frozen=True, kw_only=True)
class Ticket(Keyed):
    """One customer request. Its status is the directory its file lies in."""

    id: str  # "261121-K7Q2M", never reused
    status: str  # one of the desk's statuses
    values: Mapping[str, Value] = field(
        default_factory=_nothing
    )  # the stored keys, `id` and `events` left out
    events: tuple[Event, ...] = ()  # in order
    path: str | None = None  # relative to the desk

    def get(self, key: str, default: Value = None) -> Value:
        """A stored key; None is the same as absent."""
        found = self.values.get(key)
        return default if found is None else found

    @once
    def received_at(self) -> datetime:
        """When the request reached the desk: the start of its clocks; UTC."""
        found = self.values.get("received_at")
        return found if isinstance(found, datetime) else self.events[0].at

    @once
    def effective(self) -> tuple[Event, ...]:
        """The events that count: what a `corrected` took back is left out, and so is `corrected`."""
        return effective_events(self.events)

    @once
    def status_changes(self) -> tuple[tuple[datetime, str, Event], ...]:
        """(instant, status entered, event) from the opening on, in order."""
        keys = {"opened": "status", "moved": "to"}
        return tuple([(it.at, str(it.get(keys[it.did])), it) for it in self.effective if it.did in keys])

    @once
    def opened(self) -> Event | None:
        """The first event; None only in a file that `check` complains about."""
        return next((event for event in self.events if event.did == "opened"), None)

    @once
    def external_id(self) -> str | None:
        """Its number in the system it was imported from."""
        return self.opened.get("external_id") if self.opened else None

    @property
    def updated_at(self) -> datetime:
        """When anything last happened to it."""
        return self.events[-1].at if self.events else self.received_at

    def event(self, event_id: str) -> Event | None:
        """The event of that id."""
        return next((event for event in self.events if event.id == event_id), None)

    def with_values(self, **changes: Value) -> Ticket:
        """A copy with these keys set; None removes one."""
        merged = {**self.values, **changes}
        kept = {key: value for key, value in merged.items() if value is not None and value != []}
        return replace(self, values=MappingProxyType(kept))

    def with_events(self, *added: Event) -> Ticket:
        """A copy with these events put in their order."""
        return replace(self, events=in_order((*self.events, *added)))

    def in_status(self, status: str, path: str | None = None) -> Ticket:
        """A copy in another status; the original stays as it was."""
        return replace(self, status=status, path=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A company or person that asks; a file of `customers/`."""

    id: str
    name: str
    tier: str | None = None
    language: str | None = None
    contract: str | None = None
    contacts: tuple[Mapping[str, Value], ...] = ()
    values: Mapping[str, Value] = field(default_factory=_nothing)
    events: tuple[Event, ...] = ()

    def is_known_as(self, identity: str) -> bool:
        """Whether one of its contacts has this mail address, phone number or account."""
        wanted = identity.casefold()
        return any(
            str(value).casefold() == wanted
            for contact in self.contacts
            for key, value in contact.items()
            if key != "name"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the desk: an agent, a bot, or one who has left."""

    id: str
    name: str
    email: str | None = None
    teams: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kind: Literal["agent", "bot", "former"] = "agent"
    aliases: tuple[str, ...] = ()  # other mail addresses of the same person
    away: tuple[str, ...] = ()  # dates

    def has_mail(self, address: str) -> bool:
        """Whether git's mail address is this person's."""
        wanted = address.casefold()
        return any(known.casefold() == wanted for known in (self.email or "", *self.aliases))


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events in order of (`at`, `id`) (docs/file-format.md, Order)."""
    return tuple(sorted(events, key=lambda event: event.order))


def effective_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Events whose effect stands. A later `corrected` may itself have been corrected, so read backwards."""
    if "corrected" not in [event.did for event in events]:
        return tuple(events)
    undone: set[str] = set()
    for event in reversed(events):
        if event.did == "corrected" and event.id not in undone and event.get("event"):
            undone.add(event.get("event"))
    return tuple(event for event in events if event.did != "corrected" and event.id not in undone)


def status_of(events: Sequence[Event]) -> str | None:
    """The status that the events lead to: the last `moved`, or else `opened`."""
    for event in reversed(effective_events(events)):
        if event.did == "moved":
            return str(event.get("to"))
        if event.did == "opened":
            return str(event.get("status"))
    return None


def values_at(ticket: Ticket, at: datetime, counted: Sequence[Event] | None = None) -> dict[str, Value]:
    """The stored keys as they were at `at`, that instant's own events included.

    The `to` of the last `set` before it, else the `from` of the first one, else the key itself
    (docs/file-format.md, Events). Sets are taken back from today's members, last change first. A
    correction acts from its own time on, unless `counted` says which events count.
    """
    if counted is None:
        counted = effective_events([event for event in ticket.events if event.at <= at])
    then = {event.id: event for event in counted if event.did == "set" and event.at <= at}
    today = {event.id: event for event in ticket.effective if event.did == "set"}
    found = dict(ticket.values)
    for event in reversed(ticket.events):
        if event.did == "set" and not changes_members(event):
            found[str(event.get("field"))] = event.get("from")
    for event in then.values():
        if not changes_members(event):
            found[str(event.get("field"))] = event.get("to")
    _exchange(found, [today[key] for key in reversed(today) if key not in then], gone="add", back="remove")
    _exchange(found, [then[key] for key in then if key not in today], gone="remove", back="add")
    return {key: value for key, value in found.items() if value is not None}


def _exchange(found: dict[str, Value], events: Sequence[Event], *, gone: str, back: str) -> None:
    for event in filter(changes_members, events):
        name, out = str(event.get("field")), set(event.get(gone, ()))
        found[name] = [*(item for item in found.get(name) or () if item not in out), *event.get(back, ())]


def changes_members(event: Event) -> bool:
    """Whether a `set` event adds to or removes from a set, rather than replacing a value."""
    return "add" in event.data or "remove" in event.data


def folded(events: Sequence[Event], *, finished: Container[str]) -> dict[str, Value]:
    """What the events say of stored keys: name → value, None where they say it is absent.

    Only keys that some event speaks of; for a set, name → (members it must have, members it must
    not have). `finished` are the statuses of the categories resolved and closed: leaving them
    clears `resolution`.
    """
    found: dict[str, Value] = {}
    for event in effective_events(events):
        if event.did == "set":
            _fold_set(found, event)
        elif event.did == "moved":
            _fold_move(found, event, finished)
    return found


def _fold_set(found: dict[str, Value], event: Event) -> None:
    name = str(event.get("field"))
    if not changes_members(event):
        found[name] = event.get("to")
        return
    known = found.get(name)
    present, absent = known if isinstance(known, tuple) else (frozenset(), frozenset())
    added, removed = frozenset(event.get("add", ())), frozenset(event.get("remove", ()))
    found[name] = ((present - removed) | added, (absent - added) | removed)


def _fold_move(found: dict[str, Value], event: Event, finished: Container[str]) -> None:
    if event.get("waiting") is not None or "waiting" in found:
        found["waiting"] = event.get("waiting")
    if event.get("from") in finished and event.get("to") not in finished:
        found["resolution"] = None
    if event.get("resolution") is not None:
        found["resolution"] = event.get("resolution")
    if event.get("next_action") is not None:
        found["next_action"] = event.get("next_action")

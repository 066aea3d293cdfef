"""What was said, asked, rated and learnt on a ticket, as far as key figures count it?

Kept packed beside its other facts and unpacked for the tickets that a report looks at: most tickets of
an old desk were over before the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import force_setattr

from tkt.clocks.history import History
from tkt.guards.talk import LIVE
from tkt.kpis.ratings import Rating, rating_of
from tkt.model import Event, Ticket
from tkt.repeats import identities
from tkt.schema import Configuration

REPEATS = frozenset({"repeat_of", "repeat"})
CAUSES = frozenset({"caused_by", "problem", "root_cause"})
"""Relations of a `linked` event: to the ticket of which this one is a repeat; to the known root cause."""
_JUDGED_AT_TRIAGE = ("type", "complexity")

Named = tuple[datetime, str]
"""When, and which review, improvement, article or survey."""


class Story(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """One ticket. What was taken back is left out."""

    type: str | None
    category: str | None
    product: str | None
    requester: tuple[str, ...]  # the customer's id; without one what identifies the contact
    is_recorded: bool  # False: its source never recorded who said what
    is_live: bool  # it was told while the customer was there
    triaged_at: datetime | None
    said_at: tuple[datetime, ...]  # the desk to the customer, machines included
    said_by: tuple[str | None, ...]  # the person of the desk, at the same place; None: a machine, a vendor
    asked: tuple[datetime, ...]  # by the customer, after the opening words; those that need no reply left out
    retyped: tuple[datetime, ...] = ()  # when type or complexity changed after triage
    confirmed: tuple[datetime, ...] = ()
    auto_closed: tuple[datetime, ...] = ()
    repeats: tuple[str, ...] = ()  # the tickets that it is said to repeat
    causes: tuple[str, ...] = ()  # the known root causes that it is attached to
    surveyed: tuple[tuple[datetime, str, str], ...] = ()  # when, the survey, its kind
    ratings: tuple[Rating, ...] = ()
    reviewed: tuple[Named, ...] = ()
    improved: tuple[Named, ...] = ()
    cited: tuple[Named, ...] = ()  # the articles that replies named; the last one, for `cited_in`


def packed_story(history: History, config: Configuration) -> bytes:
    """The story of a history, as `story_in` reads it."""
    return msgspec.msgpack.encode(_story(history, config))


story_in = msgspec.msgpack.Decoder(Story).decode


_COMMON = ("type", "category", "product", "requester")


class Stories:
    """The stories of tickets, each unpacked once; what many of them say is kept once for all."""

    def __init__(self) -> None:
        self._known: dict[str, Story] = {}
        self._words: dict[Any, Any] = {}

    def of(self, ticket: str, packed: bytes) -> Story:
        """The story of the ticket of that id."""
        found = self._known.get(ticket)
        if found is None:
            found = self._known[ticket] = story_in(packed)
            for name in _COMMON:
                value = getattr(found, name)
                force_setattr(found, name, self._words.setdefault(value, value))
        return found


_NONE = msgspec.msgpack.encode([])


def cited_in(packed: bytes) -> tuple[Named, ...]:
    """The articles that replies named; of a story without any nothing is unpacked."""
    return () if packed.endswith(_NONE) else story_in(packed).cited


def _story(history: History, config: Configuration) -> Story:
    ticket, events = history.ticket, history.events
    opened = history.opened if events else None
    said = [it for it in history.of_kind("message") if it.is_public_message and it.role != "customer"]
    since = max(history.started_at, opened.at) if opened is not None else history.started_at
    triaged_at = _triaged_at(events, config)
    moves = list(history.of_kind("moved"))
    links = _links(events)
    return Story(
        type=_word(ticket, "type"),
        category=_word(ticket, "category"),
        product=_word(ticket, "product"),
        requester=_requester(ticket),
        is_recorded=not history.lacks_messages,
        is_live=opened is not None and opened.get("first_contact") == LIVE,
        triaged_at=triaged_at,
        said_at=tuple([it.at for it in said]),
        said_by=tuple([it.by if it.is_agent_message else None for it in said]),
        asked=tuple(_asked(history, since)),
        retyped=tuple(_retyped(history.of_kind("set"), triaged_at)),
        confirmed=tuple([it.at for it in moves if it.get("confirmed")]),
        auto_closed=tuple([it.at for it in moves if it.get("auto_closed")]),
        repeats=tuple(to for relation, to in links if relation in REPEATS),
        causes=tuple(to for relation, to in links if relation in CAUSES),
        surveyed=tuple(_surveyed(history.of_kind("surveyed"))),
        ratings=tuple(found for it in history.of_kind("rated") if (found := rating_of(it)) is not None),
        reviewed=tuple(_named(history.of_kind("reviewed"), "review")),
        improved=tuple(_named(history.of_kind("improved"), "improvement")),
        cited=tuple((it.at, str(article)) for it in said for article in _several(it.get("articles"))),
    )


def _word(ticket: Ticket, field: str) -> str | None:
    value = ticket.get(field)
    return None if value is None else str(value)


def _requester(ticket: Ticket) -> tuple[str, ...]:
    customer = ticket.get("customer")
    return (str(customer).casefold(),) if customer is not None else tuple(sorted(identities(ticket)))


def _asked(history: History, since: datetime) -> Iterator[datetime]:
    dismissals = list(history.of_kind("no-reply-needed"))
    named = {it.get("message") for it in dismissals}
    settled = max((it.order for it in dismissals if not it.get("message")), default=None)
    for event in history.of_kind("message"):
        is_dismissed = event.id in named or (settled is not None and event.order < settled)
        if event.is_customer_message and event.at > since and not is_dismissed:
            yield event.at


def _triaged_at(events: Sequence[Event], config: Configuration) -> datetime | None:
    """When it was triaged; where nobody wrote that down, when it left the status it was new in."""
    told = next((it.at for it in events if it.did == "triaged"), None)
    if told is not None:
        return told
    left = (it for it in events if it.did == "moved" and it.get("from") is not None)
    return next((it.at for it in left if config.status_category(str(it.get("from"))) == "new"), None)


def _retyped(sets: Iterable[Event], triaged_at: datetime | None) -> Iterator[datetime]:
    for event in sets:
        before = event.get("from")
        is_change = before is not None and before != event.get("to")
        if event.get("field") in _JUDGED_AT_TRIAGE and is_change and triaged_at and event.at > triaged_at:
            yield event.at


def _links(events: Iterable[Event]) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for event in events:
        link = (str(event.get("relation")), str(event.get("to")))
        if event.did == "linked":
            found[link] = None
        elif event.did == "unlinked":
            found.pop(link, None)
    return list(found)


def _surveyed(events: Iterable[Event]) -> Iterator[tuple[datetime, str, str]]:
    for event in events:
        kind = str(event.get("kind") or "csat")
        yield event.at, str(event.get("survey") or kind), kind


def _named(events: Iterable[Event], key: str) -> Iterator[Named]:
    return ((it.at, str(it.get(key))) for it in events)


def _several(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, (list, tuple)) else (value,)

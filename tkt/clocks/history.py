"""What happened to a ticket, as its clocks see it, up to an instant?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

import msgspec

from tkt.clocks.delivery import NOTICES, counted_at, undecided_until
from tkt.model import Event, Ticket, effective_events, in_order

FINISHED = ("resolved", "closed")
_SINCE_EVER = datetime.min.replace(tzinfo=UTC)


class Stay(msgspec.Struct, frozen=True):
    """A ticket in one status, `[start, end)`; a move into the same status begins another stay."""

    category: str
    start: datetime
    end: datetime | None  # None: it still is there
    event: Event
    waiting: Mapping[str, Any] | None  # what it waits on, for and until

    @property
    def is_finished(self) -> bool:
        """Whether the status is of category resolved or closed."""
        return self.category in FINISHED


class Finish(msgspec.Struct, frozen=True):
    """Consecutive stays in finished statuses: a resolve, the close after it, up to a reopening."""

    start: datetime
    end: datetime | None
    event: Event  # the move that resolved it
    code: str | None  # how it was resolved, in the end


class History:
    """The effective events of a ticket up to `now`, sorted by what they mean to clocks (S1, S3)."""

    def __init__(
        self, ticket: Ticket, now: datetime, *, categories: Mapping[str, str], uncounted: frozenset[str]
    ) -> None:
        """`categories`: status → category; `uncounted`: the codes that leave a ticket outside (L9, L11)."""
        self.ticket = _in_order(ticket)
        self.now = now
        self.categories = categories
        self.uncounted = uncounted
        events = self.ticket.events
        is_past = not events or events[-1].at <= now
        happened = () if is_past else [event for event in events if event.at <= now]
        self.events = self.ticket.effective if is_past else effective_events(happened)
        self._kinds: dict[str, list[Event]] = {}
        for event in self.events:
            self._kinds.setdefault(event.did, []).append(event)

    def of_kind(self, did: str) -> Sequence[Event]:
        """The events of one kind, in order."""
        return self._kinds.get(did, ())

    @cached_property
    def opened(self) -> Event:
        """The event that began the ticket; a damaged ticket's first one."""
        return (self._kinds.get("opened") or self.events)[0]

    @cached_property
    def started_at(self) -> datetime:
        """The start of the ticket's clocks."""
        return self.ticket.received_at

    @cached_property
    def lacks_messages(self) -> bool:
        """Whether it comes from a source that recorded no messages."""
        return any("messages" in (e.get("lacks") or ()) for e in self.of_kind("imported"))

    @cached_property
    def asks(self) -> tuple[Event, ...]:
        """What the customer wrote, machines of theirs left out."""
        return tuple(event for event in self.of_kind("message") if event.is_customer_message)

    @cached_property
    def answers(self) -> tuple[tuple[datetime, Event], ...]:
        """(instant from which it counts, message) of what people of the desk wrote to the customer (L1, L1a)."""
        found = []
        for event in self.of_kind("message"):
            if event.is_agent_message:
                at = counted_at(event, self._notices.get(event.id, ()), self.now)
                if at is not None:
                    found.append((at, event))
        if len(found) > 1:
            found.sort(key=lambda each: (each[0], each[1].id))
        return tuple(found)

    @property
    def undecided_until(self) -> datetime | None:
        """When the last message that is on its way would count no more; None where none is (L1a)."""
        said = (event for event in self.of_kind("message") if self._notices and event.is_agent_message)
        found = (undecided_until(event, self._notices.get(event.id, ())) for event in said)
        return max((at for at in found if at is not None), default=None)

    @cached_property
    def _notices(self) -> Mapping[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in in_order([event for did in NOTICES for event in self.of_kind(did)]):
            found.setdefault(str(event.get("message")), []).append(event)
        return found

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """Its statuses, one after the other; a change of whom it waits on begins another stay.

        Another date or another word for what must come does not: to ask again needs `wait` again (L3).
        """
        entered: list[tuple[Event, str]] = []
        for event in self.events:
            if event.did == "opened":
                entered.append((event, self._category(event.get("status"))))
            elif event.did == "moved":
                entered.append((event, self._category(event.get("to"))))
            elif entered and entered[-1][1] == "waiting" and _turns_to_another(event, entered[-1][0]):
                entered.append((event, "waiting"))
        ends = [*(event.at for event, _ in entered[1:]), None]
        return tuple(
            Stay(category, event.at, end, event, _waiting(event))
            for (event, category), end in zip(entered, ends, strict=False)  # a damaged ticket entered none
        )

    def _category(self, status: object) -> str:
        return self.categories.get(str(status), "active")

    def is_new_at(self, at: datetime) -> bool:
        """Whether its status was of category new, moves of that very instant made."""
        current = None
        for stay in self.stays:
            if current is not None and stay.start > at:
                break
            current = stay
        return current is not None and current.category == "new"

    @cached_property
    def finishes(self) -> tuple[Finish, ...]:
        """Every time it was resolved or closed, until it was reopened."""
        found: list[list[Stay]] = []
        was_finished = False
        for stay in self.stays:
            if stay.is_finished and was_finished:
                found[-1].append(stay)
            elif stay.is_finished:
                found.append([stay])
            was_finished = stay.is_finished
        return tuple(_finish(stays) for stays in found)

    @cached_property
    def resolves(self) -> tuple[Finish, ...]:
        """The finishes that resolved the request: not those as spam, duplicate and the like."""
        return tuple(each for each in self.finishes if each.code not in self.uncounted)

    @cached_property
    def discarded_as(self) -> str | None:
        """`spam`, `test`, `duplicate` … where all clocks are cancelled, else None (L11)."""
        disposals = in_order((*self.of_kind("disposed"), *self.of_kind("restored")))
        if disposals and disposals[-1].did == "disposed":
            return str(disposals[-1].get("as"))
        last = self.finishes[-1] if self.finishes else None
        is_outside = last is not None and last.end is None and last.code in self.uncounted
        return last.code if last is not None and is_outside and last.code != "merged" else None

    @cached_property
    def merged(self) -> Event | None:
        """The event that merged it into another ticket (L9)."""
        for event in self.of_kind("merged"):
            if event.get("into"):
                return event
        last = self.finishes[-1] if self.finishes else None
        return last.event if last is not None and last.end is None and last.code == "merged" else None


def settled_at(ticket: Ticket) -> datetime:
    """The last that is known to have happened: an event, or its receipt."""
    known = [event.at for event in ticket.events]
    return max((*known, ticket.received_at) if known else known, default=_SINCE_EVER)


def _in_order(ticket: Ticket) -> Ticket:
    """The ticket with its events in order of (`at`, `id`), whatever their place in the file (S3)."""
    events = ticket.events
    if all(before.at < after.at or before.order <= after.order for before, after in pairwise(events)):
        return ticket
    return replace(ticket, events=in_order(events))


def _waiting(event: Event) -> Mapping[str, Any] | None:
    found = event.get("to" if event.did == "set" else "waiting")
    return found if isinstance(found, Mapping) else None


def _turns_to_another(event: Event, wait: Event) -> bool:
    """Whether a `set` of `waiting` changes on whom the wait that `wait` began is."""
    if event.did != "set" or event.get("field") != "waiting":
        return False
    return (_waiting(event) or {}).get("on") != (_waiting(wait) or {}).get("on")


def _finish(stays: list[Stay]) -> Finish:
    codes = [str(code) for stay in stays if (code := (stay.event.get("resolution") or {}).get("code"))]
    return Finish(
        stays[0].start,
        stays[-1].end,
        stays[0].event,
        codes[-1] if codes else None,
    )

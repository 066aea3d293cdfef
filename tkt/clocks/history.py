"""What happened to a ticket, as its clocks see it, up to an instant?"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import msgspec

from tkt.clocks.delivery import NOTICES, counted_at, undecided_until
from tkt.clocks.flow import Flow
from tkt.late import once
from tkt.model import Event, Ticket, effective_events, in_order

FINISHED = ("resolved", "closed")
_ENTERS = {"opened": "status", "moved": "to"}
_SINCE_EVER = datetime.min.replace(tzinfo=UTC)


class Stay(msgspec.Struct, frozen=True, gc=False):
    """A ticket in one status, `[start, end)`; a move into the same status begins another stay."""

    status: str
    category: str
    start: datetime
    end: datetime | None  # None: it still is there
    event: Event
    waiting: Mapping[str, Any] | None  # what it waits on, for and until
    is_finished: bool  # the status is of category resolved or closed


class Finish(msgspec.Struct, frozen=True, gc=False):
    """Consecutive stays in finished statuses: a resolve, the close after it, up to a reopening."""

    start: datetime
    end: datetime | None
    event: Event  # the move that resolved it
    code: str | None  # how it was resolved, in the end


class History:
    """The effective events of a ticket up to `now`, sorted by what they mean to clocks (S1, S3)."""

    def __init__(self, ticket: Ticket, now: datetime, flow: Flow) -> None:
        self.ticket = _in_order(ticket)
        self.now = now
        self.flow = flow
        events = self.ticket.events
        is_past = not events or events[-1].at <= now
        happened = () if is_past else [event for event in events if event.at <= now]
        self.events = self.ticket.effective if is_past else effective_events(happened)
        kinds: dict[str, list[Event]] = {}
        for event in self.events:
            found = kinds.get(event.did)
            if found is None:
                kinds[event.did] = [event]
            else:
                found.append(event)
        self._kinds = kinds
        self.started_at = ticket.received_at if events or "received_at" in ticket.values else now
        """The start of the ticket's clocks."""

    def of_kind(self, did: str) -> Sequence[Event]:
        """The events of one kind, in order."""
        return self._kinds.get(did, ())

    def among(self, *kinds: str) -> Sequence[Event]:
        """The events of these kinds, in order."""
        if self._kinds.keys().isdisjoint(kinds):
            return ()
        found = [event for did in kinds for event in self.of_kind(did)]
        return in_order(found) if len(found) > 1 else found

    @once
    def opened(self) -> Event:
        """The event that began the ticket; a damaged ticket's first one."""
        return (self._kinds.get("opened") or self.events)[0]

    @once
    def lacks_messages(self) -> bool:
        """Whether it comes from a source that recorded no messages."""
        return any("messages" in (e.get("lacks") or ()) for e in self.of_kind("imported"))

    @once
    def asks(self) -> tuple[Event, ...]:
        """What the customer wrote, machines of theirs left out."""
        return tuple([event for event in self.of_kind("message") if event.is_customer_message])

    @once
    def answers(self) -> tuple[tuple[datetime, Event], ...]:
        """(instant from which it counts, message) of what people of the desk wrote to the customer (L1, L1a)."""
        found = []
        for event in self.of_kind("message"):
            if event.is_agent_message:
                notices = self._notices
                at = counted_at(event, notices.get(event.id, ()), self.now) if notices else event.at
                if at is not None:
                    found.append((at, event))
        if len(found) > 1:
            found.sort(key=lambda each: (each[0], each[1].id))
        return tuple(found)

    @property
    def undecided_until(self) -> datetime | None:
        """When the last message that is on its way would count no more; None where none is (L1a)."""
        if not self._notices:
            return None
        said = (event for event in self.of_kind("message") if event.is_agent_message)
        found = (undecided_until(event, self._notices.get(event.id, ())) for event in said)
        return max((at for at in found if at is not None), default=None)

    @once
    def _notices(self) -> Mapping[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        if self._kinds.keys().isdisjoint(NOTICES):
            return found
        for event in self.among(*NOTICES):
            found.setdefault(str(event.get("message")), []).append(event)
        return found

    @once
    def stays(self) -> tuple[Stay, ...]:
        """Its statuses, one after the other; a change of whom it waits on begins another stay.

        Another date or another word for what must come does not: to ask again needs `wait` again (L3).
        """
        entered: list[tuple[Event, str, str]] = []
        categories = self.flow.categories
        for event in self.events:
            key = _ENTERS.get(event.did)
            if key is not None:
                status = str(event.data.get(key))
                entered.append((event, status, categories.get(status, "active")))
            elif entered and entered[-1][2] == "waiting" and _turns_to_another(event, entered[-1][0]):
                entered.append((event, entered[-1][1], "waiting"))
        ends = [*[event.at for event, _, _ in entered[1:]], None]
        return tuple(
            [
                Stay(
                    status,
                    category,
                    event.at,
                    end,
                    event,
                    _waiting(event) if category == "waiting" else None,
                    category in FINISHED,
                )
                for (event, status, category), end in zip(
                    entered, ends, strict=False
                )  # a damaged one entered none
            ]
        )

    def visits(self, statuses: Container[str]) -> Iterator[tuple[Stay, Stay | None]]:
        """(how it came into one of these statuses, how it went on), one after the other.

        Another wait in the same status goes on with the visit.
        """
        entered: Stay | None = None
        for stay in self.stays:
            if entered is not None and stay.status != entered.status:
                yield entered, stay
                entered = None
            if entered is None and stay.status in statuses:
                entered = stay
        if entered is not None:
            yield entered, None

    def is_new_at(self, at: datetime) -> bool:
        """Whether its status was of category new, moves of that very instant made."""
        current = None
        for stay in self.stays:
            if current is not None and stay.start > at:
                break
            current = stay
        return current is not None and current.category == "new"

    @once
    def finishes(self) -> tuple[Finish, ...]:
        """Every time it was resolved or closed, until it was reopened."""
        found: list[list[Stay]] = []
        was_finished = False
        for stay in self.stays:
            if stay.is_finished:
                if was_finished:
                    found[-1].append(stay)
                else:
                    found.append([stay])
            was_finished = stay.is_finished
        return tuple([_finish(stays) for stays in found])

    @once
    def resolves(self) -> tuple[Finish, ...]:
        """The finishes that resolved the request: not those as spam, duplicate and the like."""
        uncounted = self.flow.uncounted
        return tuple([each for each in self.finishes if each.code not in uncounted])

    def is_finished_at(self, at: datetime) -> bool:
        """Whether it was resolved or closed, moves of that very instant made."""
        return any(it.start <= at and (it.end is None or at < it.end) for it in self.finishes)

    @once
    def discarded_as(self) -> str | None:
        """`spam`, `test`, `duplicate` … where all clocks are cancelled, else None (L11)."""
        disposals = self.among("disposed", "restored")
        if disposals and disposals[-1].did == "disposed":
            return str(disposals[-1].get("as"))
        last = self.finishes[-1] if self.finishes else None
        is_outside = last is not None and last.end is None and last.code in self.flow.uncounted
        return last.code if last is not None and is_outside and last.code != "merged" else None

    @once
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
    return max(*known, ticket.received_at) if known else _SINCE_EVER


def _in_order(ticket: Ticket) -> Ticket:
    """The ticket with its events in order of (`at`, `id`), whatever their place in the file (S3)."""
    events = ticket.events
    for before, after in pairwise(events):
        if before.at >= after.at and (before.at > after.at or before.id > after.id):
            return replace(ticket, events=in_order(events))
    return ticket


def _waiting(event: Event) -> Mapping[str, Any] | None:
    found = event.get("to" if event.did == "set" else "waiting")
    return found if isinstance(found, Mapping) else None


def _turns_to_another(event: Event, wait: Event) -> bool:
    """Whether a `set` of `waiting` changes on whom the wait that `wait` began is."""
    if event.did != "set" or event.get("field") != "waiting":
        return False
    return (_waiting(event) or {}).get("on") != (_waiting(wait) or {}).get("on")


def _finish(stays: list[Stay]) -> Finish:
    code = None
    for stay in stays:
        resolution = stay.event.data.get("resolution")
        code = (resolution and resolution.get("code")) or code
    return Finish(stays[0].start, stays[-1].end, stays[0].event, None if code is None else str(code))

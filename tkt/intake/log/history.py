"""What happened to one ticket, told by the rows of a log?

The order of the rows is believed before their times: a row that is dated before the one above it, or
before the ticket was opened, takes the earlier row's time and is reported. Between `opened_at` and the
first row the log is silent: the ticket is in the map's `opens_as`, with the values of its first row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from tkt.clock import instant_text
from tkt.i18n import msg
from tkt.ids import event_ids
from tkt.intake.log.changes import Change
from tkt.intake.log.maps import LogMap, StateDecl
from tkt.intake.log.rows import RowFault
from tkt.model import Event, Ticket, Value, values_at

_PER_INSTANT = 1024  # as many events as ids can count (ids.event_ids)


def in_sequence(changes: Sequence[Change], opened_at: datetime) -> tuple[list[Change], list[RowFault]]:
    """The rows with times that never go backwards, and what was wrong with those that did."""
    found: list[Change] = []
    faults: list[RowFault] = []
    for change in changes:
        earliest = found[-1].at if found else opened_at
        if change.at < earliest:
            faults.append(_backwards(change, earliest, opened_at))
        if change.opened_at not in (None, opened_at):
            faults.append(_opened_otherwise(change, opened_at))
        found.append(replace(change, at=max(change.at, earliest)))
    return found, faults


def _backwards(change: Change, earliest: datetime, opened_at: datetime) -> RowFault:
    at, taken = instant_text(change.at), instant_text(earliest)
    if earliest == opened_at:
        message = msg("{at} is before the ticket was opened; taken as {taken}", at=at, taken=taken)
        return change.fault("before-opened", message)
    message = msg("{at} is before the row above it; taken as {taken}", at=at, taken=taken)
    return change.fault("backwards", message)


def _opened_otherwise(change: Change, opened_at: datetime) -> RowFault:
    at, first = instant_text(change.opened_at or opened_at), instant_text(opened_at)
    message = msg(
        "the row says opened at {at}, the ticket's first row {first}; the first counts", at=at, first=first
    )
    return change.fault("opened-otherwise", message)


class History:
    """The events of one ticket, row by row."""

    def __init__(self, number: str, logmap: LogMap, finished: Container[str], known: Ticket | None) -> None:
        """`known`: the ticket as the desk has it, so that a derived id never meets another event's."""
        self.events: list[Event] = []
        self.told_by: dict[str, Change] = {}  # event id → the row that told it
        self.faults: list[RowFault] = []
        self.status = logmap.opens_as
        self.values: dict[str, Value] = {}
        self._waiting: Mapping[str, Value] | None = None
        self._number = number
        self._map = logmap
        self._finished = finished
        self._known = known
        self._ids: dict[datetime, Iterator[str]] = {}
        self._stems: set[str] = set()
        self._counts: Counter[datetime] = Counter()
        followed = (key for key, kept in logmap.fields.items() if kept.when == "each")
        self._followed = frozenset(
            ("priority", "impact", "urgency", "channel", "team", "owner", "contact", *followed)
        )

    def opens(self, at: datetime, first: Change) -> None:
        """The ticket begins at `at`, with the values of its first row."""
        self.values = {key: value for key, value in first.values.items() if value is not None}
        contact = next(iter((self.values.get("contact") or {}).values()), None)
        data = {
            "status": self.status,
            "raised_by": "customer",
            "source": self._map.source,
            "channel": self.values.get("channel"),
            "external_id": self._number,
        }
        self._record(at, "opened", data, by=contact, role="customer", told_by=first)
        data = {"source": self._map.source, "row": first.row.line, "lacks": list(self._map.lacks) or None}
        self._record(first.at, "imported", data, told_by=first)
        self._moves(first)

    def goes_on(self, ticket: Ticket, began: datetime, first: Change) -> None:
        """The log begins later than the first import of the ticket: its first row is a change too.

        It is compared with what earlier rows told, not with what people of the desk made of it.
        """
        self.values = values_at(ticket, began)
        told = [event for event in ticket.effective if event.at < first.at and self._is_the_sources(event)]
        for event in told:
            if event.did == "set":
                self.values[str(event.get("field"))] = event.get("to")
            elif event.did == "moved":
                self.status, self._waiting = str(event.get("to")), event.get("waiting")
        self.follows(first)

    def _is_the_sources(self, event: Event) -> bool:
        """Where the log names people, their events cannot be told from those of the desk."""
        return event.by == f"import:{self._map.source}" or self._map.columns.changed_by is not None

    def follows(self, change: Change) -> None:
        """What is different in this row: values first, then the status they are moved with."""
        if self._counts[change.at] + len(change.values) + 1 > _PER_INSTANT:
            message = msg("more than {limit} changes of one ticket at one instant", limit=_PER_INSTANT)
            self.faults.append(change.fault("too-many", message, used=False))
            return
        for key, value in change.values.items():
            before = self.values.get(key)
            if key not in self._followed or value == before:
                continue
            self._record(
                change.at, "set", {"field": key, "from": before, "to": value}, by=change.by, told_by=change
            )
            self.values[key] = value
        self._moves(change)

    def _moves(self, change: Change) -> None:
        to = change.state
        if to is None:
            return
        waiting = {"on": to.on, "for": change.state_word} if to.on else None
        if to.status == self.status and waiting == self._waiting:
            return
        data = {
            "from": self.status,
            "to": to.status,
            "waiting": waiting,
            "resolution": self._resolution(change, to),
        }
        self._record(change.at, "moved", data, by=change.by, told_by=change)
        self.status, self._waiting = to.status, waiting

    def _resolution(self, change: Change, to: StateDecl) -> Mapping[str, Value] | None:
        """What a ticket that was open is resolved with."""
        if to.status in self._finished and self.status not in self._finished:
            return change.resolution
        return None

    def _record(
        self,
        at: datetime,
        did: str,
        data: Mapping[str, Value],
        *,
        told_by: Change,
        by: str | None = None,
        role: str = "agent",
    ) -> None:
        person = by is not None
        event = Event(
            id=self._next_id(at),
            at=at,
            by=by if by is not None else f"import:{self._map.source}",
            did=did,
            role=role if person else "system",
            auto=not person,
            data={key: value for key, value in data.items() if value is not None},
        )
        self.events.append(event)
        self.told_by[event.id] = told_by

    def _next_id(self, at: datetime) -> str:
        self._counts[at] += 1
        if at not in self._ids:
            self._ids[at] = self._new_ids(at)
        return next(self._ids[at])

    def _new_ids(self, at: datetime) -> Iterator[str]:
        """Ids derived from the instant; `known`'s own events of that instant are the ones to meet."""
        elsewhere = {event.id for event in self._known.events if event.at != at} if self._known else set()
        source = (self._map.source, self._number, instant_text(at))
        found = event_ids(self._stems | elsewhere, source=source)
        first = next(found)
        self._stems.add(first)
        return chain((first,), found)

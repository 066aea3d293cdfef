"""Which promise was in force for a ticket, from when to when? (docs/sla.md P1, P3, L6)"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from tkt.clocks.cycle import Terms, family_of
from tkt.late import once
from tkt.model import Event, Ticket, Value, changes_members, values_at
from tkt.policies.values import Policies, PolicyVersion, Row


class InForce(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What held from `since` on."""

    since: datetime | None  # None: from the start of the cycle on
    event: str | None  # the id of the event that brought it; None at the start of a cycle
    policy: PolicyVersion | None  # None: no policy matches, the ticket is uncovered
    priority: str | None
    row: Row | None
    is_untargeted: bool = False  # past `new`, without a priority or without a row for it (P1)
    terms: Terms | None = None  # what the cycle itself promises, in place of the row's target

    @property
    def fixed_at(self) -> datetime | None:
        """The instant that was promised by the clock on the wall; no calendar has a part in it."""
        return self.terms.due_at if self.terms is not None else None

    def target_for(self, clock: str) -> int | None:
        """Seconds promised on a clock, None for none."""
        terms, row = self.terms, self.row
        if terms is not None and terms.target_s is not None:
            return terms.target_s if row is not None or terms.due_at is not None else None
        if row is None:
            return None
        found = row.targets.get(clock)
        return row.targets.get(family_of(clock)) if found is None and ":" in clock else found

    def promises_as(self, other: InForce) -> bool:
        """Whether both say the same, whenever they began."""
        return (self.policy, self.priority, self.row) == (other.policy, other.priority, other.row)


def with_terms(
    promises: Sequence[InForce], terms: Sequence[Terms], until: datetime | None
) -> tuple[InForce, ...]:
    """The promises of a cycle that has terms of its own, each with those of its time (L6).

    What changes at `until` or later comes after the stop (S6).
    """
    first = _held(promises[0], None, None, terms[0])
    if len(promises) == len(terms) == 1:
        return (first,)
    found = [first]
    events: dict[datetime, str | None] = {it.since: it.event for it in terms[1:]}
    events |= {it.since: it.event for it in promises[1:] if it.since is not None}
    for at in sorted(events):
        if until is None or at < until:
            promise = [it for it in promises if it.since is None or it.since <= at][-1]
            own = [it for it in terms if it.since <= at][-1]
            found.append(_held(promise, at, events[at], own))
    return tuple(found)


def _held(promise: InForce, since: datetime | None, event: str | None, terms: Terms) -> InForce:
    return InForce(
        since=since,
        event=event,
        policy=promise.policy,
        priority=promise.priority,
        row=promise.row,
        is_untargeted=promise.is_untargeted,
        terms=terms,
    )


_TOUCHING = ("set", "corrected")


class _Change(msgspec.Struct, frozen=True, gc=False):
    """What may change a promise in one instant: events of one command share it."""

    at: datetime
    event: str  # the id of the first of them
    is_set: bool  # else only moves
    is_matched: bool  # what policies match on was set


class Promises:
    """What a desk promised on one ticket, over time."""

    def __init__(
        self,
        ticket: Ticket,
        events: Sequence[Event],
        policies: Policies,
        is_new_at: Callable[[datetime], bool],
    ) -> None:
        """`events` are those that count, in order; `is_new_at` tells whether its status was of category new."""
        self.ticket = ticket
        self.policies = policies
        self.is_new_at = is_new_at
        self._events = events
        self._has_priority = ticket.values.get("priority") is not None
        followed = policies.followed_keys
        self._recorded = [
            e
            for e in ticket.events
            if e.did in _TOUCHING and (e.did == "corrected" or e.data.get("field") in followed)
        ]
        self._last_change = max([event.at for event in self._recorded]) if self._recorded else None
        self._values: dict[datetime, Mapping[str, Value]] = {}
        self._known: dict[datetime | int, tuple[InForce, ...]] = {}

    def over(self, start: datetime, until: datetime | None = None) -> tuple[InForce, ...]:
        """The promises of a cycle that starts at `start`, the first one first.

        The policy is chosen at the start and again at each event that changes what policies match
        on, and the row at each change of priority (P3, L6). What changes at `until` or later comes after
        the stop, even where one command wrote both (S6).
        """
        found = self._after(start)
        if until is None or len(found) == 1:
            return found
        return (found[0], *(each for each in found[1:] if each.since is None or each.since < until))

    def _after(self, start: datetime) -> tuple[InForce, ...]:
        """The promises from `start` on; clocks that start together share them, and all after the last change."""
        last = self._last_change
        is_settled = self._has_priority and (last is None or last <= start)
        key = self.policies.era(start) if is_settled else start
        known = self._known.get(key)
        if known is None:
            found = [self._judged(start, None, self._chosen(start))] if is_settled else self._in_turn(start)
            known = self._known[key] = tuple(found)
        return known

    def _in_turn(self, start: datetime) -> Iterator[InForce]:
        last = self._judged(start, None, self._chosen(start))
        yield last
        for change in self._changes:
            if change.at <= start or not (change.is_set or last.priority is None):
                continue  # a move matters only while there is no priority
            policy = self._chosen(change.at) if change.is_matched else last.policy
            after = self._judged(change.at, change.event, policy)
            if not after.promises_as(last):
                last = after
                yield last

    @once
    def _changes(self) -> list[_Change]:
        return _changes(self._events, self.policies.stored_keys)

    def _chosen(self, at: datetime) -> PolicyVersion | None:
        return self.policies.chosen(self.values_at(at), at)

    def _judged(self, at: datetime, event: str | None, policy: PolicyVersion | None) -> InForce:
        found: Value = self.values_at(at).get("priority")
        priority = None if found is None else str(found)
        awaits_triage = priority is None and self.is_new_at(at)
        row = policy.row_for(priority, is_new=awaits_triage) if policy else None
        return InForce(
            since=None if event is None else at,
            event=event,
            policy=policy,
            priority=priority,
            row=row,
            is_untargeted=policy is not None and row is None and not awaits_triage,
        )

    def values_at(self, at: datetime) -> Mapping[str, Value]:
        """What policies look at, at an instant, without what was taken back since."""
        if self._last_change is None or self._last_change <= at:
            return self.ticket.values
        if at not in self._values:
            self._values[at] = self._replayed(at)
        return self._values[at]

    def _replayed(self, at: datetime) -> Mapping[str, Value]:
        """As `model.values_at`, of the keys that policies look at alone."""
        recorded = [event for event in self._recorded if event.did == "set"]
        if any(changes_members(event) for event in recorded):
            return values_at(self.ticket, at, self._events)
        found = dict(self.ticket.values)
        for event in reversed(recorded):
            found[event.data["field"]] = event.get("from")
        for event in self._events:
            if event.did == "set" and event.at <= at and event.get("field") in self.policies.followed_keys:
                found[event.data["field"]] = event.get("to")
        return {key: value for key, value in found.items() if value is not None}


def _changes(events: Sequence[Event], matched: Collection[str]) -> list[_Change]:
    """The instants at which policy or row may become others: what is matched on, priority, leaving `new`."""
    found: list[_Change] = []
    for event in events:
        if event.did == "set":
            field = event.get("field")
            is_matched = field in matched
            if not is_matched and field != "priority":
                continue
        elif event.did == "moved":
            is_matched = False
        else:
            continue
        change = _Change(event.at, event.id, event.did == "set", is_matched)
        if found and found[-1].at == event.at:
            change = _joined(found.pop(), change)
        found.append(change)
    return found


def _joined(first: _Change, second: _Change) -> _Change:
    is_set, is_matched = first.is_set or second.is_set, first.is_matched or second.is_matched
    return _Change(first.at, first.event, is_set, is_matched)

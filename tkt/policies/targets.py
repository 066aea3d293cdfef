"""Which promise was in force for a ticket, from when to when? (docs/sla.md P1, P3, L6)"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tkt.model import Event, Ticket, Value, values_at
from tkt.policies.values import Policies, PolicyVersion, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What held from `since` on."""

    since: datetime
    event: str | None  # the id of the event that brought it; None at the start of a cycle
    policy: PolicyVersion | None  # None: no policy matches, the ticket is uncovered
    priority: str | None
    row: Row | None
    is_untargeted: bool = False  # past `new`, without a priority or without a row for it (P1)

    def target_for(self, clock: str) -> int | None:
        """Seconds promised on a clock, None for none."""
        return self.row.targets.get(clock) if self.row else None

    def promises_as(self, other: InForce) -> bool:
        """Whether both say the same, whenever they began."""
        return (self.policy, self.priority, self.row) == (other.policy, other.priority, other.row)


@dataclass(frozen=True, slots=True)
class _Change:
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
        self._changes = _changes(events, policies.stored_keys)
        self._events = events
        changing = (event.at for event in ticket.events if event.did in ("set", "corrected"))
        self._last_change = max(changing, default=None)
        self._values: dict[datetime, Mapping[str, Value]] = {}

    def over(self, start: datetime, until: datetime | None = None) -> tuple[InForce, ...]:
        """The promises of a cycle that starts at `start`, the first one first.

        The policy is chosen at the start and again at each event that changes what policies match
        on, and the row at each change of priority (P3, L6). What changes at `until` or later comes after
        the stop, even where one command wrote both (S6).
        """
        last = self._judged(start, None, self._chosen(start))
        found = [last]
        for change in self._changes:
            if change.at <= start or not (change.is_set or last.priority is None):
                continue  # a move matters only while there is no priority
            if until is not None and change.at >= until:
                break
            policy = self._chosen(change.at) if change.is_matched else last.policy
            after = self._judged(change.at, change.event, policy)
            if not after.promises_as(last):
                last = after
                found.append(after)
        return tuple(found)

    def _chosen(self, at: datetime) -> PolicyVersion | None:
        return self.policies.chosen(self.values_at(at), at)

    def _judged(self, at: datetime, event: str | None, policy: PolicyVersion | None) -> InForce:
        found: Value = self.values_at(at).get("priority")
        priority = None if found is None else str(found)
        awaits_triage = priority is None and self.is_new_at(at)
        row = policy.row_for(priority, is_new=awaits_triage) if policy else None
        return InForce(
            since=at,
            event=event,
            policy=policy,
            priority=priority,
            row=row,
            is_untargeted=policy is not None and row is None and not awaits_triage,
        )

    def values_at(self, at: datetime) -> Mapping[str, Value]:
        """The stored keys at an instant, without what was taken back since."""
        if self._last_change is None or self._last_change <= at:
            return self.ticket.values
        if at not in self._values:
            self._values[at] = values_at(self.ticket, at, self._events)
        return self._values[at]


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

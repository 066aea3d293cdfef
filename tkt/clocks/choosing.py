"""Which policy holds for a ticket, since when, and why none of those above it? (docs/sla.md P1, P3, P5)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tkt.clocks.flow import flow_of
from tkt.clocks.history import History
from tkt.clocks.judging import case_of
from tkt.fields import Lookup, stored_lookup
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.policies.levels import ServiceLevels
from tkt.policies.reaching import clauses
from tkt.policies.targets import InForce, Promises
from tkt.policies.values import PolicyVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseJudged:
    """One condition of a `match`: does it hold, and what has the ticket in the fields that it asks for?"""

    text: str
    holds: bool
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTried:
    """A policy, in its turn; one below the first that matched is not tried."""

    version: PolicyVersion
    clauses: tuple[ClauseJudged, ...]
    is_chosen: bool
    is_tried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which promise a ticket has."""

    policy: PolicyVersion | None  # None: uncovered
    since: datetime  # from when on this policy has held
    chosen_at: datetime  # when policies were last asked; none of what they match on has changed since
    promise: InForce
    tried: tuple[PolicyTried, ...]  # of each policy the version in force then, in their order
    is_exempt: bool  # received before the desk's promises begin (P5)


def choice(ticket: Ticket, levels: ServiceLevels, now: datetime) -> Choice:
    """The policy that holds for the ticket at `now`; before it was received, the one that it began with."""
    begun = max([ticket.received_at, *(event.at for event in ticket.events[:1])])
    case = case_of(History(ticket, max(now, begun), flow_of(levels.config)), levels)
    promises = case.promises.over(ticket.received_at)
    policy = promises[-1].policy
    asked_at = _asked_at(ticket, case.history, levels)
    lookup = _lookup(case.promises, asked_at, levels)
    enforced = levels.enforce_from
    return Choice(
        policy=policy,
        since=_since(promises, policy) or ticket.received_at,
        chosen_at=asked_at,
        promise=promises[-1],
        tried=tuple(_tried(levels, asked_at, policy, lookup)),
        is_exempt=enforced is not None and ticket.received_at < enforced,
    )


def _since(promises: tuple[InForce, ...], policy: PolicyVersion | None) -> datetime | None:
    """Where the last stretch under this policy began; None at the ticket's start."""
    since = None
    for promise in reversed(promises):
        if promise.policy is not policy:
            break
        since = promise.since
    return since


def _asked_at(ticket: Ticket, history: History, levels: ServiceLevels) -> datetime:
    """The receipt, or the last change of a key that some policy matches on (P3)."""
    keys = levels.policies.stored_keys
    changes = (it.at for it in history.of_kind("set") if it.get("field") in keys)
    return max([ticket.received_at, *changes])


def _lookup(promises: Promises, at: datetime, levels: ServiceLevels) -> Lookup:
    return stored_lookup(promises.values_at(at), config=levels.config)


def _tried(
    levels: ServiceLevels, at: datetime, chosen: PolicyVersion | None, lookup: Lookup
) -> Iterator[PolicyTried]:
    is_over = False
    for version in levels.policies.in_force(at):
        is_chosen = version is chosen
        judged = () if is_over else tuple(_judged(version, lookup))
        yield PolicyTried(version=version, clauses=judged, is_chosen=is_chosen, is_tried=not is_over)
        is_over = is_over or is_chosen


def _judged(version: PolicyVersion, lookup: Lookup) -> Iterator[ClauseJudged]:
    for clause in clauses(version.match):
        fields = dict.fromkeys(term.field for term in clause.terms())
        values = {name: lookup(name) for name in fields}
        yield ClauseJudged(text=clause.text, holds=clause.holds(lookup), values=values)

"""Which seconds of a cycle counted, which did not, and by which rule? (docs/sla.md E6)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Literal

from tkt.clocks.cycle import Cycle, Stretch, family_of
from tkt.clocks.judging import Case, due_under, judged
from tkt.clocks.verdict import Verdict
from tkt.frozen import dataclass
from tkt.policies.targets import InForce
from tkt.worktime import open_spans

Kind = Literal["counted", "paused", "closed", "resolved"]
Source = Literal["policy", "status", "task", "promise"]
_SOURCES: Mapping[str, Source] = MappingProxyType({"stage": "status", "task": "task", "promise": "promise"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A part of a cycle, `[start, end)`, and the rule of docs/sla.md that decided about it."""

    kind: Kind
    start: datetime
    end: datetime
    rule: str  # C1 closed, C3 counted, C4 counted by the wall, L3 and L4 waiting, L8 and L11 finished

    @property
    def seconds(self) -> int:
        """Its length."""
        return int((self.end - self.start).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange:
    """What was promised from an instant on, and when the cycle was due under it."""

    at: datetime
    event: str | None  # None: the promise the cycle started with
    policy: str | None
    priority: str | None
    row: str | None  # the priority's row, or `default`
    calendar: str | None
    ladder: str | None
    target_s: int | None
    due_at: datetime | None
    source: Source  # what names the target: the policy's row, the status's limit, the task or promise itself
    rule: str  # P1 at the start (C4 for a fixed instant), P3 another policy, L6 another target


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A policy that was tried when the cycle started, up to the first that matched (P1)."""

    policy: str
    match: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A verdict and how it came about."""

    verdict: Verdict
    intervals: tuple[
        Interval, ...
    ]  # of the calendar in force at the end, else of the wall; none without either
    targets: tuple[TargetChange, ...]
    tried: tuple[Tried, ...]


def explained(cycle: Cycle, case: Case) -> Explained:
    """A cycle's verdict with everything that led to it."""
    promises = case.over(cycle)
    return Explained(
        verdict=judged(cycle, case),
        intervals=tuple(_intervals(cycle, promises[-1], case)),
        targets=tuple(_changes(cycle, promises, case)),
        tried=tuple(_tried(cycle, case)),
    )


def _changes(cycle: Cycle, promises: Sequence[InForce], case: Case) -> Iterator[TargetChange]:
    before: InForce | None = None
    for promise in promises:
        row = promise.row
        is_fixed = promise.fixed_at is not None
        yield TargetChange(
            at=promise.since or cycle.start_at,
            event=promise.event,
            policy=promise.policy.name if promise.policy else None,
            priority=promise.priority,
            row=row.name if row else None,
            calendar=row.calendar if row and not is_fixed else None,
            ladder=row.ladder if row else None,
            target_s=promise.target_for(cycle.clock),
            due_at=due_under(cycle, promise, case),
            source=_SOURCES.get(family_of(cycle.clock), "policy") if cycle.terms else "policy",
            rule=_rule(before, promise),
        )
        before = promise


def _rule(before: InForce | None, promise: InForce) -> str:
    if before is None:
        return "P1" if promise.fixed_at is None else "C4"
    return "L6" if before.policy is promise.policy else "P3"


def _tried(cycle: Cycle, case: Case) -> Iterator[Tried]:
    if cycle.terms and cycle.terms[0].due_at is not None:
        return  # none of them has a part in it
    policies = case.levels.policies
    chosen = policies.chosen(case.promises.values_at(cycle.start_at), cycle.start_at)
    for version in policies.in_force(cycle.start_at):
        yield Tried(policy=version.name, match=version.match.text, holds=version is chosen)
        if version is chosen:
            return


def _intervals(cycle: Cycle, last: InForce, case: Case) -> Iterator[Interval]:
    """The whole cycle in order, without holes; neighbours of one kind and rule are one interval."""
    if last.fixed_at is not None:
        yield from _on_the_wall(cycle, case)
        return
    if last.row is None or cycle.not_applicable is not None:
        return
    pieces = _pieces(cycle, last.row.calendar, case)
    for (kind, rule), alike in groupby(pieces, key=lambda it: (it.kind, it.rule)):
        joined = list(alike)
        yield Interval(kind=kind, start=joined[0].start, end=joined[-1].end, rule=rule)


def _on_the_wall(cycle: Cycle, case: Case) -> Iterator[Interval]:
    end = cycle.ending.at if cycle.ending else case.history.now
    if cycle.start_at < end:
        yield Interval(kind="counted", start=cycle.start_at, end=end, rule="C4")


def _pieces(cycle: Cycle, calendar: str, case: Case) -> Iterator[Interval]:
    end = cycle.ending.at if cycle.ending else case.history.now
    at = cycle.start_at
    for opens, closes in open_spans(case.levels.calendars[calendar], at, end):
        if at < opens:
            yield Interval(kind="closed", start=at, end=opens, rule="C1")
        yield from _open_pieces(cycle, opens, closes)
        at = closes
    if at < end:
        yield Interval(kind="closed", start=at, end=end, rule="C1")


def _open_pieces(cycle: Cycle, opens: datetime, closes: datetime) -> Iterator[Interval]:
    """An open span, cut where a stretch begins or ends."""
    edges = {opens, closes}
    for it in cycle.stretches:
        edges |= {edge for edge in (it.start, it.end) if edge is not None and opens < edge < closes}
    for start, end in pairwise(sorted(edges)):
        inside = (it for it in cycle.stretches if it.start <= start and (it.end is None or it.end >= end))
        yield _piece(next(inside, None), start, end)


def _piece(decides: Stretch | None, start: datetime, end: datetime) -> Interval:
    if decides is None:
        return Interval(kind="counted", start=start, end=end, rule="C3")
    return Interval(kind=decides.kind, start=start, end=end, rule=decides.rule)

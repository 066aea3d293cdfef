"""How did a ticket's life go: which statuses, when resolved, when reopened, who was waiting?

A look at its facts from the report's `now`: everything is replayed from the events, so that the past
can be asked at any instant. Events later than `now` have not happened (docs/sla.md S1).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from tkt.kpis.facts import Change, Measured, Open, Stay
from tkt.sla import Outcome, standing_at
from tkt.worktime import Span

_DAY = 24 * 60 * 60


class Life(msgspec.Struct, frozen=True, gc=False):
    """A ticket's statuses, replayed, and what its clocks said at the report's `now`."""

    id: str
    started_at: datetime
    facts: Measured
    cycles: tuple[Outcome, ...]

    @property
    def stays(self) -> tuple[Stay, ...]:
        """The statuses one after the other from the start on; a move into the same status goes on with the stay."""
        return self.facts.stays

    @property
    def resolves(self) -> tuple[datetime, ...]:
        """When it was resolved, the closing of a resolved one and ends as spam or duplicate left out."""
        return self.facts.resolves

    def is_settled_before(self, at: datetime) -> bool:
        """Whether every cycle of its clocks had ended by then: finished, and nobody wrote since."""
        after = self.facts.settled_after
        return after is not None and after < at

    @property
    def finishes(self) -> tuple[datetime, ...]:
        """When it left the backlog: entered resolved or closed, coming from neither."""
        found, was_finished = [], False
        for stay in self.facts.stays:
            if stay.is_finished and not was_finished:
                found.append(stay.start)
            was_finished = stay.is_finished
        return tuple(found)

    @property
    def reopens(self) -> tuple[datetime, ...]:
        """When it went from resolved or closed to a status that is neither."""
        return self.facts.reopens

    @property
    def uncounted_as(self) -> str | None:
        """`spam`, `test`, `duplicate`, `merged` … where it is outside every KPI, else None (docs/sla.md L11)."""
        return self.facts.uncounted_as

    def status_before(self, at: datetime) -> str | None:
        """The status as `at` begins: what happens at that very instant is not yet seen; None: not there yet."""
        stay = self._stay_before(at)
        return stay.status if stay else None

    def is_open_before(self, at: datetime) -> bool:
        """Whether it is in the backlog as `at` begins (docs/kpi.md K5)."""
        stay = self._stay_before(at)
        return stay is not None and not stay.is_finished

    def _stay_before(self, at: datetime) -> Stay | None:
        stays = self.facts.stays
        if stays[-1].start < at:
            return stays[-1]  # where most tickets are
        passed = bisect_left(stays, at, key=_start)
        return stays[passed - 1] if passed else None

    def owner_before(self, at: datetime) -> str | None:
        """The owner as `at` begins."""
        return _value_before(self.facts.owners, at)

    def owner_at(self, at: datetime) -> str | None:
        """The owner, what happened at that very instant included: who solved it, of a resolve."""
        owners = self.facts.owners
        since, last = owners[-1]
        if since is None or since <= at:
            return last
        return next(who for since, who in reversed(owners) if since is None or since <= at)

    def priority_before(self, at: datetime) -> str | None:
        """The priority as `at` begins."""
        return _value_before(self.facts.priorities, at)

    def owner_changes(self, until: datetime) -> int:
        """How often another person became the owner; the first assignment is none, nor is a pause without owner."""
        return bisect_right(self.facts.handed_over, until)

    def teams_visited(self, until: datetime) -> int:
        """How many different teams owned it."""
        return bisect_right(self.facts.teams, until)

    def writers(self, until: datetime) -> int:
        """How many people of the desk wrote on it, to the customer or as a note."""
        return bisect_right(self.facts.writers, until)

    def effort(self, until: datetime) -> int:
        """The seconds that people recorded to have spent on it."""
        efforts = self.facts.efforts
        return 60 * sum(minutes for at, minutes in efforts if at <= until) if efforts else 0

    def stays_until(self, end: datetime) -> Iterator[tuple[Stay, Span]]:
        """The stays before the resolve at `end`, each with its time, the last one cut off there."""
        for stay in self.stays:
            is_over_at_once = stay.start == stay.end == end and not stay.is_finished
            if stay.start < end or is_over_at_once:
                yield stay, (stay.start, end if stay.end is None or stay.end > end else stay.end)

    def seconds_until(self, end: datetime) -> int:
        """Wall time from the start to `end`."""
        return seconds_between(self.started_at, end)

    def requester_wait(self, span: Span) -> int:
        """Seconds of `span` in which the desk had the ticket: neither finished nor waiting on the requester."""
        return self._seconds_of(span, self.facts.waits_on_requester)

    def work(self, span: Span) -> int:
        """Seconds of `span` in which it waited on nobody and was not finished."""
        return self._seconds_of(span, (*self.facts.waits_on_requester, *self.facts.waits_on_others))

    def _seconds_of(self, span: Span, waits: Sequence[Open]) -> int:
        return sum([seconds_outside(part, waits) for part in self._unfinished(span)])

    def _unfinished(self, span: Span) -> Iterator[Span]:
        since, until = span
        for stay in self.stays:
            if stay.is_finished or stay.start >= until:
                continue
            start = stay.start if stay.start > since else since
            end = until if stay.end is None or stay.end > until else stay.end
            if start < end:
                yield start, end


def seconds_between(start: datetime, end: datetime) -> int:
    """Whole seconds from `start` to `end`."""
    passed = end - start
    return passed.days * _DAY + passed.seconds


def lives_of(facts: Iterable[Measured], now: datetime) -> tuple[Life, ...]:
    """The lives of the tickets that had been received by `now`, which is their `valid_from` or later."""
    return tuple(
        Life(each.id, each.started_at, each, standing_at(each.cycles, now))
        for each in facts
        if each.started_at <= now
    )


def _start(stay: Stay) -> datetime:
    return stay.start


def _value_before(course: Sequence[Change], at: datetime) -> str | None:
    return next(value for since, value in reversed(course) if since is None or since < at)


def seconds_outside(span: Span, holes: Sequence[Open]) -> int:
    """Seconds of `span` in none of the holes, which do not overlap: a ticket waits on one at a time."""
    start, end = span
    found = seconds_between(start, end)
    for opens, closes in holes:
        since = opens if opens > start else start
        until = end if closes is None or closes > end else closes
        if since < until:
            found -= seconds_between(since, until)
    return found

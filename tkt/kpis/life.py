"""How did a ticket's life go: which statuses, when resolved, when reopened, who was waiting?

Everything is replayed from the events, so that the past can be asked at any instant. Events later
than the report's `now` have not happened (docs/sla.md S1).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

from tkt.clocks.history import History
from tkt.clocks.waiting import Wait, waits
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.sla import Verdict
from tkt.worktime import Span, without

_FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stay:
    """A ticket in one status, `[start, end)`; `end` None: it still is there."""

    status: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Life:
    """A ticket's statuses, replayed, and the verdicts of its clocks."""

    history: History
    config: Configuration
    judge: Callable[[Ticket], Sequence[Verdict]]

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is today."""
        return self.history.ticket

    @property
    def id(self) -> str:
        """The ticket's id."""
        return self.ticket.id

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What its clocks say at the report's `now`."""
        return tuple(self.judge(self.ticket))

    @cached_property
    def uncounted_as(self) -> str | None:
        """`spam`, `test`, `duplicate`, `merged` … where it is outside every KPI, else None (docs/sla.md L11)."""
        if not self.history.events:
            return None
        return self.history.discarded_as or ("merged" if self.history.merged is not None else None)

    def is_settled_before(self, at: datetime) -> bool:
        """Whether every cycle of its clocks had ended by then: finished, and nobody wrote since."""
        events = self.history.events
        if not events or events[-1].at >= at or not self.is_finished(self.stays[-1].status):
            return False
        return not any(message.at >= self.finishes[-1] for message in self.history.asks)

    @property
    def started_at(self) -> datetime:
        """When the request reached the desk."""
        return self.history.started_at

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """The statuses one after the other from the start on; a move into the same status goes on with the stay."""
        entries = [(self.started_at, self._first_status)]
        for event in self.history.events:
            if event.did == "moved" and event.get("to") != entries[-1][1]:
                entries.append((max(event.at, self.started_at), str(event.get("to"))))
        ends = [*(at for at, _ in entries[1:]), None]
        return tuple(Stay(status, at, end) for (at, status), end in zip(entries, ends, strict=True))

    @property
    def _first_status(self) -> str:
        """Where it began; a file without events has been where it is all the time."""
        began = self.history.opened.get("status") if self.history.events else None
        return str(began or self.ticket.status)

    @cached_property
    def resolves(self) -> tuple[datetime, ...]:
        """When it was resolved, the closing of a resolved one and ends as spam or duplicate left out."""
        found = self.history.resolves if self.history.events else ()
        return tuple(max(each.start, self.started_at) for each in found)

    @cached_property
    def finishes(self) -> tuple[datetime, ...]:
        """When it left the backlog: entered resolved or closed, coming from neither."""
        first = self.stays[0]
        opening = (first.start,) if self.is_finished(first.status) else ()
        return opening + tuple(
            after.start
            for before, after in pairwise(self.stays)
            if self.is_finished(after.status) and not self.is_finished(before.status)
        )

    @cached_property
    def reopens(self) -> tuple[datetime, ...]:
        """When it went from resolved or closed to a status that is neither."""
        return tuple(
            after.start
            for before, after in pairwise(self.stays)
            if self.is_finished(before.status) and not self.is_finished(after.status)
        )

    def is_finished(self, status: str) -> bool:
        """Whether a status is of the category resolved or closed."""
        return status in self.config.finished

    def status_before(self, at: datetime) -> str | None:
        """The status as `at` begins: what happens at that very instant is not yet seen; None: not there yet."""
        passed = bisect_left(self.stays, at, key=lambda stay: stay.start)
        return self.stays[passed - 1].status if passed else None

    def is_open_before(self, at: datetime) -> bool:
        """Whether it is in the backlog as `at` begins (docs/kpi.md K5)."""
        status = self.status_before(at)
        return status is not None and not self.is_finished(status)

    def stays_until(self, end: datetime) -> Iterator[tuple[Stay, Span]]:
        """The stays before the resolve at `end`, each with its time, the last one cut off there."""
        for stay in self.stays:
            is_over_at_once = stay.start == stay.end == end and not self.is_finished(stay.status)
            if stay.start < end or is_over_at_once:
                yield stay, (stay.start, end if stay.end is None else min(stay.end, end))

    def seconds_until(self, end: datetime) -> int:
        """Wall time from the start to `end`."""
        return _seconds([(self.started_at, end)])

    def requester_wait(self, span: Span) -> int:
        """Seconds of `span` in which the desk had the ticket: neither finished nor waiting on the requester."""
        return _seconds_without(self._unfinished(span), self._waits_on_requester)

    def work(self, span: Span) -> int:
        """Seconds of `span` in which it waited on nobody and was not finished."""
        return _seconds_without(self._unfinished(span), [*self._waits_on_requester, *self._waits_on_others])

    def _unfinished(self, span: Span) -> list[Span]:
        found = []
        for stay in self.stays:
            start, end = max(stay.start, span[0]), min(stay.end or _FOR_EVER, span[1])
            if start < end and not self.is_finished(stay.status):
                found.append((start, end))
        return found

    @cached_property
    def _waits(self) -> tuple[Wait, ...]:
        return waits(self.history) if self.history.events else ()

    @cached_property
    def _waits_on_requester(self) -> list[Span]:
        """The pauses of customers' clocks (docs/sla.md L3)."""
        stretches = [each for wait in self._waits for each in wait.stretches if each.stops_the_clock]
        return [(each.start, each.end or _FOR_EVER) for each in stretches]

    @cached_property
    def _waits_on_others(self) -> list[Span]:
        return [(wait.start, wait.end or _FOR_EVER) for wait in self._waits if wait.on != "customer"]


def lives_of(
    tickets: Iterable[Ticket],
    config: Configuration,
    judge: Callable[[Ticket], Sequence[Verdict]],
    now: datetime,
) -> tuple[Life, ...]:
    """The lives, up to `now`, of the tickets that had been received by then."""
    categories = {name: status.category for name, status in config.workflow.statuses.items()}
    uncounted = frozenset(config.workflow.uncounted)
    return tuple(
        Life(History(ticket, now, categories=categories, uncounted=uncounted), config, judge)
        for ticket in tickets
        if ticket.received_at <= now
    )


def _seconds_without(spans: Sequence[Span], holes: Sequence[Span]) -> int:
    return _seconds(without(spans, holes) if holes else spans)


def _seconds(spans: Iterable[Span]) -> int:
    return sum(int((end - start).total_seconds()) for start, end in spans)

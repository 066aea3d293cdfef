"""How are the time rules carried out on a whole desk: which tickets, under which lock, with which commit?

The index knows from when on the time asks for something on a ticket; only those are read. What is to be done
is judged a second time under the lock, as somebody may have answered meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tkt.changes import Changes, Written
from tkt.columns import Columns
from tkt.desk import Desk
from tkt.errors import Problem, TktError
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.pagelinks import page_links
from tkt.query import Query
from tkt.ticking.left_open import LeftOpen, tickets_left_open
from tkt.ticking.replies import Replies
from tkt.timerules.carrying_out import Carried, carried_out
from tkt.timerules.case import Canned, Case, Link
from tkt.timerules.firing import Firing

VERB = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One thing that was done, or would be."""

    ticket: str
    firing: Firing

    @property
    def order(self) -> tuple[datetime, str]:
        """In order of the true instants."""
        return (self.firing.at, self.ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did, or would do, in order of the true instants."""

    fired: tuple[Fired, ...] = ()
    notices: int = 0  # that are queued
    ahead: tuple[str, ...] = ()  # tickets with events later than now: left alone until then
    left_open: tuple[LeftOpen, ...] = ()  # not closed although their day has come; only `planned` looks
    problems: tuple[Problem, ...] = ()
    written: Written | None = None  # None where nothing was to be written

    @property
    def counts(self) -> dict[str, int]:
        """Kind of event → how many."""
        return dict(Counter(it.firing.did for it in self.fired))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    carried: tuple[Carried, ...]
    ahead: tuple[str, ...]
    problems: tuple[Problem, ...]


def planned(desk: Desk, query: Query, now: datetime, *, withholds: bool = False) -> Run:
    """What a run would do now; nothing is written. `withholds`: as `tick`."""
    replies = Replies(desk)
    plan = _plan(desk, query, now, _Carrying(desk, now, replies.words, page_links(desk), withholds))
    found = _run(plan.carried, plan, replies.problems)
    return replace(found, left_open=tuple(tickets_left_open(desk, query, now)))


def tick(changes: Changes, query: Query, *, withholds: bool = False) -> Run:
    """Do it, with one commit; where nothing is to be done nothing is locked, written or committed.

    `withholds`: what has passed is recorded, and nobody is told. What cannot be read or done on one ticket is a problem and hides none of the others. Errors: as
    `Changes.together`.
    """
    desk, now = changes.desk, changes.now
    replies = Replies(desk)
    carry = _Carrying(desk, now, replies.words, page_links(desk), withholds)
    plan = _plan(desk, query, now, carry)
    if not plan.carried:
        return _run((), plan, replies.problems)
    done: list[Carried] = []
    problems = list(plan.problems)
    with changes.together(verb=VERB, rescues=False) as bulk:
        for ticket_id in (it.ticket.id for it in plan.carried):
            carried: list[Carried] = []

            def action(ticket: Ticket, carried: list[Carried] = carried) -> Ticket:
                carried.append(carry(ticket))
                return carried[-1].ticket

            try:
                bulk.change(ticket_id, action)
            except TktError as error:
                problems.extend(error.problems)
            else:
                done += [it for it in carried if it.done]
        bulk.what = _subject(done)
    whole = _Plan(carried=tuple(done), ahead=plan.ahead, problems=tuple(problems))
    return _run(done, whole, replies.problems, bulk.written)


def _plan(desk: Desk, query: Query, now: datetime, carry: Callable[[Ticket], Carried]) -> _Plan:
    """The tickets on which something fell due, as they are to be."""
    alive = [name for name in desk.config.workflow.statuses if name not in desk.config.closed]
    looked_at = desk.rows(alive, now, wakes=True)
    problems = list(looked_at.problems)
    carried, ahead = [], []
    _ = desk.levels  # what is wrong with the configuration is told once, and not of each ticket
    for row in _awake(looked_at.rows, query, now):
        try:
            ticket = row.ticket
            if ticket.updated_at > desk.settled(ticket, now):
                ahead.append(ticket.id)
            elif (found := carry(ticket)).done:
                carried.append(found)
        except TktError as error:
            problems.extend(error.problems)
    return _Plan(carried=tuple(carried), ahead=tuple(ahead), problems=tuple(problems))


def _awake(rows: Iterable[Columns], query: Query, now: datetime) -> list[Columns]:
    """The rows that the query holds for and on which something may have fallen due."""
    now_s = now.timestamp()
    awake = [row for row in rows if row.wake.is_awake(now_s, AHEAD_S)]
    return awake if query.is_empty else [row for row in awake if query.matches(row.lookup)]


AHEAD_S = 300
"""Seconds by which a ticket's last event may be ahead of `now`; it is judged by that then (`Desk.settled`)."""


@dataclass(frozen=True, slots=True)
class _Carrying:
    """What becomes of a ticket in this run."""

    desk: Desk
    now: datetime
    canned: Canned
    link: Link
    withholds: bool

    def __call__(self, ticket: Ticket) -> Carried:
        desk, at = self.desk, self.desk.settled(ticket, self.now)
        case = Case(
            ticket=ticket,
            config=desk.config,
            levels=desk.levels,
            now=at,
            canned=self.canned,
            link=self.link,
            withholds=self.withholds,
        )
        return carried_out(case)


def _run(
    carried: Sequence[Carried],
    plan: _Plan,
    replies: Sequence[Problem],
    written: Written | None = None,
) -> Run:
    fired = [Fired(ticket=it.ticket.id, firing=firing) for it in carried for firing in it.done]
    return Run(
        fired=tuple(sorted(fired, key=lambda it: it.order)),
        notices=sum(it.notices for it in carried),
        ahead=plan.ahead,
        problems=(*plan.problems, *replies),
        written=written,
    )


def _subject(carried: Iterable[Carried]) -> str:
    """Of the commit: how many of what, and no word of anybody's."""
    counts = Counter(firing.did for it in carried for firing in it.done)
    return f"{VERB}: {', '.join(f'{number} {did}' for did, number in counts.items())}"

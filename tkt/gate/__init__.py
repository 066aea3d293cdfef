"""Which promises of this desk are broken, and does that fail a build (docs/sla.md E5)?

Looks at the tickets that are not closed, through the desk's index; with another configuration, or another
revision beside it, only at what may differ. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tkt.columns import Columns
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.gate.before import known_before
from tkt.gate.judge import WORK, Judge, judge_of
from tkt.gated import Gated, Judged, Otherwise, by_urgency, is_asked
from tkt.query import Query
from tkt.sla import is_warned

__all__ = ["Ask", "Wishes", "gate", "judged_tickets"]

Ask = Callable[[Desk], Query]
"""The query that was asked for, in the words of a desk. Errors: QueryError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants judged, and what is to fail.

    `clocks`: names or families, none for all; `closed_since`: tickets closed since then too;
    `breached_after`: earlier breaches fail nothing; `new_since`: a revision, whose breaches fail nothing;
    `config_from`: a revision, or `work`, whose configuration judges.
    """

    clocks: tuple[str, ...] = ()
    closed_since: datetime | None = None
    breached_after: datetime | None = None
    new_since: str | None = None
    config_from: str | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """The tickets that a judge looked at, in order of their ids."""

    tickets: tuple[Columns, ...]
    judged: tuple[Judged, ...]
    uncovered: int
    problems: tuple[Problem, ...]


def gate(desk: Desk, wishes: Wishes, ask: Ask, now: datetime) -> Gated:
    """What of the desk is breached at `now`, and what of that fails.

    Errors: ConfigError and QueryError; GitError for a revision that is not here; LeftOut where closed
    tickets are asked for, and a sparse checkout keeps them off the disk.
    """
    judge = judge_of(desk, wishes.config_from)
    look = _looked(judge, wishes, ask, now)
    breached = [it for it in look.judged if it.is_unexcused]
    earlier = [it for it in breached if _is_earlier(it, wishes.breached_after)]
    recent = [it for it in breached if not _is_earlier(it, wishes.breached_after)]
    before = known_before(judge, wishes.new_since, recent, now)
    return Gated(
        now=now,
        config=judge.desk.config,
        tickets=look.tickets,
        judged=look.judged,
        uncovered=look.uncovered,
        failing=by_urgency([it for it in recent if it.mark not in before.marks]),
        known=by_urgency([it for it in recent if it.mark in before.marks]) if wishes.new_since else None,
        earlier=by_urgency(earlier) if wishes.breached_after else None,
        warned=by_urgency([it for it in look.judged if is_warned(it.verdict, judge.desk.levels)]),
        acknowledged=by_urgency([it for it in look.judged if it.verdict.acknowledged]),
        new_since=wishes.new_since,
        breached_after=wishes.breached_after,
        otherwise=_otherwise(judge, look, wishes, ask, now),
        problems=(*look.problems, *before.problems),
    )


def judged_tickets(desk: Desk, ask: Ask, now: datetime) -> tuple[tuple[Judged, ...], tuple[Problem, ...]]:
    """Every cycle of the tickets that are not closed, and the files that could not be read."""
    found = _looked(judge_of(desk, None), Wishes(), ask, now)
    return found.judged, found.problems


def _looked(judge: Judge, wishes: Wishes, ask: Ask, now: datetime) -> _Look:
    query = ask(judge.desk)
    rows, problems = judge.rows(wishes.closed_since, now)
    tickets = tuple(row for row in rows if query.matches(row.lookup))
    judged: list[Judged] = []
    uncovered = 0
    for row in tickets:
        verdicts = row.verdicts
        uncovered += all(it.policy is None for it in verdicts)
        judged += [Judged(it, row) for it in verdicts if is_asked(it.clock, wishes.clocks)]
    return _Look(tickets, tuple(judged), uncovered, problems)


def _is_earlier(judged: Judged, after: datetime | None) -> bool:
    """Whether it was late before `after`; late at that very instant is not earlier, so that none falls between two runs."""
    at = judged.verdict.breached_at
    return after is not None and at is not None and at < after


def _otherwise(judge: Judge, look: _Look, wishes: Wishes, ask: Ask, now: datetime) -> Otherwise | None:
    """What the configuration here would find, where another one judged."""
    if wishes.config_from in (None, WORK):
        return None
    if judge.desk is judge.here:  # both say the same
        return Otherwise(wishes.config_from, (), ())
    own = _looked(Judge(judge.here, judge.here), wishes, ask, now)
    more = _without(own.judged, look.judged)
    return Otherwise(wishes.config_from, more, _without(look.judged, own.judged))


def _without(some: Sequence[Judged], others: Sequence[Judged]) -> tuple[Judged, ...]:
    """The breaches of `some` that are none of `others`."""
    known = {it.mark for it in others if it.is_unexcused}
    return by_urgency([it for it in some if it.is_unexcused and it.mark not in known])

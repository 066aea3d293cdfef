"""Which promises does a ticket keep, and which did it break?

A verdict is a pure function of ticket, configuration and `now` (docs/sla.md S1). Policies and targets
are in `tkt.policies`, one clock a file in `tkt.clocks`; this is what the rest of tkt calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from tkt.clocks.cycle import Cycle, Ending, family_of
from tkt.clocks.explaining import Explained, Interval, TargetChange, Tried, explained
from tkt.clocks.flow import flow_of
from tkt.clocks.history import History, settled_at
from tkt.clocks.judging import Case, case_of, stands
from tkt.clocks.standing import Outcome, Standing, Standings, standing_at, verdict_of
from tkt.clocks.table import CLOCKS
from tkt.clocks.verdict import Verdict
from tkt.clocks.waiting import Wait, waits
from tkt.model import Event, Ticket
from tkt.policies.levels import ServiceLevels
from tkt.policies.values import PolicyVersion
from tkt.schema import Configuration

__all__ = [
    "Explained",
    "Interval",
    "Outcome",
    "PolicyVersion",
    "ServiceLevels",
    "Standing",
    "Standings",
    "TargetChange",
    "Tried",
    "Verdict",
    "cycles_of",
    "explain",
    "family_of",
    "history_of",
    "is_warned",
    "policy_of",
    "questionless_waits",
    "standing_at",
    "standings",
    "standings_of",
    "verdicts",
    "verdicts_at",
]

USUAL_WARNING = 80
"""Per cent of the target at which a clock without a ladder is about to run out."""


def verdicts(ticket: Ticket, levels: ServiceLevels, now: datetime) -> tuple[Verdict, ...]:
    """What every cycle of the ticket's clocks says at `now`; none before it was received.

    Events later than `now` have not happened. Source: docs/sla.md S1.
    """
    return verdicts_at(standings(ticket, levels, now), ticket.id, levels, now)


def standings(ticket: Ticket, levels: ServiceLevels, now: datetime | None = None) -> Standings:
    """How every cycle of the ticket's clocks stands at `now` and later, if nothing more happens.

    Without `now`: from the earliest instant on from which its events decide everything.
    """
    return standings_of(history_of(ticket, levels, now), levels)


def verdicts_at(
    standings: Standings, ticket: str, levels: ServiceLevels, now: datetime
) -> tuple[Verdict, ...]:
    """As `verdicts`, of what was found before; `now` is `valid_from` or later, `ticket` the ticket's id."""
    since, calendars = standings.valid_from, levels.calendars
    return tuple([verdict_of(each, since, ticket, calendars, now) for each in standings.cycles])


def history_of(ticket: Ticket, levels: ServiceLevels, now: datetime | None = None) -> History:
    """The ticket's history up to `now`, or up to the instant from which nothing but the time changes it.

    That is its last event, its receipt, or the end of the ten minutes of an undecided delivery (L1a).
    """
    if now is not None:
        return History(ticket, now, flow_of(levels.config))
    history = history_of(ticket, levels, settled_at(ticket))
    until = history.undecided_until
    return history if until is None or until <= history.now else history_of(ticket, levels, until)


def standings_of(history: History, levels: ServiceLevels) -> Standings:
    """How every cycle of a history stands at its end."""
    case = _case(history, levels)
    found = () if case is None else tuple([stands(cycle, case) for cycle in _cycles(case)])
    return Standings(history.now, found)


def cycles_of(history: History, levels: ServiceLevels) -> tuple[Case, tuple[Cycle, ...]] | None:
    """What judging the history needs, and every cycle of its clocks; None before it was received."""
    case = _case(history, levels)
    return None if case is None else (case, tuple(_cycles(case)))


def explain(
    ticket: Ticket, levels: ServiceLevels, now: datetime, clock: str | None = None
) -> tuple[Explained, ...]:
    """As `verdicts`, each with every interval counted, paused, closed and resolved, and its rule (E6).

    `clock` is a clock, or a family of them.
    """
    case = _case(history_of(ticket, levels, now), levels)
    if case is None:
        return ()
    found = (it for it in _cycles(case) if clock in (None, it.clock, family_of(it.clock)))
    return tuple(explained(cycle, case) for cycle in found)


def policy_of(ticket: Ticket, levels: ServiceLevels, at: datetime) -> PolicyVersion | None:
    """The policy that held for the ticket at `at`; None: uncovered. Source: docs/sla.md P1, P3."""
    begun = max([ticket.received_at, *(event.at for event in ticket.events[:1])])
    case = _case(history_of(ticket, levels, max(at, begun)), levels)
    return case.promises.over(ticket.received_at)[-1].policy if case else None


def questionless_waits(ticket: Ticket, config: Configuration, now: datetime) -> tuple[Wait, ...]:
    """The waits on a customer who was asked nothing: they pause no clock, and `check` warns (L3)."""
    return tuple(wait for wait in waits(History(ticket, now, flow_of(config))) if wait.lacks_question)


def is_warned(verdict: Verdict, levels: ServiceLevels) -> bool:
    """Whether a running clock has reached a rung of its ladder before its due instant (E1).

    A row without a ladder warns at 80 % of the target.
    """
    if verdict.state != "active" or verdict.target_s is None or verdict.elapsed_s is None:
        return False
    target = verdict.target_s
    if verdict.ladder is None:
        return verdict.elapsed_s >= target * USUAL_WARNING // 100
    ladder = levels.ladders.get(verdict.ladder)
    rungs = ladder.get(family_of(verdict.clock), ()) if ladder is not None else ()
    reached = (rung.reached_after(target) for rung in rungs)
    return any(after < target and verdict.elapsed_s >= after for after in reached)


def _case(history: History, levels: ServiceLevels) -> Case | None:
    if not history.events or history.started_at > history.now:
        return None
    return case_of(history, levels)


def _cycles(case: Case) -> Iterator[Cycle]:
    merge = case.history.merged
    for cycles in CLOCKS.values():
        for cycle in cycles(case.history):
            if cycle.only_if_promised and not case.is_promised(cycle):
                continue
            if merge is None:
                yield cycle
            elif cycle.start_at <= merge.at:
                yield _cut_by_merge(cycle, merge)


def _cut_by_merge(cycle: Cycle, merge: Event) -> Cycle:
    """A merge cancels what still runs; what was decided before stays (L9)."""
    if cycle.ending is not None and cycle.ending.at <= merge.at:
        return cycle
    return msgspec.structs.replace(
        cycle, ending=Ending(at=merge.at, event=merge.id, fulfilled=False, reason="merged")
    )

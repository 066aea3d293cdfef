"""Was the next step taken by the time that was set for it? (docs/tick.md, next-action)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tkt import workflow
from tkt.clock import instant_text
from tkt.clocks.cycle import family_of
from tkt.fields.lookup import instant_in, part_of
from tkt.i18n import msg
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing
from tkt.timerules.notifying import HORIZON, RESPONSIBLE, note_to, people_meant, spoken_of, wall

NAME = "next-action"


def firings(case: Case) -> Iterator[Firing]:
    """Whoever looks after the ticket is told once that the date has passed.

    Not where a clock is due at that very instant: its ladder speaks of it.
    """
    if case.ticket.status not in case.config.workflow.statuses:
        return
    action = workflow.action_ahead(case.ticket, case.config)
    by = instant_in(part_of({NAME: action}, NAME, "by"), case.config)
    if by is None or by >= case.now:
        return
    of = instant_text(by)
    if spoken_of(case.ticket, NAME, of) or _is_on_a_ladder(case, by):
        return
    people = people_meant(case, RESPONSIBLE, by)
    if people:
        why = msg(
            "the next action was due at {by}: {what}",
            by=wall(case, by),
            what=str(part_of({NAME: action}, NAME, "what") or ""),
        )
        firing = note_to(case, people, at=by, rule=NAME, of=of, why=why)
        yield replace(firing, good_until=by + HORIZON)


def _is_on_a_ladder(case: Case, at: datetime) -> bool:
    """Whether a clock that has rungs is due at that instant."""
    due = [verdict for verdict in case.verdicts if verdict.due_at == at]
    ladders = case.levels.ladders
    return any(
        it.ladder in ladders and ladders[it.ladder].get(family_of(it.clock)) for it in due if it.ladder
    )

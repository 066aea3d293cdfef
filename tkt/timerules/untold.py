"""Does the customer know that their request is solved? (config/workflow.yaml, `told`; docs/tick.md, untold)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tkt.i18n import msg
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing
from tkt.timerules.notifying import HORIZON, RESPONSIBLE, note_to, people_meant, spoken_of, wall
from tkt.timerules.resolve import Resolve, resolve_of, span

NAME = "untold"
LEAD = "lead"


def firings(case: Case) -> Iterator[Firing]:
    """Whoever looks after the ticket is told once, and after as long again their lead.

    Not where the ticket comes from a source that never recorded what was said: nobody knows.
    """
    resolve = resolve_of(case)
    if resolve is None or resolve.told_at is not None or case.history.lacks_messages:
        return
    for firing in _steps(case, resolve):
        if firing.at < case.now:
            yield replace(firing, good_until=firing.at + HORIZON)


def _steps(case: Case, resolve: Resolve) -> Iterator[Firing]:
    within = span(case.config.workflow.told.within)
    if within is None:
        return
    why = msg("resolved at {at}, and the customer was not told", at=wall(case, resolve.at))
    spoken = spoken_of(case.ticket, NAME, resolve.id)
    told = {str(event.get("to")) for event in spoken}
    if not spoken:
        at = resolve.at + within
        owners = people_meant(case, RESPONSIBLE, at)
        told |= set(owners)
        if owners:
            yield note_to(case, owners, at=at, rule=NAME, of=resolve.id, why=why)
    at = resolve.at + 2 * within
    leads = tuple(it for it in people_meant(case, (LEAD,), at) if it not in told)
    if leads:
        yield note_to(case, leads, at=at, rule=NAME, of=resolve.id, why=why, step=LEAD)

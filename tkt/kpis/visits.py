"""Where was each resolved ticket, for how long, and how much of that did its requester wait? (docs/kpi.md K10)

Looked at once for all of them, and kept column by column: a desk of 100,000 tickets has half a million visits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from tkt.kpis.life import Life, seconds_between, seconds_outside


class Stayed(NamedTuple):
    """The visits of one status, each at the same place of all three."""

    ids: list[str]
    seconds: array[int]
    waits: array[int]  # seconds of the requester's wait in them


class Visits(NamedTuple):
    """The visits by status, and the requester's wait of each ticket in the order in which they were given."""

    by_status: Mapping[str, Stayed]
    waits: array[int]


def visits_of(cases: Iterable[tuple[Life, datetime]]) -> Visits:
    """The visits of tickets, each up to an instant. Runs once a visit: kept short."""
    by_status: dict[str, Stayed] = {}
    waits = array("q")
    for life, end in cases:
        pauses, waited = life.facts.waits_on_requester, 0
        for stay, span in life.stays_until(end):
            seconds = seconds_between(*span)
            wait = 0 if stay.is_finished else seconds_outside(span, pauses) if pauses else seconds
            waited += wait
            found = by_status.get(stay.status)
            if found is None:
                found = by_status[stay.status] = Stayed([], array("q"), array("q"))
            found.ids.append(life.id)
            found.seconds.append(seconds)
            found.waits.append(wait)
        waits.append(waited)
    return Visits(by_status, waits)

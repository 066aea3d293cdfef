"""What became of each ticket, and when was it really written down?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from tkt.comparison import Comparison, Pair
from tkt.differences import TicketChange, ticket_change
from tkt.differences.dating import is_imported, may_be_late
from tkt.differing.sides import Sides
from tkt.store.gitrepo import EMPTY_TREE


def ticket_changes(comparison: Comparison, sides: Sides, now: datetime) -> Iterator[TicketChange]:
    """Every ticket that differs and can be read in one of the states."""
    old, new = sides.judges
    written = _first_written(comparison)
    for pair in _latest_first(comparison.tickets):
        there = pair.after or pair.before
        if there is None:
            continue  # cannot be read: told as a problem
        at = comparison.desk.settled(there, now)
        judge = partial(new.verdicts, now=at)
        yield ticket_change(
            pair.before,
            pair.after,
            old=judge if old is new else partial(old.verdicts, now=at),
            new=judge,
            config=sides.words,
            committed_at=written.get(pair.id),
        )


def _latest_first(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """The latest before the others, so that the calendars' tables reach far enough at once."""
    return (*pairs[-1:], *pairs[:-1])


def _first_written(comparison: Comparison) -> Mapping[str, datetime]:
    """Ticket → when the first commit of the span that touches it was written, of those where that may matter."""
    span = comparison.range
    if span.new is None or span.old == EMPTY_TREE:
        return {}
    since = comparison.repo.commits("-n1", span.old)[0].committed_at
    suspects = [pair for pair in comparison.tickets if _is_suspect(pair, since)]
    owners = {it.path: pair.id for pair in suspects for it in (*pair.befores, *pair.afters)}
    found: dict[str, datetime] = {}
    for path, at in comparison.repo.first_written(f"{span.old}..{span.new}", owners).items():
        found[owners[path]] = min(at, found.get(owners[path], at))
    return found


def _is_suspect(pair: Pair, since: datetime) -> bool:
    """Whether it has new events that are older than the state which lacks them, and do not say so."""
    if pair.after is None or is_imported(pair.after):
        return False
    old = {event.id for event in pair.before.events} if pair.before else set()
    return may_be_late((event for event in pair.after.events if event.id not in old), since)

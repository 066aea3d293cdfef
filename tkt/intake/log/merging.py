"""What does a log add to a ticket that the desk has already?

Only events that the ticket lacks are added; what people of the desk did with it stays. So the same
log again changes nothing, and a longer one adds its new rows.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from tkt.clock import instant_text
from tkt.i18n import msg
from tkt.intake.log.changes import Change
from tkt.intake.log.history import History
from tkt.intake.log.rows import RowFault
from tkt.model import MOVED_KEYS, Event, Ticket, Value, folded, in_order, status_of

_TOLD_BY_ROWS = ("set", "moved")


def began_at(ticket: Ticket, source: str) -> datetime:
    """The time of the first row that an earlier import of `source` read."""
    for event in ticket.events:
        if event.did == "imported" and event.get("source") == source:
            return event.at
    return ticket.received_at


def without_earlier(changes: Sequence[Change], began: datetime) -> tuple[list[Change], list[RowFault]]:
    """The rows from `began` on; earlier ones would change a beginning that is on record."""
    found, faults = [], []
    for change in changes:
        if change.at < began:
            at = instant_text(began)
            message = msg("the ticket was imported before, from a log that begins later, at {at}", at=at)
            faults.append(change.fault("too-early", message, used=False))
        else:
            found.append(change)
    return found, faults


def merged(
    ticket: Ticket,
    history: History,
    last: Mapping[str, Value],
    *,
    until: datetime,
    finished: Container[str],
) -> tuple[Ticket, list[RowFault]]:
    """The ticket with what the log adds to it, and the rows that contradict what it has.

    `last`: the fields that follow the last row, of `until`, without events. They are taken over when
    the log adds something or reaches as far as the ticket does, so that an older log takes nothing back.
    """
    have = {event.id: event for event in ticket.events}
    added = [event for event in history.events if event.id not in have]
    faults = [
        _contradicts(history.told_by[event.id])
        for event in history.events
        if event.id in have and not _is_same(event, have[event.id])
    ]
    values = dict(ticket.values)
    if added or until >= ticket.updated_at:
        values |= last
    if not added:
        return replace(ticket, values=present(values)), faults
    events = in_order((*ticket.events, *added))
    values |= _touched(added, folded(events, finished=finished))
    status = status_of(events) or ticket.status
    return replace(ticket, events=events, status=status, values=present(values)), faults


def _touched(added: Sequence[Event], fold: Mapping[str, Value]) -> dict[str, Value]:
    """The fold of the keys that the new events speak of; others are left as people wrote them."""
    keys = {str(event.get("field")) for event in added if event.did == "set"}
    if any(event.did == "moved" for event in added):
        keys.update(MOVED_KEYS)
    return {key: fold[key] for key in keys if key in fold}


def present(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Stored keys without those that are absent."""
    return MappingProxyType({key: value for key, value in values.items() if value is not None})


def _is_same(new: Event, old: Event) -> bool:
    """Whether a row tells today what it told before. The opening stays as it was first told."""
    if new.did not in _TOLD_BY_ROWS:
        return True
    return (new.did, new.at, _plain(new.data)) == (old.did, old.at, _plain(old.data))


def _plain(value: Value) -> Value:
    """Comparable with what was read from a file: instants as text, mappings as plain ones."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    return value


def _contradicts(change: Change) -> RowFault:
    message = msg("an earlier import recorded something else at this instant; kept as it was")
    return change.fault("contradicts", message, used=False)

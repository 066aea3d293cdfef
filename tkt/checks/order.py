"""Are the events a history: opened first, none before the start, none twice, none recorded too early?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tkt.actions.actor import start_of
from tkt.checks.finding import Finding
from tkt.clock import instant_text
from tkt.errors import Severity
from tkt.i18n import msg
from tkt.model import Ticket, changes_members
from tkt.schema import Configuration

STEM = 4
"""Characters of an event's id that name its command (docs/file-format.md, Events)."""


def opened_first(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """The first event is `opened`, and there is one of it (docs/file-format.md, Events)."""
    opened = [event for event in ticket.events if event.did == "opened"]
    if not opened:
        yield Finding(code="opened", message=msg("there is no event opened"), key=("events",))
    elif ticket.events[0].did != "opened":
        first = ticket.events[0]
        yield Finding(code="opened", message=msg("an event stands before opened"), event=first.id)
    for event in opened[1:]:
        yield Finding(code="opened", message=msg("it is opened a second time"), event=event.id)


def not_before_start(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """Nothing happens before the ticket is there (docs/sla.md S5)."""
    start = start_of(ticket)
    for event in ticket.events:
        if start is not None and event.at < start and event.did != "opened":
            yield Finding(
                code="time",
                message=msg(
                    "{at} is before the ticket's start, {start}",
                    at=instant_text(event.at),
                    start=instant_text(start),
                ),
                event=event.id,
            )


def recorded_after(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """What was written down later was written down later (docs/sla.md S5)."""
    for event in ticket.events:
        if event.recorded_at is not None and event.recorded_at < event.at:
            yield Finding(
                code="time",
                message=msg(
                    "recorded_at {recorded} is before at {at}",
                    recorded=instant_text(event.recorded_at),
                    at=instant_text(event.at),
                ),
                event=event.id,
            )


def ids_once(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """An id names one event (docs/file-format.md, Identity)."""
    for event_id, number in Counter(event.id for event in ticket.events).items():
        if number > 1:
            yield Finding(
                code="event-id", message=msg("the event {id} stands here again", id=event_id), event=event_id
            )


def clashes(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """After a merge two commands set one field in one second: the order decided (docs/file-format.md, Merging)."""
    seen: dict[tuple[str, object], str] = {}
    for event in ticket.effective:
        if event.did != "set" or changes_members(event):
            continue
        place = (str(event.get("field")), event.at)
        stem = event.id[:STEM]
        if seen.setdefault(place, stem) != stem:
            yield Finding(
                code="clash",
                message=msg(
                    "{field} was set twice in one second; the last one counts", field=event.get("field")
                ),
                event=event.id,
                severity=Severity.WARNING,
            )

"""Can the clocks tell every promise and task: does it say what it must, and is it there (docs/sla.md, The clocks)?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tkt.checks.finding import Finding
from tkt.durations import DurationError, parse_duration
from tkt.errors import Severity, did_you_mean
from tkt.fields.lookup import instant_in
from tkt.i18n import Message, msg
from tkt.model import HIDDEN, Event, Ticket, Value
from tkt.schema import Configuration

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "promised": ("promise", "until"),
        "kept": ("promise",),
        "task": ("task",),
        "task-changed": ("task",),
        "task-done": ("task",),
    }
)
"""Without these keys an event of this kind says nothing."""

_BEGUN_BY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "kept": ("promised", "promise"),
        "task-changed": ("task", "task"),
        "task-done": ("task", "task"),
    }
)


def unknown_reference(ticket: Ticket, did: str, data: Mapping[str, Value]) -> tuple[Message, Message] | None:
    """What is wrong, and what would be right, where an event speaks of a promise or task that is not there."""
    if did not in _BEGUN_BY:
        return None
    maker, key = _BEGUN_BY[did]
    known = dict.fromkeys(str(it.get(key)) for it in ticket.effective if it.did == maker and it.get(key))
    name = str(data.get(key))
    if name in known:
        return None
    message = msg("{did}: there is no {key} {name} on this ticket", did=did, key=key, name=name)
    there = msg("there are: {names}", names=tuple(known)) if known else msg("there is none")
    return message, did_you_mean(name, known) or there


def values(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """Promises and tasks say what they are, by when, and whose; else no clock runs, and nobody sees it."""
    for event in ticket.effective:
        for key in NEEDED.get(event.did, ()):
            if event.get(key) in (None, ""):
                message = msg("{did}: {key} is missing, expected it", did=event.did, key=key)
                yield Finding(code="event", message=message, event=event.id)
        if event.did in NEEDED:
            for key, value in event.data.items():
                message_of = _wrong(event, key, value, config)
                if message_of is not None:
                    yield Finding(code="event", message=message_of, event=event.id)


def references(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """What is kept, changed or done is there."""
    for event in ticket.effective:
        found = unknown_reference(ticket, event.did, event.data)
        if found is not None:
            yield Finding(
                code="event", message=found[0], hint=found[1], event=event.id, severity=Severity.WARNING
            )


def target_fault(text: object) -> Message | None:
    """What is wrong with a task's target, which is open time (docs/sla.md C6)."""
    try:
        seconds = parse_duration(str(text))
    except DurationError as error:
        return error.message
    return None if seconds else msg("{text} is no time, expected a span longer than 0", text=text)


def _wrong(event: Event, key: str, value: Value, config: Configuration) -> Message | None:
    if value in (None, "", HIDDEN):
        return None
    if key in ("until", "due") and instant_in(value, config) is None:
        fault = msg("{text} is not an instant, expected one like 2026-11-21T09:15:00+08:00", text=str(value))
    elif key == "target" and (target := target_fault(value)) is not None:
        fault = target
    elif key == "owner" and value not in config.people.people:
        fault = msg("there is nobody {person} in config/people.yaml", person=value)
    else:
        return None
    return msg("{did}: {fault}", did=event.did, fault=fault)

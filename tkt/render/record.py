"""How does a ticket read in a diff? A line a fact, so that what changed is what was said.

Every instant is UTC and every name as it is stored, so that the same file gives the same lines on every
machine; the sentences alone are in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from tkt.model import STORED, Event, Ticket, Value, status_of
from tkt.render.telling import TELLERS
from tkt.render.text import clean, one_line
from tkt.render.timeline import said
from tkt.render.values import value_text
from tkt.schema import Configuration
from tkt.schema.desk import NEWEST_FORMAT, DeskFile
from tkt.schema.people import PeopleFile
from tkt.schema.service import SlaFile
from tkt.schema.taxonomy import TaxonomyFile
from tkt.schema.workflow import WorkflowFile

_NO_DESK = Configuration(
    desk=DeskFile(format=NEWEST_FORMAT, name="", zone="UTC"),
    workflow=WorkflowFile(statuses={}, moves={}),
    taxonomy=TaxonomyFile(
        of_type={}, types={}, urgency={}, impact={}, complexity={}, priority_names={}, priority={}
    ),
    sla=SlaFile(calendars={}, policies=[]),
    people=PeopleFile(teams={}),
)
"""Knows no label and nobody, so that words stay as they are stored."""

_ORDER = ("name", *STORED)
_INDENT = "    "


def record_lines(values: Mapping[str, Value], events: Sequence[Event]) -> Iterator[str]:
    """The stored keys of a ticket (or customer, review …), one a line, then what happened, one an event."""
    status = status_of(events)
    if "id" in values:
        yield from _fact("id", values["id"])
    if status is not None:
        yield from _fact("status", status)
    for name in sorted(values.keys() - {"id"}, key=_place):
        yield from _fact(name, values[name])
    if events:
        yield ""
    ticket = Ticket(id=str(values.get("id", "")), status=status or "", values=values, events=tuple(events))
    for event in events:
        yield from _happening(event, ticket)


def _place(name: str) -> tuple[int, str]:
    """The keys that every desk has in their order, then all others by name, wherever the file has them."""
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _fact(name: str, value: Value) -> Iterator[str]:
    label = one_line(name)
    if isinstance(value, Mapping):
        for part, each in value.items():
            yield from _fact(f"{name}.{part}", each)
    elif isinstance(value, list) and any(isinstance(each, (Mapping, list)) for each in value):
        for each in value:
            yield f"{label}: {one_line(_text(each))}"
    elif isinstance(value, str) and "\n" in value.rstrip("\n"):
        yield f"{label}:"
        yield from _indented(value)
    else:
        yield f"{label}: {one_line(_text(value))}".rstrip()


def _happening(event: Event, ticket: Ticket) -> Iterator[str]:
    """`2026-11-21 01:20  rule:fault  team: → tech`, the words of a message or note below."""
    yield f"{_stamp(event.at)}  {one_line(event.by)}  {one_line(said([event], ticket, _NO_DESK))}"
    text = event.get("text")
    if isinstance(text, str) and (event.did in ("message", "note") or event.did not in TELLERS):
        yield from _indented(text)


def _indented(text: str) -> Iterator[str]:
    for line in clean(text).rstrip("\n").split("\n"):
        yield f"{_INDENT}{line}".rstrip()


def _text(value: Value) -> str:
    return _stamp(value) if isinstance(value, datetime) else value_text(value, "UTC")


def _stamp(at: datetime) -> str:
    """`2026-11-21 01:20`, with its seconds where there are any."""
    there = at.astimezone(UTC)
    return f"{there:%Y-%m-%d %H:%M:%S}" if there.second else f"{there:%Y-%m-%d %H:%M}"

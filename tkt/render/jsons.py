"""How does a program read an answer? One object `{"schema": 1, "data": …}` on standard output."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

from tkt.clock import instant_text
from tkt.late import late
from tkt.model import Event
from tkt.render.screen import print_answer

if TYPE_CHECKING:
    from tkt.columns import Columns

SCHEMA = 1


_ORDERS = late(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal takes for orders, or no stream can encode; JSON can say it in ASCII."""


def print_json(data: Any) -> None:
    """Print the one object; instants as RFC 3339 in UTC."""
    print_answer(json_text({"schema": SCHEMA, "data": plain(data)}, sys.stdout, indent=1))


def json_text(value: Any, stream: TextIO, *, indent: int | None = None) -> str:
    """`value` as JSON that `stream` can print without loss, and that gives a terminal no orders."""
    import json

    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    text = json.dumps(value, ensure_ascii=not encoding.startswith("utf"), indent=indent)
    return _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: Any) -> Any:
    """`value` made of what JSON has."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value


def ticket_object(columns: Columns) -> dict[str, Any]:
    """The row of `list`, every stored key, and the events (docs/json.md, ticket)."""
    row = columns.row()
    rest = {key: value for key, value in columns.ticket.values.items() if key not in row}
    return {**row, **rest, "events": [event_json(event) for event in columns.ticket.events]}


def event_json(event: Event) -> dict[str, Any]:
    """An event with its own keys beside the common ones."""
    found: dict[str, Any] = {
        "id": event.id,
        "at": instant_text(event.at),
        "by": event.by,
        "role": event.role,
        "did": event.did,
        "auto": event.auto,
        **plain(event.data),
    }
    for name in ("via", "reason"):
        if getattr(event, name) is not None:
            found[name] = getattr(event, name)
    if event.forced:
        found["forced"] = True
    if event.recorded_at is not None:
        found["recorded_at"] = instant_text(event.recorded_at)
    return found

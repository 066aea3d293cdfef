"""How does a ticket look to a program? One flat object; instants as text, durations in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tkt.clock import instant_text
from tkt.fields import COMPUTED_KEYS, RESERVED
from tkt.model import STORED

if TYPE_CHECKING:
    from tkt.columns import Columns
    from tkt.sla import Verdict

ALWAYS = (
    "id", "status", "path", "title", "type", "category", "priority", "owner", "team", "customer", "channel",
    "received_at", "tags",
)  # fmt: skip
"""Keys that are there for every ticket, null where it has none; other stored keys only where they are set."""

CLOCK_KEYS = (
    "clock", "cycle", "state", "policy", "target_s", "start_at", "due_at", "fulfilled_at", "breached_at",
    "elapsed_s", "paused_s", "remaining_s",
)  # fmt: skip


def row_of(columns: Columns) -> dict[str, Any]:
    """A ticket's stored keys, what is computed of it, the desk's own fields and its clocks."""
    head = {"id": columns.id, "status": columns.status, "path": columns.path, "tags": list(columns.tags)}
    stored = {**columns.values, **head}
    own = {key: value for key, value in stored.items() if key not in RESERVED}
    found = {key: stored.get(key) for key in ALWAYS}
    found |= {key: stored[key] for key in STORED if key in stored}
    found |= {key: columns.lookup(name) for key, name in COMPUTED_KEYS.items()}
    found |= own
    found["sla"] = [clock_row(verdict) for verdict in columns.verdicts]
    return {key: plain(value) for key, value in found.items()}


def clock_row(verdict: Verdict) -> dict[str, Any]:
    """One cycle of a clock."""
    return {key: plain(getattr(verdict, key)) for key in CLOCK_KEYS}


def plain(value: Any) -> Any:
    """`value` made of what JSON has."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value

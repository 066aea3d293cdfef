"""Builders for tests of the log import: a desk's configuration, a small map, a log in a few words."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import msgspec

from tkt.intake.log import Imported, LogMap, LogRows, read_log, tickets_from_log
from tkt.model import Event, Ticket
from tkt.newdesk import create_desk
from tkt.schema import Configuration
from tkt.store.config import load_configuration

SAMPLE = Path(__file__).parents[1] / "data" / "incident_log_sample.csv"

HEADER = ("number", "changed", "state", "opened", "priority", "owner", "kept")


def configuration(root: Path) -> Configuration:
    """A new desk's, in UTC."""
    create_desk(root, zone="UTC")
    return load_configuration(root)


def small_map(**changes: Any) -> LogMap:
    """A map for HEADER."""
    mapping = {
        "source": "old",
        "dates": ["%Y-%m-%d %H:%M"],
        "zone": "UTC",
        "missing": ["", "?"],
        "columns": {
            "number": "number",
            "changed_at": "changed",
            "state": "state",
            "opened_at": "opened",
            "priority": "priority",
            "owner": "owner",
        },
        "title": ["{number}", "{kept}"],
        "states": {
            "New": "new",
            "Work": "in-progress",
            "Ask": {"status": "waiting", "on": "customer"},
            "Done": "resolved",
            "Closed": "closed",
        },
        "unknown_state": "in-progress",
        "priorities": {"high": "P2", "low": "P4"},
        "fields": {"kept_field": {"column": "kept", "when": "last"}},
        "lacks": ["messages"],
    }
    return msgspec.convert({**mapping, **changes}, LogMap)


def log(*rows: str) -> bytes:
    """A log of HEADER; a row is `7 10:00 Work`: number, time of 2026-03-02 (or a whole time), state,
    then `name=value` for other columns. `opened` is 09:00 where it is not given."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    for row in rows:
        number, at, state, *others = row.split()
        cells = {"opened": _time("09:00")} | dict(part.split("=", 1) for part in others)
        cells["opened"] = cells["opened"].replace("T", " ")
        writer.writerow({"number": number, "changed": _time(at), "state": state, **cells})
    return out.getvalue().encode()


def _time(text: str) -> str:
    return f"2026-03-02 {text}" if text[2:3] == ":" else text.replace("T", " ")


def imported(
    data: bytes | LogRows, logmap: LogMap, config: Configuration, have: tuple[Ticket, ...] = ()
) -> Imported:
    """What a log makes of a desk that has the tickets `have`."""
    rows = read_log(data, logmap) if isinstance(data, bytes) else data
    existing = {ticket.external_id or "": ticket for ticket in have}
    return tickets_from_log(rows, logmap, config, existing=existing)


def story(ticket: Ticket) -> list[str]:
    """`10:00 moved new in-progress`, one line an event."""
    return [" ".join((f"{event.at:%H:%M}", event.did, *_words(event))) for event in ticket.events]


def _words(event: Event) -> list[str]:
    keys = {"opened": ("status",), "moved": ("from", "to"), "set": ("field", "from", "to")}
    return [str(event.get(key)) for key in keys.get(event.did, ())]

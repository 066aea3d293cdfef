"""How does a program read what a gate found? One JSON object (docs/json.md, `sla check`)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from tkt.gated import Gated, Judged
from tkt.render.gate.sheet import Sheet
from tkt.render.jsons import SCHEMA, json_text, plain


def text(sheet: Sheet) -> str:
    """The whole object, as `--json` prints it."""
    return json_text({"schema": SCHEMA, "data": gate_json(sheet.gated)}, sys.stdout, indent=1)


def gate_json(gated: Gated) -> dict[str, Any]:
    """`now checked uncovered breached warned acknowledged`, and what else was asked for."""
    found: dict[str, Any] = {
        "now": gated.now,
        "checked": len(gated.tickets),
        "uncovered": gated.uncovered,
        "breached": _entries(gated.breached),
        "warned": _entries(gated.warned),
        "acknowledged": [entry(it) | acknowledged(it) for it in gated.acknowledged],
    }
    if gated.known is not None:
        found["new"] = _entries(gated.failing)
    if gated.earlier is not None:
        found["earlier"] = _entries(gated.earlier)
    if gated.otherwise is not None:
        other = gated.otherwise
        more, fewer = _entries(other.more), _entries(other.fewer)
        found["configuration"] = {"judged_by": other.rev, "more": more, "fewer": fewer}
    plained: dict[str, Any] = plain(found)
    return plained


def entry(judged: Judged) -> dict[str, Any]:
    """One clock: its verdict, and whose ticket it is."""
    verdict, ticket = judged.verdict, judged.ticket
    found = {
        "id": ticket.id,
        "clock": verdict.clock,
        "cycle": verdict.cycle,
        "state": verdict.state,
        "policy": verdict.policy,
        "due_at": verdict.due_at,
        "breached_at": verdict.breached_at,
        "fulfilled_at": verdict.fulfilled_at,
        "remaining_s": verdict.remaining_s,
        "reason": verdict.reason,
        "owner": ticket.owner,
        "team": ticket.team,
        "priority": ticket.priority,
        "title": ticket.title,
        "path": ticket.path,
    }
    plained: dict[str, Any] = plain(found)
    return plained


def acknowledged(judged: Judged) -> dict[str, Any]:
    """Who acknowledged it, when, why and with which cause; nothing where no event says so."""
    event = judged.acknowledgement
    if event is None:
        return {"acknowledged": None}
    told = {"by": event.by, "at": event.at, "reason": event.reason, "cause": event.get("cause")}
    return {"acknowledged": plain(told)}


def _entries(some: Iterable[Judged]) -> list[dict[str, Any]]:
    return [entry(it) for it in some]

"""Were the moves of a ticket allowed, judged as it stood then?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from tkt import workflow
from tkt.checks.finding import Finding
from tkt.checks.order import STEM
from tkt.clock import instant_text
from tkt.errors import Severity
from tkt.guards.disposal import is_restoring
from tkt.i18n import msg
from tkt.ids import event_ids
from tkt.model import MOVED_KEYS, Event, Ticket, folded, values_at
from tkt.schema import Configuration
from tkt.sla import questionless_waits

_ASKED = "asked_if_customer"
"""Judged by `pauses`, for forced moves too."""


def guards(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """A move that guards would have refused, and nobody overruled them (docs/file-format.md, `moved`).

    A merge of two branches can make one, and so can a hand `git mv`; it is told and fails nothing.
    Imported tickets are not judged, nor are moves of machines, nor the one that brings back what was put away.
    """
    if any(event.did == "imported" for event in ticket.events):
        return
    for event in ticket.effective:
        if event.did != "moved" or event.forced or event.role == "system" or is_restoring(ticket, event):
            continue
        if event.get("from") in config.workflow.statuses and event.get("to") in config.workflow.statuses:
            yield from _judged(ticket, event, config)


def statuses(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """Events name statuses of the desk."""
    for event in ticket.events:
        named = [event.get("status")] if event.did == "opened" else []
        named += [event.get("from"), event.get("to")] if event.did == "moved" else []
        for status in named:
            if status not in config.workflow.statuses:
                message = msg("{status} is no status of this desk", status=status)
                yield Finding(code="status", message=message, event=event.id, severity=Severity.WARNING)


def pauses(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """Waiting for a customer whom nobody asked pauses nothing, as the clocks see it (docs/sla.md L3).

    What an import wrote is what its source did, and is not judged.
    """
    for wait in questionless_waits(ticket, config, ticket.updated_at) if ticket.events else ():
        if not is_the_imports(ticket, wait.event):
            yield Finding(
                code="not-asked",
                message=msg("it waits for the customer, but nobody had asked: the clocks run on"),
                event=wait.event.id,
                hint=msg('tkt reply {ticket} --text "…" --and wait', ticket=ticket.id),
                severity=Severity.WARNING,
            )


def is_the_imports(ticket: Ticket, event: Event) -> bool:
    """Whether an import wrote it: in its own name or, where its log names people, under a derived id."""
    if event.by.startswith("import:"):
        return True
    sources = {str(each.get("source")) for each in ticket.events if each.did == "imported"}
    number = ticket.external_id or ""
    derived = (event_ids(source=(source, number, instant_text(event.at))) for source in sources)
    return any(next(ids)[:STEM] == event.id[:STEM] for ids in derived)


def as_it_stood(ticket: Ticket, event: Event, config: Configuration) -> Ticket:
    """The ticket right after `event`: its events until then, the keys and the status that they gave."""
    before = _up_to(ticket, event)
    values = values_at(ticket, event.at)
    told, now_told = (
        folded(before.events, finished=config.finished),
        folded(ticket.events, finished=config.finished),
    )
    values |= {name: told.get(name) for name in MOVED_KEYS if name in now_told}
    kept = {name: value for name, value in values.items() if value is not None}
    return replace(before, status=str(event.get("to")), values=MappingProxyType(kept))


def _judged(ticket: Ticket, event: Event, config: Configuration) -> Iterator[Finding]:
    start, to = str(event.get("from")), str(event.get("to"))
    after = as_it_stood(ticket, event, config)
    code = (after.get("resolution") or {}).get("code")
    way = workflow.route(config, start, to, code=code)
    if way is None:
        message = msg("no move leads from {start} to {to}", start=start, to=to)
        yield Finding(code="guard", message=message, event=event.id, severity=Severity.WARNING)
        return
    lacking = [each for each in workflow.missing(after, way, config) if each.guard != _ASKED]
    if lacking:
        yield Finding(
            code="guard",
            message=msg("it went to {to} without: {what}", to=to, what=workflow.all_of(lacking)),
            event=event.id,
            severity=Severity.WARNING,
        )


def _up_to(ticket: Ticket, event: Event) -> Ticket:
    return replace(ticket, events=tuple(each for each in ticket.events if each.order <= event.order))

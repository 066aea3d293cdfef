"""Was a ticket changed as tickets change: events only appended, keys only with an event?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.finding import Finding
from tkt.i18n import msg
from tkt.model import IMMUTABLE, MOVED_KEYS, Ticket


def immutable(before: Ticket, after: Ticket) -> Iterator[Finding]:
    """`id` and `received_at` never change."""
    if before.id != after.id:
        yield Finding(code="immutable", message=msg("{field} never changes", field="id"), key=("id",))
    for name in IMMUTABLE:
        if name in before.values and before.get(name) != after.get(name):
            yield Finding(code="immutable", message=msg("{field} never changes", field=name), key=(name,))


def append_only(before: Ticket, after: Ticket) -> Iterator[Finding]:
    """No event goes, and none changes but by a redaction (docs/file-format.md, Append-only)."""
    for old in before.events:
        new = after.event(old.id)
        if new is None:
            yield Finding(
                code="append-only",
                message=msg("the event {id} ({did}) is gone; events are only added", id=old.id, did=old.did),
                key=("events",),
                hint=msg("put it back, and take its effect back with an event corrected"),
            )
        elif new != old and not new.get("redacted"):
            yield Finding(
                code="append-only",
                message=msg(
                    "the event {id} ({did}) was changed; events are only added", id=old.id, did=old.did
                ),
                event=old.id,
                hint=msg("put it back as it was, and take its effect back with an event corrected"),
            )


def edits(before: Ticket, after: Ticket) -> Iterator[Finding]:
    """A key that differs has an event that says so (docs/file-format.md, Stored keys)."""
    known = {event.id for event in before.events}
    new = [event for event in after.events if event.id not in known]
    if any(event.did == "corrected" for event in new):
        return  # what a correction restores is judged by the fold
    told = {*IMMUTABLE, *(str(event.get("field")) for event in new if event.did == "set")}
    if any(event.did == "moved" for event in new):
        told |= set(MOVED_KEYS)
    for name in dict.fromkeys((*before.values, *after.values)):
        if name not in told and before.get(name) != after.get(name):
            yield Finding(
                code="hand-edit",
                message=msg("{key} was changed without an event", key=name),
                key=(name,) if name in after.values else (),
                hint=msg("put the old value back, then: tkt set {ticket} {key}=…", ticket=after.id, key=name),
            )

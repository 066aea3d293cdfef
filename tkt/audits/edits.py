"""Was a ticket changed by hand: a key, or its directory, without an event that says so?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.audits.cases import TicketCase
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import short
from tkt.checks import folding
from tkt.checks.changes import edited_keys
from tkt.i18n import Message, msg
from tkt.model import status_of

_RECORD_IT = msg("tkt check --fix")


def keys(case: TicketCase) -> Iterator[Finding]:
    """A key that differs has an event that says so (docs/file-format.md, Stored keys)."""
    if case.before is None or case.was_twice:
        return
    for name in edited_keys(case.before, case.after):
        yield Finding(
            level=Level.ERROR,
            message=msg("{key} was changed by hand: no event says who did it, and when", key=name),
            key=(name,) if name in case.after.values else (),
            hint=_record_since(case),
            commit=case.changed_in("key", name),
        )


def directory(case: TicketCase) -> Iterator[Finding]:
    """A ticket lies in the directory that its last move leads to (docs/sla.md S3)."""
    told = status_of(case.after.events)
    before = case.before
    if told is None or told == case.after.status:
        return
    if before is not None and before.status == case.after.status and status_of(before.events) == told:
        return  # it lay wrong before
    yield Finding(
        level=Level.ERROR,
        message=msg(
            "it lies in {directory}, but its events lead to {status}: the file was moved by hand",
            directory=case.after.status,
            status=told,
        ),
        hint=_RECORD_IT,
    )


def contradictions(case: TicketCase) -> Iterator[Finding]:
    """A key that events speak of is what they say; what contradicted them before is left alone."""
    config = case.manner.config
    known = {str(it.message) for it in folding.keys(case.before, config)} if case.before else set()
    told = set(edited_keys(case.before, case.after)) if case.before and not case.was_twice else set()
    for found in folding.keys(case.after, config):
        if str(found.message) not in known and not told.intersection(found.key):
            yield Finding(level=Level.ERROR, message=found.message, key=found.key, hint=_RECORD_IT)


def _record_since(case: TicketCase) -> Message:
    """What writes the event that a hand edit left out; only a comparison knows that it did."""
    return msg("tkt check --fix --changed-since {sha}", sha=short(case.base.sha)) if case.base else _RECORD_IT
